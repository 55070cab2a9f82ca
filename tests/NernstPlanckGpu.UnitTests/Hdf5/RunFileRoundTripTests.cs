using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

public sealed class RunFileRoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 2, 5)]
    [InlineData(5, 5, 2)]
    [InlineData(443, 4, 7)]
    [InlineData(140_001, 2, 2)]
    public void Every_value_comes_back_bit_by_bit(int cells, int species, int snapshots)
    {
        SyntheticRun run = new(cells, species, snapshots);
        string path = folder.File("run.h5");
        run.WriteTo(path);
        using RunFile file = RunFile.Open(path);
        Assert.Equal([snapshots, species, cells], file.Shape("concentration"));
        Assert.Equal([snapshots, species, cells + 1], file.Shape("flux"));
        Assert.Equal(run.Layout.X, file.Read("x"));
        Assert.Equal(run.Layout.XFace, file.Read("x_face"));
        Assert.Equal(run.Layout.FaceArea, file.Read("face_area"));
        Assert.Equal(run.Layout.CellVolume, file.Read("cell_volume"));
        Assert.Equal(run.Layout.RegionOfCell.Select(index => (double)index), file.Read("region"));
        for (int i = 0; i < snapshots; i++)
            AssertSnapshot(run.SnapshotAt(i), file, i);
    }

    [Fact]
    public void Names_and_texts_come_back_in_any_script()
    {
        SyntheticRun run = new(3, 5, 1);
        run.WriteTo(folder.File("run.h5"));
        using RunFile file = RunFile.Open(folder.File("run.h5"));
        Assert.Equal(["K", "Na", "Cl", "HCO3-", "Ca²⁺"], file.Species);
        Assert.Equal(["inside", "the outside"], file.ReadStrings("region_name"));
        Assert.Equal(run.Layout.Configuration.Source, file.ReadText("provenance/config"));
        Assert.Equal("npgpu run synthetic.json", file.ReadText("provenance/command_line"));
        Assert.Equal(["CF-1.10"], file.ReadAttribute("/", "Conventions"));
        Assert.Equal(["Synthetic run"], file.ReadAttribute("/", "title"));
    }

    [Fact]
    public void Traces_have_their_own_times_and_outgrow_the_buffer()
    {
        SyntheticRun run = new(3, 1, 2);
        using (RunFileWriter writer = RunFileWriter.Create(folder.File("run.h5"), run.Layout, new Provenance { CommandLine = "test" }))
        {
            for (int i = 0; i < 1301; i++)
                writer.Trace(run.SampleAt(1e-12 * i));
            run.WriteTo(writer);
        }
        RunFileSummary summary = RunFile.ReadSummary(folder.File("run.h5"));
        Assert.Equal(1303, summary.Traces["time"].Count);
        Assert.Equal(SyntheticRun.TraceValue(1, 1e-12 * 1300), summary.Traces["leftConcentration_K"][1300]);
    }

    [Fact]
    public void A_late_trace_reaches_the_file_though_nothing_follows()
    {
        SyntheticRun run = new(3, 1, 2);
        using RunFileWriter writer = RunFileWriter.Create(folder.File("run.h5"), run.Layout, new Provenance { CommandLine = "test" });
        writer.Trace(run.SampleAt(0));
        Assert.True(SpinWait.SpinUntil(() => TraceSamplesIn(writer.CurrentPath) == 1, TimeSpan.FromSeconds(60)), "the sample is not in the file after a minute");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Results_are_in_the_file_whether_announced_or_not(bool announced)
    {
        SyntheticRun run = new(7, 3, 2);
        using (RunFileWriter writer = RunFileWriter.Create(
            folder.File("run.h5"), announced ? run.Announced() : run.Layout, new Provenance { CommandLine = "test" }))
        {
            run.WriteTo(writer);
        }
        RunFileSummary summary = RunFile.ReadSummary(folder.File("run.h5"));
        Assert.Equal(Outcome.Done, summary.Outcome);
        Assert.Equal(-0.07, summary.MembranePotential);
        Assert.Equal(0.5, summary.CurrentDensity);
        Assert.Equal(-0.0703, summary.Theory["ghk"]);
        Assert.Equal(-0.07, summary.Theory["ghk_computed"]);
        Assert.True(double.IsNaN(summary.Theory["nernst_K_computed"]));
        Assert.Equal(3e-13, summary.Certificate["massDrift_K"]);
        Assert.Equal(1e-12, summary.Certificate["massDrift_K_limit"]);
        Assert.Equal(1, summary.Certificate["holds"]);
        using RunFile file = RunFile.Open(folder.File("run.h5"));
        Assert.Equal(98765, file.ReadScalar("provenance/evaluations"));
        Assert.True(file.ReadScalar("provenance/finished") >= file.ReadScalar("provenance/started"));
    }

    [Fact]
    public void The_last_state_is_that_of_the_last_snapshot()
    {
        SyntheticRun run = new(11, 3, 4);
        run.WriteTo(folder.File("run.h5"));
        LastState state = RunFile.ReadLastState(folder.File("run.h5"));
        Assert.Equal(SyntheticRun.Time(3), state.Time);
        Assert.Equal(run.Layout.X, state.X);
        Assert.Equal(["K", "Na", "Cl"], state.Species);
        Assert.Equal(run.SnapshotAt(3).Concentration, state.Concentration);
    }

    [Theory]
    [InlineData("planar", "1", "m")]
    [InlineData("planar with area", "m2", "m3")]
    [InlineData("cylindrical", "m", "m2")]
    [InlineData("spherical", "m2", "m3")]
    public void Areas_and_volumes_are_per_what_the_geometry_counts_per(string kind, string area, string volume)
    {
        Geometry geometry = kind switch
        {
            "planar" => new PlanarGeometry(),
            "planar with area" => new PlanarGeometry(1e-9),
            "cylindrical" => new CylindricalGeometry(1e-6),
            _ => new SphericalGeometry(1e-6),
        };
        new SyntheticRun(3, 1, 1, geometry).WriteTo(folder.File("run.h5"));
        using RunFile file = RunFile.Open(folder.File("run.h5"));
        Assert.Equal([area], file.ReadAttribute("face_area", "units"));
        Assert.Equal([volume], file.ReadAttribute("cell_volume", "units"));
    }

    [Fact]
    public void Every_dataset_has_unit_long_name_and_scales()
    {
        new SyntheticRun(5, 2, 3).WriteTo(folder.File("run.h5"));
        using RunFile file = RunFile.Open(folder.File("run.h5"));
        int checkedDatasets = 0;
        foreach (string group in (string[])["/", "/traces", "/theory", "/certificate", "/provenance"])
        {
            foreach (string path in file.Names(group).Select(name => $"{group}/{name}").Where(file.IsDataset))
            {
                Assert.False(string.IsNullOrWhiteSpace(Assert.Single(file.ReadAttribute(path, "units"))), path);
                Assert.False(string.IsNullOrWhiteSpace(Assert.Single(file.ReadAttribute(path, "long_name"))), path);
                bool isScale = file.HasAttribute(path, "CLASS");
                Assert.Equal(file.Shape(path).Count > 0, isScale || file.HasAttribute(path, "DIMENSION_LIST"));
                checkedDatasets++;
            }
        }
        Assert.True(checkedDatasets > 40, $"only {checkedDatasets} datasets found");
    }

    public void Dispose() => folder.Dispose();

    private static int TraceSamplesIn(string path)
    {
        using RunFile file = RunFile.Open(path);
        return file.Shape("traces/time")[0];
    }

    private static void AssertSnapshot(Snapshot expected, RunFile file, int index)
    {
        Assert.Equal(expected.Time, file.Times[index]);
        Assert.Equal(expected.Concentration, file.ReadRow("concentration", index));
        Assert.Equal(expected.Potential, file.ReadRow("potential", index));
        Assert.Equal(expected.ElectricField, file.ReadRow("electric_field", index));
        Assert.Equal(expected.Displacement, file.ReadRow("displacement", index));
        Assert.Equal(expected.ChargeDensity, file.ReadRow("charge_density", index));
        Assert.Equal(expected.Flux, file.ReadRow("flux", index));
        Assert.Equal([expected.LeftPotential], file.ReadRow("left_potential", index));
        Assert.Equal([expected.RightPotential], file.ReadRow("right_potential", index));
    }
}
