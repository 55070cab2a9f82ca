namespace NernstPlanckGpu.Cli.Running;

/// <summary>Checks the name of a file to write before anything is computed.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a name that cannot or must not be written; makes the folder it lies in.</summary>
    /// <exception cref="CommandFailure">The file exists, or its folder cannot be had.</exception>
    public static void Prepare(string path, bool force)
    {
        if (path.Length == 0)
            throw new CommandFailure(ExitCode.Usage, "npgpu: the output file's name is empty; give one with --output FILE.");
        if (Directory.Exists(path))
            throw new CommandFailure(ExitCode.File, $"npgpu: {path} is a folder; name a file, such as {Path.Combine(path, "NAME")}.");
        if (File.Exists(path) && !force)
            throw new CommandFailure(ExitCode.File, $"npgpu: {path} exists; replace it with --force, or name another file.");
        MakeFolder(path);
    }

    private static void MakeFolder(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        try
        {
            if (folder is not null)
                _ = Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.File,
                $"npgpu: cannot make the folder {folder} ({exception.Message.TrimEnd('.')}); name a file elsewhere.");
        }
    }
}
