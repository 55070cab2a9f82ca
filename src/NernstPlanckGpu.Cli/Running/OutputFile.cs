using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>Checks the name of a file to write before anything is computed.</summary>
internal static class OutputFile
{
    /// <summary>Suffix of the file that a writer holds locked beside its output.</summary>
    private const string LockSuffix = ".lock";

    /// <summary>Refuses a name that cannot or must not be written; makes the folder it lies in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">It may exist.</param>
    /// <param name="canResume">What an earlier start left of it, its .part too, could be gone on with.</param>
    /// <exception cref="CommandFailure">The file exists, or its folder cannot be had.</exception>
    public static void Prepare(string path, bool force, bool canResume = false)
    {
        if (path.Length == 0)
            throw new CommandFailure(ExitCode.Usage, "npgpu: the output file's name is empty; give one with --output FILE.");
        if (Directory.Exists(path))
            throw new CommandFailure(ExitCode.File, $"npgpu: {path} is a folder; name a file, such as {Path.Combine(path, "NAME")}.");
        string part = path + RunFileWriter.PartSuffix;
        if (!force && canResume && Array.Find([path, part], File.Exists) is { } earlier)
            throw new CommandFailure(ExitCode.File, $"npgpu: {earlier} exists; go on with it by --resume, replace it with --force, or name another file.");
        if (!force && File.Exists(path))
            throw new CommandFailure(ExitCode.File, $"npgpu: {path} exists; replace it with --force, or name another file.");
        MakeFolder(path);
    }

    /// <summary>Refuses an output that another process is writing.</summary>
    /// <param name="path">The output.</param>
    /// <exception cref="RunFileBusyException">Its lock cannot be taken.</exception>
    public static void NeedIdle(string path)
    {
        try
        {
            // Opened without sharing as the writer does; one that a kill left behind is held by nobody.
            new FileStream(path + LockSuffix, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        catch (IOException exception)
        {
            throw new RunFileBusyException(path, exception);
        }
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
