using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>Current–voltage curves and impedance spectra in the readers that people use.</summary>
public sealed class ModeReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Output => folder.File("run.h5");

    [SkippableTheory]
    [InlineData("h5netcdf")]
    [InlineData("netcdf4")]
    public void Xarray_has_the_voltage_as_coordinate(string engine)
    {
        Tool.NeedPython("xarray", "h5netcdf", "netCDF4", "numpy", "scipy");
        Write(RunMode.CurrentVoltage);
        Tool.RunPython(
            """
            import sys, numpy as np, xarray as xr
            path, engine = sys.argv[1:]
            with xr.open_dataset(path, engine=engine) as ds:
                assert dict(ds.sizes) == dict(voltage=7, species=3, x=43, x_face=44, region_name=2), ds.sizes
                assert ds.concentration.dims == ("voltage", "species", "x") and ds.right_potential.dims == ("voltage",)
                assert "voltage" in ds.coords and ds.voltage.attrs["units"] == "V" and "time" not in ds.variables
                na = ds.concentration.sel(species="Na").sel(voltage=-0.091, method="nearest")
                assert abs(float(na[0]) - 110.1411200080598672) < 1e-12   # snapshot 3 is at -90 mV
                ds.load()
            with xr.open_dataset(path, engine=engine, group="iv") as ds:
                i = ds.currentDensity
                assert i.dims == ("voltage",) and i.attrs["units"] == "A m-2" and "voltage" in ds.coords
                assert np.allclose(i, ds.voltage + 0.07, rtol=1e-13, atol=0) and "currentDensity_Cl" in ds
                assert np.allclose(ds.chordConductance, 2*ds.voltage, rtol=1e-13, atol=0)
                assert abs(float(i.interp(voltage=-0.085)) + 0.015) < 1e-12
            with xr.open_dataset(path, engine=engine, group="result") as ds:
                assert float(ds.reversalPotential) == -0.07 and ds.reversalPotential.attrs["units"] == "V"
                assert np.isnan(ds.restingPotential)
            with xr.open_dataset(path, engine=engine, group="provenance") as ds:
                assert str(ds["mode"].values) == "iv" and str(ds.detail.values) == ""
            for group in ("entry/concentration", "entry/iv"):
                with xr.open_dataset(path, engine=engine, group=group) as ds: ds.load()
            """,
            Output,
            engine);
    }

    [SkippableTheory]
    [InlineData("h5netcdf")]
    [InlineData("netcdf4")]
    public void Xarray_has_the_frequency_as_coordinate(string engine)
    {
        Tool.NeedPython("xarray", "h5netcdf", "netCDF4", "numpy");
        Write(RunMode.Impedance);
        Tool.RunPython(
            """
            import sys, numpy as np, xarray as xr
            path, engine = sys.argv[1:]
            with xr.open_dataset(path, engine=engine) as ds:
                assert ds.sizes["time"] == 1 and ds.concentration.dims == ("time", "species", "x")
            with xr.open_dataset(path, engine=engine, group="impedance") as ds:
                assert ds.impedanceReal.dims == ("frequency",) and ds.frequency.attrs["units"] == "Hz"
                assert np.array_equal(ds.frequency, 10.0**np.arange(7))
                z = ds.impedanceReal + 1j*ds.impedanceImaginary
                assert np.allclose(z, (1 + 2j)/(1 + ds.frequency), rtol=1e-13, atol=0)
            with xr.open_dataset(path, engine=engine, group="result") as ds:
                assert float(ds.capacitance) == 0.01
            """,
            Output,
            engine);
    }

    [SkippableTheory]
    [InlineData(RunMode.CurrentVoltage, "voltage")]
    [InlineData(RunMode.Impedance, "frequency")]
    public void The_nexus_default_leads_to_the_curve(RunMode mode, string axis)
    {
        Tool.NeedPython("h5py");
        Write(mode);
        Tool.RunPython(
            """
            import sys, h5py
            with h5py.File(sys.argv[1], "r") as f:
                group = f
                while "default" in group.attrs: group = group[group.attrs["default"]]
                assert group.attrs["NX_class"] == "NXdata" and list(group.attrs["axes"]) == [sys.argv[2]]
                curves = [group[group.attrs["signal"]]] + [group[name] for name in group.attrs["auxiliary_signals"]]
                assert all(curve.shape == group[sys.argv[2]].shape == (7,) for curve in curves)
                assert all(h5py.h5ds.is_attached(c.id, f[c.parent.name + "/" + sys.argv[2]].id, 0) for c in curves)
                c = f["concentration"]
                assert c.dims[0][0].name == "/" + f["entry/concentration"].attrs["axes"][0]
            """,
            Output,
            axis);
    }

    [SkippableFact]
    public void H5dump_lists_the_curve()
    {
        Tool.Need("h5dump", "hdf5-tools");
        Write(RunMode.CurrentVoltage);
        ToolResult header = Tool.Run("h5dump", ["-H", Output]);
        Assert.Equal(0, header.ExitCode);
        foreach (string expected in (string[])["GROUP \"iv\"", "DATASET \"voltage\"", "DATASET \"currentDensity\"", "DATASET \"reversalPotential\""])
            Assert.Contains(expected, header.Output);
        Assert.Contains("\"iv\"", Tool.Run("h5dump", ["-d", "/provenance/mode", Output]).Output);
    }

    [SkippableFact]
    public void The_detail_of_a_failure_is_text()
    {
        Tool.NeedPython("h5py");
        SyntheticRun run = new(5, 2, 3, mode: RunMode.CurrentVoltage);
        using (RunFileWriter writer = RunFileWriter.Create(Output, run.Announced(), new Provenance { CommandLine = "test" }))
            run.WriteTo(writer, Outcome.NotConverged);
        Tool.RunPython(
            """
            import sys, h5py
            with h5py.File(sys.argv[1], "r") as f:
                assert f["provenance/detail"].asstr()[()] == "Gauss's law at x = 3 nm, cell 17 (µ)"
                outcome = f["provenance/outcome"]
                words = dict(zip(outcome.attrs["flag_values"], outcome.attrs["flag_meanings"].split()))
                assert words[outcome[()]] == "NotConverged"
            """,
            Output + RunFileWriter.PartSuffix);
    }

    [SkippableFact]
    public void A_file_of_version_0_1_reads_as_a_run_in_time()
    {
        Tool.NeedPython("h5py");
        Write(RunMode.Transient);
        Tool.RunPython(
            """
            import sys, h5py
            with h5py.File(sys.argv[1], "r+") as f:
                for name in ("result", "provenance/mode", "provenance/detail"): del f[name]
                for name in list(f["traces"].attrs): del f["traces"].attrs[name]   # as without traces
            """,
            Output);
        RunFileSummary summary = RunFile.ReadSummary(Output);
        Assert.Equal(("transient", "time", "time", ""), (summary.Mode, summary.SnapshotAxis, summary.TraceAxis, summary.Detail));
        Assert.Equal(7, summary.Traces["time"].Count);
        Assert.Empty(summary.Results);
        Assert.Equal(7, RunFile.Repair(Output).Snapshots);
    }

    public void Dispose() => folder.Dispose();

    private void Write(RunMode mode) => new SyntheticRun(43, 3, 7, mode: mode).WriteTo(Output);
}
