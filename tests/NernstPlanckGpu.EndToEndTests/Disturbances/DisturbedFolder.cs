using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Disturbances;

/// <summary>What befalls a process that writes.</summary>
internal enum Disturbance
{
    /// <summary>SIGKILL.</summary>
    Kill,

    /// <summary>SIGTERM.</summary>
    Terminate,

    /// <summary>The disk is full from some moment on.</summary>
    FullDisk,

    /// <summary>Files may not grow beyond a size, which looks like a full disk.</summary>
    SizeLimit,

    /// <summary>From some moment on nothing can be created in the folder, renamed or deleted.</summary>
    ReadOnlyFolder,
}

/// <summary>
/// A folder for outputs, where one may a small disk of its own, and the program that writes there: each start is disturbed in a way and at a
/// moment drawn by chance. Afterwards there is space again and the folder may be written.
/// </summary>
internal sealed class DisturbedFolder : IDisposable
{
    public const string Name = "out";

    private const int DiskMebibytes = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Scratch scratch;
    private readonly Random random;
    private readonly SmallDisk? disk;

    public DisturbedFolder(Scratch scratch, int seed)
    {
        (this.scratch, random) = (scratch, new Random(seed));
        _ = Directory.CreateDirectory(Folder);
        disk = SmallDisk.TryMount(Folder, DiskMebibytes * 1024, out _);
        // Root may write everywhere, unless it renounces that.
        bool canClose = !Environment.IsPrivilegedProcess || (OperatingSystem.IsLinux() && Tool.Run(WithoutPrivilege[0], [.. WithoutPrivilege[1..], "true"]).ExitCode == 0);
        Kinds = [.. Enum.GetValues<Disturbance>().Where(kind => (disk is not null || kind != Disturbance.FullDisk) && (canClose || kind != Disturbance.ReadOnlyFolder))];
    }

    /// <summary>What can be done here: to fill a disk takes the right to mount one.</summary>
    public IReadOnlyList<Disturbance> Kinds { get; }

    /// <summary>Where the outputs are to lie.</summary>
    public string Folder => scratch.PathOf(Name);

    private static string[] WithoutPrivilege { get; } = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"];

    private string Ballast => Path.Combine(Folder, "ballast");

    /// <summary>The names of the files in it.</summary>
    public string[] Files() => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    /// <summary>Runs the program and disturbs it; fails the test if it ends otherwise than such a disturbance allows.</summary>
    /// <param name="longest">Time within which it is disturbed.</param>
    /// <param name="kibibytes">Size of what it writes.</param>
    /// <param name="arguments">Its arguments.</param>
    public (Disturbance Kind, ProcessResult Result) Disturb(TimeSpan longest, long kibibytes, params string[] arguments)
    {
        Disturbance kind = Kinds[random.Next(Kinds.Count)];
        // Quiet as it is, it needs nobody to read what it says before its end.
        Process process = Start(kind, random.NextInt64(kibibytes), arguments);
        _ = process.WaitForExit(longest * random.NextDouble());
        Act(kind, process);
        ProcessResult result = Npgpu.Finish(process, Patience);
        Undo();
        Assert.True(Allowed(kind).Contains(result.ExitCode), $"{kind}: {result}");
        Assert.DoesNotContain("internal error", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Error, StringComparison.Ordinal);
        return (kind, result);
    }

    public void Dispose()
    {
        Undo();
        disk?.Dispose();
    }

    /// <summary>How the program may end: undisturbed, too, since it may be done before. A signal may come before anybody listens to it.</summary>
    private static int[] Allowed(Disturbance kind) => kind switch
    {
        Disturbance.Kill => [0, 137],
        Disturbance.Terminate => [0, 75, 143],
        _ => [0, 5],
    };

    private Process Start(Disturbance kind, long kibibytes, string[] arguments)
    {
        string[] limit = kind == Disturbance.SizeLimit ? ["bash", "-c", $"ulimit -f {kibibytes}; exec \"$@\"", "bash"] : [];
        string[] privilege = kind == Disturbance.ReadOnlyFolder && Environment.IsPrivilegedProcess ? WithoutPrivilege : [];
        string[] signals = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,TERM,USR1"] : [];
        return Npgpu.StartProcess(
            scratch.Folder,
            [.. limit, .. privilege, .. signals, Repository.Dotnet, Repository.Program, .. arguments],
            // The limit would stop .NET's own double mapping of code, which is a file too.
            new Dictionary<string, string?> { ["DOTNET_EnableWriteXorExecute"] = "0" });
    }

    private void Act(Disturbance kind, Process process)
    {
        switch (kind)
        {
            case Disturbance.Kill:
                Signals.Send("KILL", process);
                break;
            case Disturbance.Terminate:
                Signals.Send("TERM", process);
                break;
            case Disturbance.FullDisk:
                Fill();
                break;
            case Disturbance.ReadOnlyFolder:
                Scratch.SetMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                break;
        }
    }

    private void Fill()
    {
        byte[] block = new byte[4096];
        using FileStream ballast = new(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (int i = 0; i < DiskMebibytes * 1024 * 1024 / block.Length; i++)
                ballast.Write(block);
        }
        catch (IOException)
        {
            // That is what it is for.
        }
    }

    private void Undo()
    {
        Scratch.SetMode(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Delete(Ballast);
    }
}
