using System.Diagnostics;

namespace NernstPlanckGpu.EndToEndTests.Support;

/// <summary>What a process left behind.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\nstdout:\n{Output}\nstderr:\n{Error}";
}

/// <summary>Starts the command line as a user would: as a process.</summary>
internal static class Npgpu
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static ProcessResult Run(Scratch scratch, params string[] arguments) => Finish(Start(scratch, arguments));

    public static Process Start(Scratch scratch, params string[] arguments) =>
        StartProcess(scratch.Folder, [Repository.Dotnet, Repository.Program, .. arguments]);

    /// <summary>A bash script in which <c>npgpu</c> is the program.</summary>
    public static ProcessResult Shell(Scratch scratch, string script) => Finish(
        StartProcess(scratch.Folder, ["bash", "-c", $"npgpu() {{ '{Repository.Dotnet}' '{Repository.Program}' \"$@\"; }}\n{script}"]));

    public static Process StartProcess(
        string folder, IReadOnlyList<string> command, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Waits for the end; a process that outlives the patience is killed and fails the test.</summary>
    public static ProcessResult Finish(Process process, TimeSpan? patience = null)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(patience ?? Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"The process did not end in time.\n{output.Result}\n{error.Result}");
            }

            return new(process.ExitCode, output.Result, error.Result);
        }
    }
}
