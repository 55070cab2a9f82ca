using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>The same algorithm by hand in C++ (cpp/euler_step.cpp), built when g++ is there.</summary>
internal sealed class CppComparator : IDisposable
{
    private readonly string program;

    private CppComparator(string program) => this.program = program;

    /// <summary>Compiles it; null without g++.</summary>
    public static CppComparator? Build()
    {
        string program = Path.Combine(Path.GetTempPath(), $"euler_step_{Environment.ProcessId}");
        try
        {
            Output("g++", "-O3", "-march=native", "-o", program, Path.Combine(AppContext.BaseDirectory, "cpp", "euler_step.cpp"));
        }
        catch (Win32Exception)
        {
            return null;
        }
        return new(program);
    }

    /// <summary>What it prints: "cpp VARIANT NUMBER updates/s".</summary>
    public double UpdatesPerSecond(string variant) => double.Parse(Output(program, variant).Split(' ')[2], CultureInfo.InvariantCulture);

    public void Dispose() => File.Delete(program);

    private static string Output(string file, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{file} ended with {process.ExitCode}: {text}");
    }
}
