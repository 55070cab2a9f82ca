using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

/// <summary>Files of runs that are not in time: their axes, groups, results and curves, finished or not.</summary>
public sealed class RunFileModesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Output => folder.File("run.h5");

    private string Part => Output + RunFileWriter.PartSuffix;

    [Fact]
    public void A_curve_lies_along_the_voltage()
    {
        SyntheticRun run = new(7, 2, 5, mode: RunMode.CurrentVoltage);
        run.WriteTo(Output);
        double[] voltages = [.. Enumerable.Range(0, 5).Select(run.Place)];
        RunFileSummary summary = RunFile.ReadSummary(Output);
        Assert.Equal(("iv", "voltage", "voltage"), (summary.Mode, summary.SnapshotAxis, summary.TraceAxis));
        Assert.Equal(voltages, summary.Times);
        Assert.Equal(voltages, summary.Traces["voltage"]);
        Assert.Equal(
            ["chordConductance", "currentDensity", "currentDensity_K", "currentDensity_Na", "slopeConductance", "voltage"],
            summary.Traces.Keys.Order());
        Assert.Equal(voltages.Select(voltage => voltage + 0.07), summary.Traces["currentDensity"]);
        Assert.Equal(voltages.Select(voltage => 2 * voltage), summary.Traces["chordConductance"]);
        Assert.Equal(-0.07, summary.Results["reversalPotential"]);
        Assert.True(double.IsNaN(summary.Results["restingPotential"]));
        using RunFile file = RunFile.Open(Output);
        Assert.Equal([5, 2, 7], file.Shape("concentration"));
        Assert.Equal(["V"], file.ReadAttribute("voltage", "units"));
        Assert.Equal([ResultAxis.Voltage.Meaning], file.ReadAttribute("iv/voltage", "long_name"));
        Assert.DoesNotContain("time", file.Names("/"));
        Assert.DoesNotContain("traces", file.Names("/"));
    }

    [Fact]
    public void A_spectrum_has_one_snapshot_and_lies_along_the_frequency()
    {
        SyntheticRun run = new(7, 2, 9, mode: RunMode.Impedance);
        run.WriteTo(Output);
        RunFileSummary summary = RunFile.ReadSummary(Output);
        Assert.Equal(("impedance", "time", "frequency"), (summary.Mode, summary.SnapshotAxis, summary.TraceAxis));
        Assert.Equal([0], summary.Times);
        Assert.Equal(1e8, summary.Traces["frequency"][8]);
        Assert.Equal(2 / (1 + 1e8), summary.Traces["impedanceImaginary"][8]);
        Assert.Equal(0.01, summary.Results["capacitance"]);
        using RunFile file = RunFile.Open(Output);
        Assert.Equal(["Hz"], file.ReadAttribute("impedance/frequency", "units"));
    }

    [Fact]
    public void A_steady_state_is_one_snapshot_in_time()
    {
        new SyntheticRun(7, 2, 1, mode: RunMode.Steady).WriteTo(Output);
        RunFileSummary summary = RunFile.ReadSummary(Output);
        Assert.Equal(("steady", "time", "time"), (summary.Mode, summary.SnapshotAxis, summary.TraceAxis));
        Assert.Equal([0], summary.Traces["time"]);
    }

    [Fact]
    public void The_last_state_of_a_curve_is_that_of_its_last_voltage()
    {
        SyntheticRun run = new(7, 2, 5, mode: RunMode.CurrentVoltage);
        run.WriteTo(Output);
        LastState state = RunFile.ReadLastState(Output);
        Assert.Equal(run.Place(4), state.Time);
        Assert.Equal(run.SnapshotAt(4).Concentration, state.Concentration);
    }

    [Fact]
    public void A_result_comes_into_the_file_though_nobody_announced_it()
    {
        SyntheticRun run = new(3, 1, 2, mode: RunMode.CurrentVoltage);
        using (RunFileWriter writer = Create(run.Layout))
            run.WriteTo(writer);
        Assert.Equal(-0.07, RunFile.ReadSummary(Output).Results["reversalPotential"]);
        using RunFile file = RunFile.Open(Output);
        Assert.Equal(["V"], file.ReadAttribute("result/reversalPotential", "units"));
    }

    [Fact]
    public void A_run_that_does_not_converge_says_where_and_keeps_its_points()
    {
        SyntheticRun run = new(5, 2, 6, mode: RunMode.CurrentVoltage);
        using (RunFileWriter writer = Create(run.Announced()))
        {
            for (int i = 0; i < 4; i++)
            {
                writer.Trace(run.SampleAt(run.Place(i)));
                writer.Snapshot(run.SnapshotAt(i));
            }
            writer.Complete(run.Summary(Outcome.NotConverged));
        }
        RunFileSummary summary = RunFile.ReadSummary(Part);
        Assert.Equal(Outcome.NotConverged, summary.Outcome);
        Assert.Equal("Gauss's law at x = 3 nm, cell 17 (µ)", summary.Detail);
        Assert.Equal(4, summary.Times.Count);
        Assert.Equal(4, summary.Traces["chordConductance"].Count);
        Assert.Equal(2 * run.Place(3), summary.Traces["chordConductance"][3]);
    }

    [Fact]
    public void A_curve_stays_unknown_until_the_end()
    {
        SyntheticRun run = new(5, 2, 6, mode: RunMode.CurrentVoltage);
        using (RunFileWriter writer = Create(run.Announced()))
        {
            writer.Trace(run.SampleAt(run.Place(0)));
            writer.Snapshot(run.SnapshotAt(0));
        }
        Assert.Equal(0, RunFile.Repair(Part).DroppedRows);
        RunFileSummary summary = RunFile.ReadSummary(Part);
        Assert.Equal("", summary.Detail);
        Assert.True(double.IsNaN(Assert.Single(summary.Traces["chordConductance"])));
        Assert.True(double.IsNaN(summary.Results["reversalPotential"]));
    }

    [Fact]
    public void A_curve_that_nobody_announced_is_refused()
    {
        SyntheticRun run = new(5, 2, 6, mode: RunMode.CurrentVoltage);
        using RunFileWriter writer = Create(run.Layout with { CurveColumns = [] });
        Assert.Contains("chordConductance", Assert.Throws<ArgumentException>(() => run.WriteTo(writer)).Message);
    }

    [Theory]
    [InlineData(RunMode.CurrentVoltage)]
    [InlineData(RunMode.Impedance)]
    public void Every_dataset_has_unit_long_name_and_scales(RunMode mode)
    {
        SyntheticRun run = new(5, 2, 3, mode: mode);
        run.WriteTo(Output);
        using RunFile file = RunFile.Open(Output);
        foreach (string group in (string[])["/", run.Layout.TraceGroup, "result", "entry/" + run.Layout.TraceGroup])
        {
            foreach (string path in file.Names(group).Select(name => $"{group}/{name}").Where(file.IsDataset))
            {
                Assert.False(string.IsNullOrWhiteSpace(Assert.Single(file.ReadAttribute(path, "units"))), path);
                Assert.False(string.IsNullOrWhiteSpace(Assert.Single(file.ReadAttribute(path, "long_name"))), path);
                bool isScale = file.HasAttribute(path, "CLASS");
                Assert.Equal(file.Shape(path).Count > 0, isScale || file.HasAttribute(path, "DIMENSION_LIST"));
            }
        }
    }

    public void Dispose() => folder.Dispose();

    private RunFileWriter Create(RunLayout layout) => RunFileWriter.Create(Output, layout, new Provenance { CommandLine = "test" });
}
