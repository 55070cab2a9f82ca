using System.Diagnostics;
using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>Other programs: Python with its readers, HDF5's tools, the synthetic writer.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Debian's Python, which has Debian's h5py; another one only where that is absent.</summary>
    internal static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    /// <summary>Skips the test where Python or a module is absent, and says which.</summary>
    internal static void NeedPython(params string[] modules)
    {
        string imports = string.Join(", ", modules);
        Skip.IfNot(Exists(Python), "python3 is not installed");
        Skip.IfNot(Run(Python, ["-c", $"import {imports}"]).ExitCode == 0, $"python3 cannot import all of: {imports}");
    }

    /// <summary>Skips the test where a program is absent.</summary>
    internal static void Need(string program, string package) => Skip.IfNot(Exists(program), $"{program} is not installed (package {package})");

    /// <summary>Runs a Python script; a non-zero exit fails the test with what it said.</summary>
    internal static string RunPython(string script, params string[] arguments)
    {
        ToolResult result = Run(Python, ["-W", "error", "-c", script, .. arguments]);
        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        return result.Output;
    }

    /// <summary>Runs a program to its end.</summary>
    internal static ToolResult Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using Process process = Start(program, arguments, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail($"{program} hangs");
        }
        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts a program.</summary>
    internal static Process Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Arguments for dotnet that run the synthetic writer.</summary>
    internal static string[] Writer(string path, int cells, int species, int snapshots, int pause, int traces = 1, RunMode mode = RunMode.Transient) =>
    [
        "exec",
        Path.Combine(AppContext.BaseDirectory, "NernstPlanckGpu.SyntheticRuns.dll"),
        path,
        .. ((int[])[cells, species, snapshots, pause, traces]).Select(number => number.ToString()),
        mode.ToString(),
    ];

    /// <summary>Arguments for dotnet that run the synthetic writer of sweeps.</summary>
    internal static string[] SweepWriter(string path, int points, int cells, int species, int batch, int pause, params string[] options) =>
    [
        "exec",
        Path.Combine(AppContext.BaseDirectory, "NernstPlanckGpu.SyntheticRuns.dll"),
        "sweep",
        path,
        .. ((int[])[points, cells, species, batch, pause]).Select(number => number.ToString()),
        .. options,
    ];

    private static bool Exists(string program)
    {
        try
        {
            return Run(program, ["--version"]).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>What a program left behind.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error);
