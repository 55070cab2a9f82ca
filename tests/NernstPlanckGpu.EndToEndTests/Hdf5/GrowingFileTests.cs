using System.Diagnostics;
using System.Globalization;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>The file while its writer lives, and after the writer was killed.</summary>
public sealed class GrowingFileTests : IDisposable
{
    private const string ReadAll =
        """
        import sys, h5py, numpy as np
        def check(f):
            n = len(f["time"])
            t, s, x = np.meshgrid(np.arange(n), np.arange(3), np.arange(101), indexing="ij")
            assert np.array_equal(f["time"][:n], 1e-9*np.arange(n))
            assert np.allclose(f["concentration"][:n], 100 + 10*s + np.sin(0.1*x + t), rtol=1e-15, atol=0)
            for name in ("potential", "electric_field", "displacement", "charge_density", "flux", "left_potential", "right_potential"):
                assert np.all(np.isfinite(f[name][:n])), name
            m = len(f["traces/time"])
            assert np.allclose(f["traces/membranePotential"][:m], np.cos(1e9*f["traces/time"][:m]), rtol=0, atol=1e-12)
            return n
        """;

    private readonly TemporaryFolder folder = new();

    private string Output => folder.File("run.h5");

    private string Part => Output + RunFileWriter.PartSuffix;

    [SkippableFact]
    public void Readers_follow_a_growing_file()
    {
        Tool.NeedPython("h5py", "numpy", "xarray", "h5netcdf", "netCDF4");
        using Process writer = StartWriter(pause: 20);
        try
        {
            Tool.RunPython(
                ReadAll +
                """

                import time, xarray as xr
                def patient(read):
                    for attempt in range(50):
                        try: return read()
                        except (OSError, RuntimeError): time.sleep(0.01)   # opened in the middle of a write
                    return read()
                def plain():
                    with h5py.File(sys.argv[1], "r") as f: return check(f)
                def by(engine):
                    with xr.open_dataset(sys.argv[1], engine=engine) as ds: return ds.concentration.load().sizes["time"]
                def opened():
                    with h5py.File(sys.argv[1], "r", swmr=True): pass
                patient(opened)   # the file has its name a moment before its writer begins the mode in which it opens always
                counts = []
                def followed():
                    with h5py.File(sys.argv[1], "r", swmr=True) as f: return check(f)
                for i in range(5):
                    counts.append(patient(followed))   # the library compares its end with that of the file, which grows a moment later
                    time.sleep(0.1)
                assert counts[0] < counts[-1], counts
                assert patient(plain) >= counts[-1]
                assert patient(lambda: by("h5netcdf")) >= counts[-1]
                assert patient(lambda: by("netcdf4")) >= counts[-1]
                with h5py.File(sys.argv[1], "r", swmr=True) as f:
                    before = len(f["time"])
                    time.sleep(0.3)
                    f["time"].refresh()
                    assert len(f["time"]) > before
                """,
                Part);
            Assert.False(writer.HasExited);
            Assert.NotEmpty(RunFile.ReadLastState(Part).Concentration);
        }
        finally
        {
            writer.Kill();
            writer.WaitForExit();
        }
    }

    [SkippableFact]
    public void A_foreign_writer_is_kept_out_of_a_growing_file()
    {
        Tool.NeedPython("h5py");
        using Process writer = StartWriter(pause: 20);
        try
        {
            ToolResult result = Tool.Run(Tool.Python, ["-c", "import sys, h5py; h5py.File(sys.argv[1], 'r+')", Part]);
            Assert.NotEqual(0, result.ExitCode);
        }
        finally
        {
            writer.Kill();
            writer.WaitForExit();
        }
    }

    [SkippableFact]
    public void After_a_kill_at_any_time_all_complete_snapshots_are_there()
    {
        LongTest.Need();
        Tool.NeedPython("h5py", "numpy", "xarray", "h5netcdf", "netCDF4");
        Random random = new(20240607);
        for (int trial = 0; trial < 10; trial++)
        {
            using Process writer = StartWriter(pause: trial % 2);
            Thread.Sleep(random.Next(0, 300));
            writer.Kill();
            writer.WaitForExit();
            int told = 1 + LastSnapshotTold(writer);
            int seen = int.Parse(
                Tool.RunPython(ReadAll + "\nwith h5py.File(sys.argv[1], 'r', swmr=True) as f: print(check(f))", Part),
                CultureInfo.InvariantCulture);
            Assert.InRange(seen, told, told + 1);
            RepairReport report = RunFile.Repair(Part);
            Assert.Equal(seen, report.Snapshots);
            Tool.RunPython(
                ReadAll +
                """

                import xarray as xr
                n = int(sys.argv[2])
                with h5py.File(sys.argv[1], "r") as f:
                    assert check(f) == n and f["flux"].shape[0] == n and f["right_potential"].shape[0] == n
                for engine in ("h5netcdf", "netcdf4"):
                    with xr.open_dataset(sys.argv[1], engine=engine) as ds: assert ds.load().sizes["time"] == n
                """,
                Part,
                seen.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(Outcome.Running, RunFile.ReadSummary(Part).Outcome);
            Assert.False(File.Exists(Output));
        }
    }

    [SkippableFact]
    public void After_a_kill_a_curve_keeps_its_points()
    {
        Tool.NeedPython("numpy", "xarray", "h5netcdf", "netCDF4");
        Random random = new(20240608);
        for (int trial = 0; trial < 3; trial++)
        {
            using Process writer = StartWriter(pause: trial % 2, RunMode.CurrentVoltage);
            Thread.Sleep(random.Next(0, 300));
            writer.Kill();
            writer.WaitForExit();
            int told = 1 + LastSnapshotTold(writer);
            RepairReport report = RunFile.Repair(Part);
            Assert.InRange(report.Snapshots, told, told + 1);
            Tool.RunPython(
                """
                import sys, numpy as np, xarray as xr
                path, n, m = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
                for engine in ("h5netcdf", "netcdf4"):
                    with xr.open_dataset(path, engine=engine) as ds:
                        assert ds.load().sizes["voltage"] == n and np.allclose(ds.voltage, -0.12 + 0.01*np.arange(n))
                    with xr.open_dataset(path, engine=engine, group="iv") as ds:
                        assert ds.load().sizes["voltage"] == m >= n
                        assert np.allclose(ds.currentDensity, ds.voltage + 0.07) and np.all(np.isnan(ds.chordConductance))
                """,
                Part,
                report.Snapshots.ToString(CultureInfo.InvariantCulture),
                report.TraceSamples.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(Outcome.Running, RunFile.ReadSummary(Part).Outcome);
        }
    }

    [Fact]
    public void A_run_after_a_kill_needs_no_cleaning()
    {
        using (Process writer = StartWriter(pause: 20))
        {
            writer.Kill();
            writer.WaitForExit();
        }
        SyntheticRun run = new(5, 2, 2);
        using RunFileWriter next = RunFileWriter.Create(Output, run.Layout, new Provenance { CommandLine = "test" }, overwrite: true);
        run.WriteTo(next);
        Assert.Equal([Output], Directory.GetFiles(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    private static int LastSnapshotTold(Process writer)
    {
        string? last = writer.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        return last == null ? 0 : int.Parse(last.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Starts a long run, and waits for its first snapshot.</summary>
    private Process StartWriter(int pause, RunMode mode = RunMode.Transient)
    {
        Process writer = Tool.Start("dotnet", Tool.Writer(Output, 101, 3, 100_000, pause, traces: 3, mode));
        Assert.Equal("snapshot 0", writer.StandardOutput.ReadLine());
        return writer;
    }
}
