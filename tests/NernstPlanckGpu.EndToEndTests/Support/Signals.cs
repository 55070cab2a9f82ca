using System.Diagnostics;

namespace NernstPlanckGpu.EndToEndTests.Support;

/// <summary>Starts the command line so that signals reach it, and sends them. For Unix.</summary>
internal static class Signals
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts the program; its signals count even if these tests ignore them.</summary>
    public static Process Start(Scratch scratch, params string[] arguments)
    {
        string[] signals = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,TERM,USR1"] : [];
        return Npgpu.StartProcess(scratch.Folder, [.. signals, Repository.Dotnet, Repository.Program, .. arguments]);
    }

    public static void Send(string signal, Process process)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{process.Id}"]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    /// <summary>Waits until something has come about, or the process has ended.</summary>
    public static void WaitUntil(Process process, Func<bool> isSo, TimeSpan? patience = null)
    {
        var waiting = Stopwatch.StartNew();
        while (!isSo() && !process.HasExited && waiting.Elapsed < (patience ?? Patience))
            Thread.Sleep(10);
    }
}
