namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>Folders without symbolic links on the way: what leads from one to another is right only between such.</summary>
internal static class RealPath
{
    /// <summary>The same folder, all links resolved.</summary>
    /// <param name="folder">A folder that exists.</param>
    internal static string Of(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.GetDirectoryName(folder) is not { } parent)
            return folder;
        DirectoryInfo here = new(Path.Combine(Of(parent), Path.GetFileName(folder)));
        // A link's target may go over links of its own.
        return here.LinkTarget is { } target ? Of(Path.Combine(here.Parent!.FullName, target)) : here.FullName;
    }
}
