namespace NernstPlanckGpu.PlantedFaults;

/// <summary>A fault as one textual change of one source file. The formulas themselves have no switch for it.</summary>
/// <param name="Name">Name, unique.</param>
/// <param name="File">Source file, from the root of the repository.</param>
/// <param name="Old">Text that occurs exactly once in the file.</param>
/// <param name="New">What stands there instead.</param>
public sealed record PlantedFault(string Name, string File, string Old, string New)
{
    /// <summary>Why it cannot be planted, a sentence without its full stop; null when it can.</summary>
    /// <param name="root">Root of the repository.</param>
    public string? WhyNot(string root)
    {
        string path = Path.Combine(root, File);
        if (!System.IO.File.Exists(path)) return $"there is no file {File}";
        int count = System.IO.File.ReadAllText(path).ReplaceLineEndings("\n").Split(Old).Length - 1;
        return count == 1 ? null : $"{File} has the text to change {count} times instead of once: {Old}";
    }

    /// <summary>The file with the fault.</summary>
    /// <param name="text">The file without it.</param>
    /// <exception cref="InvalidOperationException">The text to change is not there exactly once.</exception>
    public string Plant(string text)
    {
        string[] parts = text.ReplaceLineEndings("\n").Split(Old);
        return parts.Length == 2 ? parts[0] + New + parts[1]
            : throw new InvalidOperationException($"{Name}: {File} has the text to change {parts.Length - 1} times instead of once");
    }
}
