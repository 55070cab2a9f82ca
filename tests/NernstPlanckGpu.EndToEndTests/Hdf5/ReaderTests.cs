using System.Text.RegularExpressions;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>A finished file in the readers that people use.</summary>
public sealed partial class ReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SyntheticRun run = new(43, 3, 7);
    private readonly string path;

    public ReaderTests()
    {
        path = folder.File("run.h5");
        run.WriteTo(path);
    }

    [SkippableFact]
    public void H5py_sees_values_filters_chunks_units_and_scales()
    {
        Tool.NeedPython("h5py", "numpy");
        Tool.RunPython(
            """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], "r") as f:
                c = f["concentration"]
                t, s, x = np.meshgrid(np.arange(7), np.arange(3), np.arange(43), indexing="ij")
                assert np.allclose(c[:], 100 + 10*s + np.sin(0.1*x + t), rtol=1e-15, atol=0)
                assert c.compression == "gzip" and c.shuffle and c.chunks == (1, 3, 43), (c.compression, c.chunks)
                assert c.maxshape[0] is None
                assert [d[0].name for d in c.dims] == ["/time", "/species", "/x"]
                assert [d[0].name for d in f["flux"].dims] == ["/time", "/species", "/x_face"]
                assert f["traces/membranePotential"].dims[0][0].name == "/traces/time"
                assert list(f["species"].asstr()) == ["K", "Na", "Cl"]
                assert f["time"].attrs["units"] == "s" and c.attrs["units"] == "mol m-3"
                def check(name, item):
                    if not isinstance(item, h5py.Dataset): return
                    assert item.attrs["units"] and item.attrs["long_name"], name
                    for axis in item.dims:
                        assert h5py.h5ds.is_scale(item.id) or len(axis) == 1, name
                f.visititems(check)
            """,
            path);
    }

    [SkippableTheory]
    [InlineData("h5netcdf")]
    [InlineData("netcdf4")]
    public void Xarray_sees_named_axes_and_selects_by_them(string engine)
    {
        Tool.NeedPython("xarray", "h5netcdf", "netCDF4");
        Tool.RunPython(
            """
            import sys, xarray as xr
            path, engine = sys.argv[1:]
            with xr.open_dataset(path, engine=engine) as ds:
                assert dict(ds.sizes) == dict(time=7, species=3, x=43, x_face=44, region_name=2), ds.sizes
                assert ds.concentration.dims == ("time", "species", "x")
                for axis in ("time", "species", "x", "x_face", "region_name"): assert axis in ds.coords, axis
                k = ds.concentration.sel(species="Na").sel(time=3e-9, method="nearest")
                assert k.shape == (43,) and abs(float(k[0]) - 110.1411200080598672) < 1e-12
                assert ds.concentration.attrs["units"] == "mol m-3" and ds.attrs["Conventions"] == "CF-1.10"
                assert ds.time.dtype == "float64"
                ds.load()
            for group in ("traces", "theory", "certificate", "provenance", "entry/concentration"):
                with xr.open_dataset(path, engine=engine, group=group) as ds: ds.load()
            with xr.open_dataset(path, engine=engine, group="traces") as ds:
                assert ds.membranePotential.dims == ("time",) and ds.sizes["time"] == 7
            with xr.open_dataset(path, engine=engine, group="provenance") as ds:
                assert "µ" in str(ds.config.values) and str(ds.started.dtype).startswith("datetime64")
                assert int(ds.outcome) == 0
            with xr.open_dataset(path, engine=engine, group="theory") as ds:
                assert float(ds.ghk) == -0.0703 and ds.ghk.attrs["units"] == "V"
            """,
            path,
            engine);
    }

    [SkippableFact]
    public void The_nexus_default_leads_to_a_plot()
    {
        Tool.NeedPython("h5py");
        Tool.RunPython(
            """
            import sys, h5py
            with h5py.File(sys.argv[1], "r") as f:
                group = f
                kinds = [group.attrs["NX_class"]]
                while "default" in group.attrs:
                    group = group[group.attrs["default"]]
                    kinds.append(group.attrs["NX_class"])
                assert kinds == ["NXroot", "NXentry", "NXdata"], kinds
                for data in list(f["entry"].values()) + [f["traces"]]:
                    signal = data[data.attrs["signal"]]
                    axes = data.attrs["axes"]
                    assert len(axes) == signal.ndim, data.name
                    for axis, length in zip(axes, signal.shape):
                        assert axis == "." or data[axis].shape == (length,), (data.name, axis)
            """,
            path);
    }

    [SkippableFact]
    public void H5dump_lists_the_objects_and_prints_the_values()
    {
        Tool.Need("h5dump", "hdf5-tools");
        ToolResult header = Tool.Run("h5dump", ["-H", path]);
        Assert.Equal(0, header.ExitCode);
        foreach (string name in (string[])["concentration", "flux", "displacement", "left_potential", "region_name", "gaussResidual", "config"])
            Assert.Contains($"DATASET \"{name}\"", header.Output);
        ToolResult data = Tool.Run("h5dump", ["-m", "%.17g", "-d", "/x", path]);
        Assert.Equal(0, data.ExitCode);
        string[] values = [.. Number().Matches(data.Output).Select(match => match.Groups[1].Value)];
        Assert.Equal(run.Layout.X, values.Select(double.Parse));
        Assert.Contains("\"Na\"", Tool.Run("h5dump", ["-d", "/species", path]).Output);
    }

    public void Dispose() => folder.Dispose();

    [GeneratedRegex(@"(?<=[:,] |: )([0-9.e+-]+)(?=,|\s*\n)")]
    private static partial Regex Number();
}
