using System.Text.Json;
using System.Text.Json.Serialization;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.PhysicsTests.ConfigTests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// A run that is saved as often as can be, and one that goes on from any of these checkpoints, give the same bits as one that is let alone:
/// every output, and the summary with its certificate, theory and balances.
/// </summary>
public sealed class CheckpointTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMicroseconds(1);
    private static readonly JsonSerializerOptions AllNumbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Theory]
    [InlineData("bench/memb", "/time/end=50 ns")]
    [InlineData("bench/memb", "/time/end=5 ns", "/time/integrator=euler")]
    [InlineData("bench/memb", "/time/integrator=rodas5", "/time/end=100 us")]
    [InlineData("resting-membrane")]
    [InlineData("neuron/action-potential", "/time/end=3 ms")]
    [InlineData("neuron/run-down")]
    [InlineData("neuron/stroke")]
    [InlineData("neuron/donnan-swelling")]
    public void A_run_goes_on_from_any_checkpoint_to_the_same_bits(string name, params string[] overrides)
    {
        RunConfiguration configuration = Read(name, overrides);
        (List<double[]> outputs, string summary) = Record(sink => new Simulation(configuration).Run(sink));

        var store = new Memory();
        (List<double[]> saved, string savedSummary) =
            Record(sink => new Simulation(configuration, new EngineOptions(1)).Run(sink, new Checkpointing(store, Often)));
        Assert.NotEmpty(store.Checkpoints);
        AssertSame(outputs, saved);
        Assert.Equal(summary, savedSummary);

        foreach (int index in new[] { 0, store.Checkpoints.Count / 2, store.Checkpoints.Count - 1 }.Distinct())
        {
            RunCheckpoint from = store.Checkpoints[index];
            (List<double[]> rest, string restSummary) = Record(sink => new Simulation(configuration).GoOn(from, () => sink));
            AssertSame(outputs[(from.Samples + from.Snapshots)..], rest);
            Assert.Equal(summary, restSummary);
        }
    }

    [Fact]
    public void Checkpoints_count_what_the_sink_has_and_the_resumptions()
    {
        RunConfiguration configuration = Read("bench/memb", "/time/end=50 ns", "/output/snapshots/count=10");
        var store = new Memory();
        var sink = new Recorder();
        using var stop = new CancellationTokenSource();
        sink.AfterOutput = () =>
        {
            if (sink.Snapshots == 3) stop.Cancel();
        };
        RunSummary ended = new Simulation(configuration).Run(sink, new Checkpointing(store), cancellation: stop.Token);
        Assert.Equal(Outcome.Interrupted, ended.Outcome);
        RunCheckpoint first = Assert.Single(store.Checkpoints);
        Assert.Equal((sink.Samples, sink.Snapshots), (first.Samples, first.Snapshots));
        Assert.Equal(ended.Time, first.Time);
        Assert.Empty(first.Resumptions);

        using var again = new CancellationTokenSource();
        var second = new Recorder { AfterOutput = again.Cancel };
        new Simulation(configuration).GoOn(first, () => second, new Checkpointing(store), null, again.Token);
        RunCheckpoint next = store.Checkpoints[1];
        Assert.Single(next.Resumptions);
        Assert.Equal(first.Samples + second.Samples, next.Samples);
        Assert.True(next.WallTime > first.WallTime);
        Assert.Equal(first.ProblemHash, next.ProblemHash);
    }

    [Theory]
    [InlineData("/temperature=300 K")]
    [InlineData("/time/relativeTolerance=2e-4")]
    [InlineData("/regions/0/concentration/K=141 mM", "/regions/0/concentration/Cl=151 mM")]
    [InlineData("/title=Another")]
    public void Another_problem_is_refused_before_anything_is_opened(params string[] overrides)
    {
        RunCheckpoint checkpoint = Interrupted(Read("bench/memb", "/time/end=50 ns"));
        var other = new Simulation(Read("bench/memb", ["/time/end=50 ns", .. overrides]));
        EngineRecordException refusal = Assert.Throws<EngineRecordException>(() => other.GoOn(checkpoint, NotOpened));
        Assert.Contains("bit by bit", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_initial_state_is_seen_though_the_text_is_the_same()
    {
        RunConfiguration configuration = Read("bench/memb", "/time/end=50 ns");
        RunCheckpoint checkpoint = Interrupted(configuration);
        IReadOnlyList<InitialProfile> flat = [.. configuration.Problem.Species.Select(_ => new TableProfile([0, 1], [100, Math.BitIncrement(100.0)]))];
        RunConfiguration changed = configuration with { Problem = configuration.Problem with { Initial = new ProfilesInitialState(flat) } };
        Assert.Throws<EngineRecordException>(() => new Simulation(changed).GoOn(checkpoint, NotOpened));
    }

    [Fact]
    public void A_record_in_another_unit_is_refused_before_anything_is_opened()
    {
        RunConfiguration configuration = Read("bench/memb", "/time/end=50 ns");
        RunCheckpoint checkpoint = Interrupted(configuration);
        var changed = new EngineRecord();
        foreach (RecordEntry entry in checkpoint.Observations.Entries)
            changed.Add(entry.Name, entry.Unit == "V" ? "mV" : entry.Unit, entry.Values);
        EngineRecordException refusal = Assert.Throws<EngineRecordException>(
            () => new Simulation(configuration).GoOn(checkpoint with { Observations = changed }, NotOpened));
        Assert.Contains("certificate/clamp is in mV, not in V", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modes_out_of_time_have_no_checkpoints()
    {
        var steady = new Simulation(Read("neuron/resting-potential"));
        Assert.False(steady.CanCheckpoint);
        Assert.Throws<InvalidOperationException>(() => steady.Run(new Recorder(), new Checkpointing(new Memory())));
    }

    private static IRunSink NotOpened() => throw new InvalidOperationException("the sink is opened");

    private static RunCheckpoint Interrupted(RunConfiguration configuration)
    {
        var store = new Memory();
        using var stop = new CancellationTokenSource();
        new Simulation(configuration).Run(new Recorder { AfterOutput = stop.Cancel }, new Checkpointing(store), cancellation: stop.Token);
        return store.Checkpoints[0];
    }

    private static RunConfiguration Read(string name, params IReadOnlyList<string> overrides)
    {
        ConfigurationResult read = ConfigurationReader.Read(Config.PathOf(name), overrides);
        Assert.True(read.Configuration is not null, string.Join('\n', read.Errors));
        return read.Configuration!;
    }

    private static (List<double[]> Outputs, string Summary) Record(Func<Recorder, RunSummary> run)
    {
        var sink = new Recorder();
        RunSummary summary = run(sink) with { WallTime = 0 };
        Assert.True(summary.Outcome.IsComplete(), $"{summary.Outcome}: {summary.Detail}");
        return (sink.Outputs, JsonSerializer.Serialize(summary, AllNumbers));
    }

    private static void AssertSame(List<double[]> expected, List<double[]> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
            Assert.True(expected[i].Select(BitConverter.DoubleToInt64Bits).SequenceEqual(actual[i].Select(BitConverter.DoubleToInt64Bits)), $"output {i} of {expected.Count}");
    }

    private sealed class Memory : ICheckpointStore
    {
        public List<RunCheckpoint> Checkpoints { get; } = [];

        public void Save(RunCheckpoint checkpoint) => Checkpoints.Add(checkpoint);
    }

    /// <summary>Keeps every output, flat.</summary>
    private sealed class Recorder : IRunSink
    {
        public List<double[]> Outputs { get; } = [];

        public int Samples { get; private set; }

        public int Snapshots { get; private set; }

        public Action AfterOutput { get; set; } = () => { };

        public void Snapshot(Snapshot snapshot)
        {
            Snapshots++;
            Outputs.Add(
            [
                snapshot.Time, .. snapshot.Concentration, .. snapshot.Potential, .. snapshot.ElectricField, .. snapshot.Displacement,
                .. snapshot.ChargeDensity, .. snapshot.Flux, snapshot.LeftPotential, snapshot.RightPotential,
            ]);
            AfterOutput();
        }

        public void Trace(in TraceSample sample)
        {
            Samples++;
            Outputs.Add([sample.Time, .. sample.Values.Span]);
        }

        public void Complete(RunSummary summary)
        {
        }
    }
}
