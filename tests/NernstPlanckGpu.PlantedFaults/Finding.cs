namespace NernstPlanckGpu.PlantedFaults;

/// <summary>How something that was looked at stands.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Holds,

    /// <summary>A row that fails, an entry that is violated, a run that ends with an error.</summary>
    Red,

    /// <summary>An exception that nobody catches: the command ends with it.</summary>
    Crashed,

    /// <summary>It did not end in its time; the user sees no error.</summary>
    Endless,
}

/// <summary>One line of a probe: a row of the table, an entry of a certificate, or a run as a whole.</summary>
/// <param name="Kind">"row", "entry", "run", or "end" for the last line of a probe that came to its end.</param>
/// <param name="Name">Name of the row; run and entry.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Detail">Value and limit, or what was said.</param>
internal sealed record Finding(string Kind, string Name, Verdict Verdict, string Detail)
{
    /// <summary>Writes a line.</summary>
    public void Print()
    {
        Console.WriteLine(string.Join('\t', Kind, Name, Verdict, Detail.ReplaceLineEndings(" ").Replace('\t', ' ')));
        Console.Out.Flush();
    }

    /// <summary>Reads such a line; null where it is another.</summary>
    public static Finding? Parse(string line) =>
        line.Split('\t') is [string kind, string name, string verdict, string detail] && Enum.TryParse(verdict, out Verdict parsed)
            ? new(kind, name, parsed, detail) : null;
}
