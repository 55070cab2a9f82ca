using NernstPlanckGpu.EndToEndTests.Hdf5;

namespace NernstPlanckGpu.EndToEndTests.Support;

/// <summary>A file system of its own on a folder, in memory and as small as a test wants it. To mount one takes root on Linux.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Mounts one; null where that is not allowed, with the reason.</summary>
    /// <param name="folder">Where; it is made if need be.</param>
    /// <param name="kibibytes">Size.</param>
    /// <param name="reason">Why there is none.</param>
    public static SmallDisk? TryMount(string folder, int kibibytes, out string reason)
    {
        reason = "mounting a small file system takes root on Linux";
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return null;
        _ = Directory.CreateDirectory(folder);
        ToolResult mounted = Tool.Run("mount", ["-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", folder]);
        reason = $"mounting a small file system is not allowed here: {mounted.Error.Trim()}";
        return mounted.ExitCode == 0 ? new SmallDisk(folder) : null;
    }

    /// <summary>Mounts one, or skips the test with the reason.</summary>
    /// <param name="folder">Where; it is made if need be.</param>
    /// <param name="kibibytes">Size.</param>
    public static SmallDisk Mount(string folder, int kibibytes)
    {
        SmallDisk? disk = TryMount(folder, kibibytes, out string reason);
        Skip.If(disk is null, reason);
        return disk!;
    }

    public void Remount(string mode)
    {
        ToolResult mounted = Tool.Run("mount", ["-o", $"remount,{mode}", Folder]);
        Assert.True(mounted.ExitCode == 0, mounted.Error);
    }

    // Lazily: a process that another test is just starting holds copies of this one's files for some milliseconds.
    public void Dispose() => Tool.Run("umount", ["-l", Folder]);
}
