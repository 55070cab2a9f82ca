using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>What scipy's BDF needs for MEMB (scipy/memb_bdf.py), where a python3 with numpy and scipy is there.</summary>
/// <param name="WallTime">Median of the rounds, s.</param>
/// <param name="Steps">Accepted steps.</param>
/// <param name="CurrentDensity">Total current at the end, A/m².</param>
/// <param name="Concentration">Per species and cell at the end, mol/m³.</param>
/// <param name="Blas">BLAS behind its LU; the reference one of a distribution takes about four times as long as OpenBLAS.</param>
internal sealed record ScipyComparator(double WallTime, int Steps, double CurrentDensity, double[][] Concentration, string Blas)
{
    private const int Missing = 3;

    /// <summary>Runs it; null without scipy.</summary>
    public static ScipyComparator? Run(double relativeTolerance, double end, int rounds)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "scipy", "memb_bdf.py");
        string Text(double value) => value.ToString("r", CultureInfo.InvariantCulture);

        // The system's python3 has the distribution's packages; another one may lie before it on the path.
        foreach (string python in new[] { "/usr/bin/python3", "python3" })
        {
            (int exitCode, string output) = Output(
                python, script, "--rtol", Text(relativeTolerance), "--end", Text(end), "--rounds", Text(rounds));
            if (exitCode == Missing) continue;
            if (exitCode != 0) throw new InvalidOperationException($"{script} ended with {exitCode}");
            using JsonDocument json = JsonDocument.Parse(output);
            JsonElement root = json.RootElement;
            return new(
                root.GetProperty("wallTime").GetDouble(), root.GetProperty("steps").GetInt32(),
                root.GetProperty("currentDensity").GetDouble(),
                root.GetProperty("concentration").Deserialize<double[][]>()!, root.GetProperty("blas").GetString()!);
        }
        return null;
    }

    /// <summary>Prints MEMB to 1 ms at two tolerances, or that there is no scipy.</summary>
    public static void Report(int rounds)
    {
        foreach (double tolerance in new[] { 1e-3, 1e-6 })
        {
            if (Run(tolerance, 1e-3, rounds) is not { } scipy)
            {
                Console.WriteLine("no python3 with numpy and scipy here: not compared with scipy (Debian: python3-scipy, libopenblas0)");
                return;
            }
            Console.WriteLine(
                $"scipy BDF, MEMB to 1 ms, rtol {tolerance:g1}: {scipy.WallTime * 1e3,5:f0} ms, {scipy.Steps} steps, {scipy.CurrentDensity:f6} A/m2 ({scipy.Blas} BLAS, one thread)");
        }
    }

    // A python3 that is not there counts as one without scipy.
    private static (int ExitCode, string Text) Output(string file, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(
                new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text);
        }
        catch (Win32Exception)
        {
            return (Missing, "");
        }
    }
}
