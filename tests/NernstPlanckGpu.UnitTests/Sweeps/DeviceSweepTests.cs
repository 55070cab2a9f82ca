using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.UnitTests.Configuration;
using NernstPlanckGpu.UnitTests.Engines;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

/// <summary>Sweeps on an engine that is not the CPU's: what they compute, in what blocks, and what is left when it fails.</summary>
public class DeviceSweepTests
{
    private const int Count = 60;
    private static readonly string Transient = Sample.With("\"end\": \"1 us\"", "\"end\": \"1 ns\"");
    private static readonly string Voltages = Plans.Path("/boundaries/left/electric/potential", "\"linspace\": [\"-70 mV\", \"10 mV\", 60]");
    private static readonly SweepPlan Plan = Plans.Read($"{{ \"axes\": [{Voltages}] }}", Transient);
    private static readonly Lazy<PointMemory> OnCpu = new(() => Run(Plan, new() { Engine = new(2) }, Count).Points);

    [Theory]
    [InlineData(1000, 1, 60)]
    [InlineData(1000, 3, 60)]
    [InlineData(25, 2, 20)] // three blocks of one size rather than two full ones and a rest
    [InlineData(1, 2, 1)]
    public void A_device_gives_the_bits_of_the_cpu_in_large_blocks_with_a_thread_to_each(int width, int threads, int block)
    {
        using var device = new DeviceStandIn { Width = width };
        (SweepSummary summary, PointMemory points) = Run(Plan, new() { Engine = new(threads), Device = device }, Count);
        Assert.Equal((Count, false, null), (summary.Progress.Done, summary.IsInterrupted, summary.DeviceFailure));
        Assert.All(OnCpu.Value.Points, pair => PointMemory.Same(pair.Value, points.Points[pair.Key]));
        Assert.All(device.Batches, size => Assert.Equal(block, size));
        Assert.InRange(device.Drivers.Count, 1, 2);
        Assert.Equal(0, device.Open);
    }

    [Fact]
    public void Only_points_that_are_alike_share_a_block()
    {
        string cells = Plans.Path("/regions/1/grid/cells", "\"values\": [20, 22, 24, 26, 28]"), few = Voltages.Replace("60]", "3]", StringComparison.Ordinal);
        SweepPlan plan = Plans.Read($"{{ \"axes\": [{cells}, {few}] }}", Transient);
        using var device = new DeviceStandIn();
        (SweepSummary summary, PointMemory points) = Run(plan, new() { Engine = new(2), Device = device }, 15);
        Assert.Equal((15, 0), (summary.Progress.Done, summary.Progress.Failed));
        Assert.Equal([3, 3, 3, 3, 3], device.Batches);
        PointMemory expected = Run(plan, new() { Engine = new(1) }, 15).Points;
        Assert.All(expected.Points, pair => PointMemory.Same(pair.Value, points.Points[pair.Key]));
    }

    [Fact]
    public void What_the_engine_cannot_do_is_refused_with_its_reason_and_computed_nowhere_else()
    {
        using var device = new DeviceStandIn { Lacks = (problem, _) => Voltage(problem) > 0 ? "no positive potentials" : null };
        (SweepSummary summary, PointMemory points) = Run(Plan, new() { Engine = new(2), Device = device }, Count);
        Assert.Equal(Count, summary.Progress.Done);
        PointResult[] refused = [.. points.Points.Values.Where(point => point.Status == PointStatus.Refused)];
        Assert.Equal(summary.Progress.Failed, refused.Length);
        Assert.InRange(refused.Length, 5, 10);
        Assert.All(refused, point => Assert.Equal("stand-in device cannot compute this: no positive potentials; use --engine cpu", point.Message));
        Assert.Equal(Count - refused.Length, device.Batches.Sum());
    }

    [Fact]
    public void A_sweep_of_which_the_engine_can_do_nothing_is_refused_at_the_start()
    {
        using var device = new DeviceStandIn { Lacks = (_, _) => "nothing at all" };
        var refusal = Assert.Throws<EngineRefusalException>(() => SweepLayouts.Of(Plan, Shard.Whole, new() { Device = device }));
        Assert.Contains("nothing at all; use --engine cpu", refusal.Message, StringComparison.Ordinal);
        SweepPlan steady = Plans.Read($"{{ \"axes\": [{Voltages}] }}", Sample.WithoutTime("\"mode\": \"steady\""));
        refusal = Assert.Throws<EngineRefusalException>(() => SweepLayouts.Of(steady, Shard.Whole, new() { Device = new DeviceStandIn() }));
        Assert.Contains("no steady states", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_names_the_device_and_the_names_of_results_are_those_of_every_engine()
    {
        SweepLayout layout = SweepLayouts.Of(Plan, Shard.Whole, new() { Device = new DeviceStandIn() }), cpu = SweepLayouts.Of(Plan, Shard.Whole, new());
        Assert.Equal("stand-in device", layout.Run.Engine);
        Assert.Equal(cpu.CertificateColumns, layout.CertificateColumns);
        Assert.Equal(cpu.TheoryColumns, layout.TheoryColumns);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 20, 40)] // two blocks go side by side: one is finished before the last step of the other
    [InlineData(3, 40, 40)]
    public void A_lost_device_ends_the_sweep_and_what_was_finished_stays(int blocks, int least, int most)
    {
        using var whole = new DeviceStandIn { Width = 20 };
        _ = Run(Plan, new() { Engine = new(2), Device = whole }, Count);
        using var device = new DeviceStandIn { Width = 20, LostAt = Math.Max(1, blocks * whole.Advances / 3) };
        var points = new PointMemory();
        var options = new SweepOptions { Engine = new(2), Device = device };
        SweepSummary summary = Runner(Plan, options).Run([.. Enumerable.Range(0, Count)], 0, points);
        Assert.Equal("the device is lost", summary.DeviceFailure!.Message);
        Assert.Equal((points.Points.Count, 0, false), (summary.Progress.Done, summary.Progress.Failed, summary.IsInterrupted));
        Assert.InRange(points.Points.Count, least, most);
        Assert.Equal(0, device.Open);
        // Another engine goes on to the same end.
        int[] missing = [.. Enumerable.Range(0, Count).Where(point => !points.Points.ContainsKey(point))];
        Assert.Null(Runner(Plan, new() { Engine = new(1) }).Run(missing, Count - missing.Length, points).DeviceFailure);
        Assert.All(OnCpu.Value.Points, pair => PointMemory.Same(pair.Value, points.Points[pair.Key]));
    }

    [Fact]
    public void An_error_that_is_not_the_devices_costs_only_the_point_at_fault()
    {
        double[] voltages = [.. Enumerable.Range(0, Count).Select(point => Voltage(Plan.Configuration(point).Configuration!.Problem))];
        using var device = new DeviceStandIn { Poison = problem => Voltage(problem) == voltages[17] || Voltage(problem) == voltages[43] };
        (SweepSummary summary, PointMemory points) = Run(Plan, new() { Engine = new(2), Device = device }, Count);
        Assert.Equal((Count, 2), (summary.Progress.Done, summary.Progress.Failed));
        Assert.All(new[] { 17, 43 }, point => Assert.Equal(PointStatus.Faulted, points.Points[point].Status));
        Assert.Contains("poisoned", points.Points[17].Message, StringComparison.Ordinal);
        foreach (var (point, result) in OnCpu.Value.Points)
            if (point is not (17 or 43)) PointMemory.Same(result, points.Points[point]);
        Assert.Equal(0, device.Open);
    }

    [Fact]
    public void After_a_failed_point_no_other_block_is_begun_where_that_was_asked_for()
    {
        SweepPlan plan = Plans.Read($"{{ \"axes\": [{Plans.Path("/time/maximumSteps", $"\"values\": [1, {string.Join(", ", Enumerable.Range(1000, 299))}]")}] }}", Transient);
        using var device = new DeviceStandIn { Width = 2, BeforeAdvance = () => Thread.Sleep(1) };
        (SweepSummary summary, _) = Run(plan, new() { Engine = new(1), Device = device, StopOnFailure = true }, 300);
        Assert.Equal(0, summary.StoppedAt!.Index);
        Assert.InRange(summary.Progress.Done, 1, 299);
        Assert.Equal(0, device.Open);
    }

    [Fact]
    public void An_interrupted_sweep_hands_on_complete_points_only()
    {
        using var device = new DeviceStandIn { Width = 10 };
        var options = new SweepOptions { Engine = new(2), Device = device };
        var parts = new PointMemory();
        SweepRunner runner = Runner(Plan, options);
        for (int delay = 1; parts.Points.Count < Count; delay *= 2)
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(delay));
            int[] missing = [.. Enumerable.Range(0, Count).Where(point => !parts.Points.ContainsKey(point))];
            SweepSummary summary = runner.Run(missing, Count - missing.Length, parts, null, stop.Token);
            Assert.Equal(summary.IsInterrupted, parts.Points.Count < Count);
        }
        Assert.All(OnCpu.Value.Points, pair => PointMemory.Same(pair.Value, parts.Points[pair.Key]));
        Assert.Equal(0, device.Open);
    }

    /// <summary>The device goes on behind the end of the points, for the sake of their certificates alone.</summary>
    [Fact]
    public void A_sweep_that_is_interrupted_at_its_end_hands_on_complete_points_only()
    {
        const int points = 4;
        int calls = CallsUntil(int.MaxValue, out PointMemory whole);
        Assert.Equal(points, whole.Points.Count);
        // The last output, and the three states behind it.
        for (int call = calls - 3; call <= calls; call++)
        {
            CallsUntil(call, out PointMemory parts);
            Assert.True(parts.Points.Count < points);
            Assert.All(parts.Points, pair => PointMemory.Same(OnCpu.Value.Points[pair.Key], pair.Value));
        }

        static int CallsUntil(int last, out PointMemory parts)
        {
            int calls = 0;
            using var stop = new CancellationTokenSource();
            using var device = new DeviceStandIn
            {
                BeforeAdvance = () =>
                {
                    if (++calls == last) stop.Cancel();
                },
            };
            Runner(Plan, new() { Engine = new(1), Device = device }).Run([.. Enumerable.Range(0, points)], 0, parts = new(), null, stop.Token);
            return calls;
        }
    }

    [Fact]
    public void A_sink_that_fails_ends_the_sweep_with_its_reason()
    {
        using var device = new DeviceStandIn { Width = 7 };
        SweepRunner runner = Runner(Plan, new() { Engine = new(2), Device = device });
        Assert.Throws<IOException>(() => runner.Run([.. Enumerable.Range(0, Count)], 0, new PointMemory { Refuses = true }));
        Assert.Equal(0, device.Open);
    }

    private static double Voltage(Core.Discretisation.DiscreteProblem problem) => Voltage(problem.Problem);

    private static double Voltage(PnpProblem problem) => problem.Left.Electric.Electrode!.At(0);

    private static SweepRunner Runner(SweepPlan plan, SweepOptions options) => new(plan, SweepLayouts.Of(plan, Shard.Whole, options), options);

    private static (SweepSummary Summary, PointMemory Points) Run(SweepPlan plan, SweepOptions options, int count)
    {
        var points = new PointMemory();
        return (Runner(plan, options).Run([.. Enumerable.Range(0, count)], 0, points), points);
    }
}
