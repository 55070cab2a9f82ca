using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>Sweep files and merged ones in the readers that people use.</summary>
public sealed class SweepReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [SkippableTheory]
    [InlineData("h5netcdf", "sweep")]
    [InlineData("netcdf4", "sweep")]
    [InlineData("h5netcdf", "virtual")]
    [InlineData("netcdf4", "virtual")]
    [InlineData("h5netcdf", "copy")]
    [InlineData("netcdf4", "copy")]
    public void Xarray_selects_by_the_swept_values(string engine, string kind)
    {
        Tool.NeedPython("xarray", "h5netcdf", "netCDF4");
        SyntheticSweep sweep = new() { Points = 12, HasWords = true };
        Tool.RunPython(
            """
            import sys, numpy as np, xarray as xr
            path, engine = sys.argv[1:]
            with xr.open_dataset(path, engine=engine) as ds:
                assert ds.concentration.dims == ("point", "time", "species", "x"), ds.concentration.dims
                assert ds.sizes["point"] == 12 and {"left_potential_set", "integrator", "point"} <= set(ds.coords)
                assert ds.left_potential_set.attrs["units"] == "V"
                assert list(ds.status.values) == 10*[0] + [7, 0]
                assert ds.message.values[10].endswith("cell 17 (µ), point 10") and ds.message.values[0] == ""
                assert len(ds.hash.values[0]) == 32
                assert np.isnan(ds.concentration[10]).all() and np.isfinite(ds.concentration[11]).all()
                found = ds.set_index(point=["left_potential_set", "integrator"])
                one = found.sel(left_potential_set=-0.118, integrator="rkc2")
                assert int(one.steps) == 1000 + 882*3 + 1, one.steps
                assert float(one.concentration.sel(species="K").isel(time=1, x=0)) == float(ds.concentration[7, 1, 0, 0])
                assert found.sel(integrator="euler").sizes["left_potential_set"] == 4
            with xr.open_dataset(path, engine=engine, group="traces") as traces:
                assert traces.membranePotential.dims == ("point", "time") and traces.sizes["point"] == 12
            with xr.open_dataset(path, engine=engine, group="certificate") as certificate:
                assert list(certificate.holds.values) == 12*[1]
            with xr.open_dataset(path, engine=engine, group="provenance") as provenance:
                assert int(provenance.point_count) == 12 and "axes" in provenance
            """,
            Make(sweep, kind),
            engine);
    }

    [SkippableTheory]
    [InlineData("h5netcdf", "sweep")]
    [InlineData("netcdf4", "sweep")]
    [InlineData("h5netcdf", "virtual")]
    [InlineData("netcdf4", "virtual")]
    public void Xarray_reads_points_of_unlike_grids(string engine, string kind)
    {
        Tool.NeedPython("xarray", "h5netcdf", "netCDF4");
        SyntheticSweep sweep = new() { Points = 9, GridDiffers = true, PlacesDiffer = true };
        Tool.RunPython(
            """
            import sys, numpy as np, xarray as xr
            path, engine = sys.argv[1:]
            with xr.open_dataset(path, engine=engine) as ds:
                assert dict(ds.sizes) == dict(point=9, species=2, region_name=2, cell=11, face=12, snapshot=4), ds.sizes
                assert list(ds.cells.values) == [7 + i % 5 for i in range(9)]
                for i in range(9):
                    n, m = int(ds.cells[i]), 2 + i % 3
                    assert np.isfinite(ds.x[i, :n]).all() and np.isnan(ds.x[i, n:]).all()
                    assert (ds.region[i, n:] == -1).all() and (ds.region[i, :n] >= 0).all()
                    assert np.isfinite(ds.time[i, :m]).all() and np.isnan(ds.time[i, m:]).all()
                    assert np.isfinite(ds.concentration[i, :m, :, :n]).all() and np.isnan(ds.concentration[i, m:]).all()
                one = ds.set_xindex("left_potential_set").sel(left_potential_set=-0.117)
                assert int(one.point) == 3
            """,
            Make(sweep, kind),
            engine);
    }

    [SkippableTheory]
    [InlineData("sweep")]
    [InlineData("virtual")]
    public void H5py_sees_units_and_scales(string kind)
    {
        Tool.NeedPython("h5py", "numpy");
        Tool.RunPython(
            """
            import sys, h5py
            with h5py.File(sys.argv[1], "r") as f:
                assert [d[0].name for d in f["concentration"].dims] == ["/point", "/time", "/species", "/x"]
                assert [d[0].name for d in f["traces/membranePotential"].dims] == ["/point", "/traces/time"]
                assert f["status"].attrs["flag_meanings"].split()[0] == "Missing" and f["status"].attrs["flag_values"][0] == -1
                assert f[f["entry"].attrs["default"] and "entry/membrane_potential"].attrs["signal"] == "membrane_potential"
                assert list(f["entry/concentration"].attrs["axes"]) == ["point", "time", ".", "x"]
                def check(name, item):
                    if not isinstance(item, h5py.Dataset) or name == "message_byte": return
                    assert item.attrs["units"] and item.attrs["long_name"], name
                    for axis in item.dims:
                        assert h5py.h5ds.is_scale(item.id) or len(axis) == 1, name
                f.visititems(check)
            """,
            Make(new SyntheticSweep { Points = 9 }, kind));
    }

    [SkippableTheory]
    [InlineData("sweep")]
    [InlineData("virtual")]
    public void H5dump_shows_it(string kind)
    {
        Tool.Need("h5dump", "hdf5-tools");
        string path = Make(new SyntheticSweep { Points = 9 }, kind);
        Assert.Equal(0, Tool.Run("h5dump", ["-H", path]).ExitCode);
        ToolResult values = Tool.Run("h5dump", ["-d", "/potential", path]);
        Assert.Equal(0, values.ExitCode);
        Assert.Contains("(8,1,6): ", values.Output);
    }

    public void Dispose() => folder.Dispose();

    private string Make(SyntheticSweep sweep, string kind)
    {
        string path = folder.File("sweep.h5");
        if (kind == "sweep")
        {
            sweep.WriteTo(path);
            return path;
        }
        string[] shards = [.. Enumerable.Range(0, 3).Select(i => folder.File($"shard{i}.h5"))];
        for (int i = 0; i < 3; i++)
            sweep.WriteTo(shards[i], new Shard(i, 3));
        SweepMerge.Merge(path, sweep.Layout(), shards, SyntheticSweep.Provenance, new SweepMergeOptions { Copy = kind == "copy" });
        return path;
    }
}
