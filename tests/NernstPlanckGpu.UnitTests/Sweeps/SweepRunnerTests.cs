using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

public class SweepRunnerTests
{
    private static readonly string Transient = Sample.With("\"end\": \"1 us\"", "\"end\": \"1 ns\"");

    private static SweepLayout Layout(SweepPlan plan, SweepOptions? options = null) => SweepLayouts.Of(plan, Shard.Whole, options ?? new());

    [Theory]
    [InlineData(1, "scalar")]
    [InlineData(2, "256")]
    [InlineData(3, "auto")]
    public void Every_point_comes_once_with_the_bits_of_the_run_alone(int threads, string lane)
    {
        SweepPlan plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/boundaries/left/electric/potential", "\"linspace\": [\"-70 mV\", \"10 mV\", 19]")}] }}", Transient);
        var options = new SweepOptions { Engine = new(threads, lane) };
        var sink = new PointMemory();
        SweepSummary summary = new SweepRunner(plan, Layout(plan, options), options).Run([.. Enumerable.Range(0, 19)], 0, sink);
        Assert.Equal(19, summary.Progress.Done);
        Assert.False(summary.IsInterrupted);
        Assert.Equal(Enumerable.Range(0, 19), sink.Points.Keys.Order());
        Assert.All(Enumerable.Range(0, 19), point =>
        {
            RunSummary alone = new Simulation(plan.Configuration(point).Configuration!, new EngineOptions(1)).Run(new Nothing());
            Assert.Equal(alone.AcceptedSteps, sink.Points[point].Summary!.AcceptedSteps);
            Assert.Equal(alone.CurrentDensity, sink.Points[point].Summary!.CurrentDensity);
        });
    }

    [Fact]
    public void An_interrupted_sweep_hands_on_complete_points_only()
    {
        SweepPlan plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/boundaries/left/electric/potential", "\"linspace\": [\"-70 mV\", \"10 mV\", 60]")}] }}", Transient);
        var options = new SweepOptions { Engine = new(2) };
        var (whole, parts) = (new PointMemory(), new PointMemory());
        var runner = new SweepRunner(plan, Layout(plan, options), options);
        runner.Run([.. Enumerable.Range(0, 60)], 0, whole);
        for (int delay = 1; parts.Points.Count < 60; delay *= 2)
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(delay));
            int[] missing = [.. Enumerable.Range(0, 60).Where(point => !parts.Points.ContainsKey(point))];
            SweepSummary summary = runner.Run(missing, 60 - missing.Length, parts, null, stop.Token);
            Assert.Equal(summary.IsInterrupted, parts.Points.Count < 60);
        }
        Assert.All(whole.Points, pair =>
        {
            PointResult other = parts.Points[pair.Key];
            Assert.Equal((pair.Value.Status, pair.Value.Summary!.Time, pair.Value.Summary.CurrentDensity), (other.Status, other.Summary!.Time, other.Summary.CurrentDensity));
            Assert.Equal(pair.Value.Snapshots.SelectMany(snapshot => snapshot.Concentration), other.Snapshots.SelectMany(snapshot => snapshot.Concentration));
        });
    }

    [Fact]
    public void Points_keep_their_own_configuration_where_they_share_all_else()
    {
        SweepPlan plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/species/2/diffusivity", "\"values\": [1e-9, 2e-9]")}] }}", Transient);
        var sink = new PointMemory();
        new SweepRunner(plan, Layout(plan), new()).Run([0, 1], 0, sink);
        Assert.True(plan.IsGridShared && plan.ArePlacesShared);
        Assert.Equal([1e-9, 2e-9], new[] { 0, 1 }.Select(point => sink.Points[point].Layout!.Configuration.Problem.Species[2].Diffusivity));
    }

    [Fact]
    public void A_failed_point_costs_only_itself_or_stops_the_rest()
    {
        SweepPlan plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/time/maximumSteps", "\"values\": [100000, 1, 100000, 100000]")}] }}", Transient);
        var sink = new PointMemory();
        SweepSummary summary = new SweepRunner(plan, Layout(plan), new() { Engine = new(1) }).Run([0, 1, 2, 3], 0, sink);
        Assert.Equal((4, 1), (summary.Progress.Done, summary.Progress.Failed));
        Assert.Equal(PointStatus.StepBudgetSpent, sink.Points[1].Status);
        SweepSummary stopped = new SweepRunner(plan, Layout(plan), new() { Engine = new(1), StopOnFailure = true }).Run([1, 0, 2, 3], 0, new PointMemory());
        Assert.Equal(1, stopped.StoppedAt!.Index);
    }

    [Fact]
    public void A_sink_that_fails_ends_the_sweep_with_its_reason()
    {
        SweepPlan plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/boundaries/left/electric/potential", "\"linspace\": [\"-70 mV\", \"10 mV\", 200]")}] }}", Transient);
        var failing = new PointMemory { Refuses = true };
        Assert.Throws<IOException>(() => new SweepRunner(plan, Layout(plan), new()).Run([.. Enumerable.Range(0, 200)], 0, failing));
    }

    [Fact]
    public void Names_that_a_single_value_brings_about_have_their_place()
    {
        string open = Sample.WithoutTime("\"mode\": \"steady\"").Replace("{ \"potential\": \"-70 mV\" }", "{ \"current\": 0 }", StringComparison.Ordinal);
        SweepLayout layout = Layout(Plans.Read(
            $"{{ \"axes\": [{Plans.Path("/boundaries/left/electric/current", "\"linspace\": [\"-0.01 A/m^2\", \"0.01 A/m^2\", 101]")}] }}", open));
        Assert.Contains("restingPotential", layout.ResultColumns.Select(column => column.Name));
        Assert.Contains("electrodePotential", layout.ResultColumns.Select(column => column.Name));
    }

    private sealed class Nothing : IRunSink
    {
        public void Snapshot(Snapshot snapshot)
        {
        }

        public void Trace(in TraceSample sample)
        {
        }

        public void Complete(RunSummary summary)
        {
        }
    }
}
