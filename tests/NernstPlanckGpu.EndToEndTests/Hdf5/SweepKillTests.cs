using System.Diagnostics;
using System.Globalization;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>The file of a sweep whose writer is killed at any time: what it has is right, and it goes on to the undisturbed file.</summary>
public sealed class SweepKillTests : IDisposable
{
    private const int Points = 300, Cells = 61, Species = 3;

    private static readonly string[][] Options = [[], ["grid", "places"], ["words"]];

    private readonly TemporaryFolder folder = new();

    private string Output => folder.File("sweep.h5");

    private string Part => Output + ".part";

    [Fact]
    public void After_a_kill_the_sweep_goes_on() => KillAndGoOn(trials: 3, seed: 20261123);

    [LongFact]
    public void After_many_kills_the_sweep_goes_on() => KillAndGoOn(trials: 100, seed: 7);

    [Fact]
    public void A_sweep_killed_again_and_again_comes_to_its_end()
    {
        SyntheticSweep sweep = Sweep([]);
        Random random = new(5);
        for (int kill = 0; kill < 4; kill++)
            Kill(["resume"], random.Next(0, 100), waits: true);
        ToolResult result = Tool.Run("dotnet", Tool.SweepWriter(Output, Points, Cells, Species, 7, 0, "resume"));
        Assert.Equal(0, result.ExitCode);
        Assert.NotEqual($"missing {Points}", result.Output.Split('\n')[0]);
        SweepExpectations.Check(Output, sweep, Shard.Whole);
    }

    [SkippableFact]
    public void Readers_follow_a_growing_sweep()
    {
        Tool.NeedPython("h5py", "numpy", "xarray", "h5netcdf", "netCDF4");
        using Process writer = Tool.Start("dotnet", Tool.SweepWriter(Output, 5000, Cells, Species, 5, 20));
        Assert.StartsWith("missing", writer.StandardOutput.ReadLine(), StringComparison.Ordinal);
        Assert.Equal("points 5", writer.StandardOutput.ReadLine());
        try
        {
            Tool.RunPython(
                """
                import sys, time, h5py, numpy as np, xarray as xr
                def patient(read):
                    for attempt in range(50):
                        try: return read()
                        except (OSError, RuntimeError): time.sleep(0.01)   # opened in the middle of a write
                    return read()
                def done(status, potential):
                    rows = status == 0
                    assert np.all(np.isfinite(potential[rows])), "a row with a status is complete"
                    return int(rows.sum())
                def followed():
                    with h5py.File(sys.argv[1], "r", swmr=True) as f:
                        status = f["status"][:]
                        return done(status, f["potential"][:])
                def by(engine):
                    with xr.open_dataset(sys.argv[1], engine=engine) as ds:
                        status = ds.status.values
                        return done(status, ds.potential.values)
                first = patient(followed)
                time.sleep(0.5)
                assert patient(followed) > first > 0
                assert patient(lambda: by("h5netcdf")) > first
                assert patient(lambda: by("netcdf4")) > first
                """,
                Part);
            Assert.False(writer.HasExited);
        }
        finally
        {
            writer.Kill();
            writer.WaitForExit();
        }
    }

    public void Dispose() => folder.Dispose();

    private static SyntheticSweep Sweep(string[] options) => new()
    {
        Points = Points,
        Cells = Cells,
        Species = Species,
        HasWords = options.Contains("words"),
        GridDiffers = options.Contains("grid"),
        PlacesDiffer = options.Contains("places"),
    };

    private void KillAndGoOn(int trials, int seed)
    {
        Random random = new(seed);
        string whole = folder.File("whole.h5");
        for (int trial = 0; trial < trials; trial++)
        {
            string[] options = Options[trial % Options.Length];
            SyntheticSweep sweep = Sweep(options);
            int told = Kill(options, random.Next(0, 300));
            string left = File.Exists(Part) ? Part : Output;
            Assert.InRange(SweepExpectations.Check(left, sweep, Shard.Whole, partial: true), told, int.MaxValue);
            SweepLayout layout = sweep.Layout();
            using (SweepFileWriter writer = SweepFileWriter.Resume(Output, layout, SyntheticSweep.Provenance))
            {
                Assert.InRange(writer.Missing, 0, writer.Count - told);
                writer.Add([.. Enumerable.Range(0, writer.Count).Where(row => !writer.IsPresent(row)).Select(sweep.Point)]);
                writer.Finish();
            }
            SweepExpectations.Check(Output, sweep, Shard.Whole);
            if (trial < Options.Length)
            {
                sweep.WriteTo(whole);
                SweepExpectations.AssertSame(whole, Output);
                File.Delete(whole);
            }
            File.Delete(Output);
        }
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    /// <summary>Starts the writer, kills it some milliseconds after it began, and tells how many points it had said were written.</summary>
    private int Kill(string[] options, int milliseconds, bool waits = false)
    {
        using Process writer = Tool.Start("dotnet", Tool.SweepWriter(Output, Points, Cells, Species, 7, 1, options));
        Assert.StartsWith("missing", writer.StandardOutput.ReadLine(), StringComparison.Ordinal);
        if (waits)
            writer.StandardOutput.ReadLine();
        Thread.Sleep(milliseconds);
        writer.Kill();
        writer.WaitForExit();
        string? last = writer.StandardOutput.ReadToEnd().Split('\n').LastOrDefault(line => line.StartsWith("points", StringComparison.Ordinal));
        return last == null ? 0 : int.Parse(last.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
