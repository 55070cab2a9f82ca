using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.UnitTests.Configuration;
using NernstPlanckGpu.UnitTests.Engines;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

/// <summary>Sweeps of steady states and curves on an engine that finds many at once.</summary>
public class SteadyDeviceSweepTests
{
    private const int Count = 24, CurveCount = 6, Voltages = 5;

    /// <summary>Of what rounding leaves where Newton's method has converged; the CPU goes from voltage to voltage, a batch to each from nothing.</summary>
    private const double Tolerance = 1e-9;

    private static readonly string Baths = Plans.Path("/regions/2/concentration/K", $"\"linspace\": [\"5 mM\", \"5.5 mM\", {CurveCount}]");
    private static readonly string Chlorides = Plans.Path("/regions/2/concentration/Cl", $"\"linspace\": [\"5 mM\", \"5.5 mM\", {CurveCount}]");
    private static readonly string Potentials = Plans.Path("/boundaries/left/electric/potential", $"\"linspace\": [\"-70 mV\", \"45 mV\", {Count}]");
    private static readonly SweepPlan Steady = Plans.Read($"{{ \"axes\": [{Potentials}] }}", Sample.WithoutTime("\"mode\": \"steady\""));
    private static readonly SweepPlan Curves = Plans.Read(
        $"{{ \"axes\": [{Baths}, {Chlorides}], \"combine\": \"zip\" }}",
        Sample.WithoutTime("\"mode\": \"iv\", \"iv\": { \"voltages\": [\"-150 mV\", \"-70 mV\", 0, \"70 mV\", \"150 mV\"] }"));

    private static readonly Lazy<PointMemory> SteadyOnCpu = new(() => Run(Steady, new() { Engine = new(2) }, Count).Points);
    private static readonly Lazy<PointMemory> CurvesOnCpu = new(() => Run(Curves, new() { Engine = new(2) }, CurveCount).Points);

    [Theory]
    [InlineData(1000, 1, 24)]
    [InlineData(1000, 3, 24)]
    [InlineData(10, 2, 8)] // three blocks of one size
    [InlineData(1, 2, 1)]
    public void Steady_points_go_in_one_batch_per_block_and_have_the_bits_of_a_state_found_from_nothing(int width, int threads, int block)
    {
        using var device = new DeviceStandIn { FindsTogether = true, SteadyWidth = width };
        (SweepSummary summary, PointMemory points) = Run(Steady, new() { Engine = new(threads), Device = device }, Count);
        Assert.Equal((Count, 0, false, null), (summary.Progress.Done, summary.Progress.Failed, summary.IsInterrupted, summary.DeviceFailure));
        AssertSame(SteadyOnCpu.Value, points, Count);
        Assert.All(device.SteadyBatches, size => Assert.Equal(block, size));
        Assert.InRange(device.Drivers.Count, 1, 2);
        Assert.Equal((0, 0), (device.Open, device.Batches.Count));
    }

    [Theory]
    [InlineData(1000, 30)]
    [InlineData(15, 15)] // three curves of five voltages
    [InlineData(3, 5)] // a curve is not divided
    public void All_voltages_of_all_curves_of_a_block_are_one_batch_and_what_their_analyses_seek_further_ones(int width, int first)
    {
        using var device = new DeviceStandIn { FindsTogether = true, SteadyWidth = width };
        (SweepSummary summary, PointMemory points) = Run(Curves, new() { Engine = new(2), Device = device }, CurveCount);
        Assert.Equal((CurveCount, 0, null), (summary.Progress.Done, summary.Progress.Failed, summary.DeviceFailure));
        Assert.Equal(CurveCount * Voltages / first, device.SteadyBatches.Count(size => size == first));
        Assert.All(device.SteadyBatches, size => Assert.True(size == first || size <= 2 * first / Voltages, $"{size}"));
        Assert.Equal(0, device.Open);
        foreach ((int point, PointResult expected) in CurvesOnCpu.Value.Points) AssertClose(expected, points.Points[point]);
    }

    [Fact]
    public void A_state_that_is_not_found_costs_only_its_point()
    {
        double voltage = Voltage(7);
        using var device = new DeviceStandIn { FindsTogether = true, Stuck = problem => VoltageOf(problem) == voltage };
        (SweepSummary summary, PointMemory points) = Run(Steady, new() { Engine = new(2), Device = device }, Count);
        Assert.Equal((Count, 1), (summary.Progress.Done, summary.Progress.Failed));
        PointResult stuck = points.Points[7];
        Assert.Equal((PointStatus.NotConverged, "it is stuck", 7L), (stuck.Status, stuck.Message, stuck.Summary!.AcceptedSteps));
        AssertSame(SteadyOnCpu.Value, points, Count, 7);
    }

    [Fact]
    public void A_curve_with_a_voltage_without_state_says_where_it_ended_and_keeps_the_points_before()
    {
        using var device = new DeviceStandIn { FindsTogether = true, Stuck = problem => Math.Abs(VoltageOf(problem)) < 1e-9 && Potassium(problem) < 5.05 };
        (SweepSummary summary, PointMemory points) = Run(Curves, new() { Engine = new(2), Device = device }, CurveCount);
        Assert.Equal((CurveCount, 1), (summary.Progress.Done, summary.Progress.Failed));
        PointResult stuck = points.Points[0];
        Assert.Equal((PointStatus.NotConverged, "at 0 mV, point 3 of 5: it is stuck", 2), (stuck.Status, stuck.Message, stuck.Traces.Count));
        for (int point = 1; point < CurveCount; point++) AssertClose(CurvesOnCpu.Value.Points[point], points.Points[point]);
    }

    [Fact]
    public void What_the_engine_does_not_find_is_refused_with_its_reason()
    {
        using var device = new DeviceStandIn { FindsTogether = true, LacksSteady = problem => VoltageOf(problem) > 0.02 ? "no large potentials" : null };
        (SweepSummary summary, PointMemory points) = Run(Steady, new() { Engine = new(2), Device = device }, Count);
        PointResult[] refused = [.. points.Points.Values.Where(point => point.Status == PointStatus.Refused)];
        Assert.Equal((Count, 5, 5), (summary.Progress.Done, summary.Progress.Failed, refused.Length));
        Assert.All(refused, point => Assert.Equal("stand-in device cannot compute this: no large potentials; use --engine cpu", point.Message));
        Assert.Equal(Count - 5, device.SteadyBatches.Sum());
    }

    [Fact]
    public void A_state_that_the_cpu_had_to_find_says_so()
    {
        double voltage = Voltage(3);
        using var device = new DeviceStandIn { FindsTogether = true, ByHost = problem => VoltageOf(problem) == voltage };
        (SweepSummary summary, PointMemory points) = Run(Steady, new() { Engine = new(1), Device = device }, Count);
        Assert.Equal((Count, 0), (summary.Progress.Done, summary.Progress.Failed));
        Assert.Equal((PointStatus.Done, "not on the device, then on the CPU: Newton"), (points.Points[3].Status, points.Points[3].Message));
        Assert.All(points.Points.Values.Where(point => point.Index != 3), point => Assert.Equal("", point.Message));

        using var other = new DeviceStandIn { FindsTogether = true, ByHost = problem => VoltageOf(problem) > 0.05 };
        PointMemory curves = Run(Curves, new() { Engine = new(1), Device = other }, 1).Points;
        Assert.Equal("at 70 mV: not on the device, then on the CPU: Newton; likewise at 1 other voltages", curves.Points[0].Message);
    }

    [Fact]
    public void An_error_or_a_state_that_cannot_be_read_costs_only_the_point_at_fault()
    {
        (double poison, double absurd) = (Voltage(5), Voltage(17));
        using var device = new DeviceStandIn { FindsTogether = true, Poison = problem => VoltageOf(problem) == poison, Absurd = problem => VoltageOf(problem) == absurd };
        (SweepSummary summary, PointMemory points) = Run(Steady, new() { Engine = new(2), Device = device }, Count);
        Assert.Equal((Count, 2, null), (summary.Progress.Done, summary.Progress.Failed, summary.DeviceFailure));
        Assert.Equal((PointStatus.Faulted, PointStatus.Faulted), (points.Points[5].Status, points.Points[17].Status));
        Assert.Contains("poisoned", points.Points[5].Message, StringComparison.Ordinal);
        Assert.Contains("no concentrations", points.Points[17].Message, StringComparison.Ordinal);
        AssertSame(SteadyOnCpu.Value, points, Count, 5, 17);
        Assert.Equal(0, device.Open);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 8)]
    [InlineData(3, 16)]
    public void A_lost_device_ends_the_sweep_and_the_cpu_goes_on_from_what_was_finished(int lostAt, int finished)
    {
        using var device = new DeviceStandIn { FindsTogether = true, SteadyWidth = 8, LostAt = lostAt };
        var points = new PointMemory();
        SweepSummary summary = Runner(Steady, new() { Engine = new(2), Device = device }).Run([.. Enumerable.Range(0, Count)], 0, points);
        Assert.Equal("the device is lost", summary.DeviceFailure!.Message);
        Assert.Equal((finished, finished, 0), (points.Points.Count, summary.Progress.Done, device.Open));
        int[] missing = [.. Enumerable.Range(0, Count).Where(point => !points.Points.ContainsKey(point))];
        Assert.Null(Runner(Steady, new() { Engine = new(1) }).Run(missing, finished, points).DeviceFailure);
        AssertSame(SteadyOnCpu.Value, points, Count);
    }

    [Fact]
    public void An_interrupted_sweep_of_curves_hands_on_complete_points_only()
    {
        var points = new PointMemory();
        for (int stopAt = 1; points.Points.Count < CurveCount; stopAt++)
        {
            using var stop = new CancellationTokenSource();
            int calls = 0;
            using var device = new DeviceStandIn { FindsTogether = true, SteadyWidth = 10, BeforeAdvance = () => { if (++calls == stopAt) stop.Cancel(); } };
            int[] missing = [.. Enumerable.Range(0, CurveCount).Where(point => !points.Points.ContainsKey(point))];
            SweepSummary summary = Runner(Curves, new() { Engine = new(2), Device = device }).Run(missing, CurveCount - missing.Length, points, null, stop.Token);
            Assert.Equal(summary.IsInterrupted, points.Points.Count < CurveCount);
            Assert.Equal(0, device.Open);
        }
        foreach ((int point, PointResult expected) in CurvesOnCpu.Value.Points) AssertClose(expected, points.Points[point]);
    }

    [Fact]
    public void Wall_times_are_shares_of_the_batch()
    {
        using var device = new DeviceStandIn { FindsTogether = true, BeforeAdvance = () => Thread.Sleep(240) };
        PointMemory points = Run(Steady, new() { Engine = new(1), Device = device }, Count).Points;
        Assert.All(points.Points.Values, point => Assert.InRange(point.Summary!.WallTime, 0.01, 0.2));
    }

    private static void AssertSame(PointMemory expected, PointMemory actual, int count, params int[] but)
    {
        Assert.Equal(count, actual.Points.Count);
        foreach ((int point, PointResult result) in expected.Points)
        {
            if (but.Contains(point)) continue;
            PointMemory.Same(result, actual.Points[point]);
            Assert.Equal(result.Summary!.Results, actual.Points[point].Summary!.Results);
            Assert.Equal(result.Summary.Theory, actual.Points[point].Summary!.Theory);
        }
    }

    private static void AssertClose(PointResult expected, PointResult actual)
    {
        Assert.Equal((PointStatus.Done, PointStatus.Done, true), (expected.Status, actual.Status, actual.Summary!.CertificateHolds));
        Assert.Equal(expected.Traces.Select(sample => sample.Place), actual.Traces.Select(sample => sample.Place));
        double largest = expected.Traces.Max(sample => sample.Values.Max(Math.Abs));
        foreach (((_, double[] wanted), (_, double[] got)) in expected.Traces.Zip(actual.Traces))
            foreach ((double want, double have) in wanted.Zip(got)) Assert.InRange(have - want, -Tolerance * largest, Tolerance * largest);
        Assert.Equal(expected.Summary!.Results.Count, actual.Summary.Results.Count);
        foreach ((ResultEntry want, ResultEntry have) in expected.Summary.Results.Zip(actual.Summary.Results))
            Assert.InRange(have.Value, want.Value - Tolerance * Math.Abs(want.Value), want.Value + Tolerance * Math.Abs(want.Value));
    }

    private static double Potassium(DiscreteProblem problem) => ((Core.Model.BathBoundary)problem.Problem.Right.Ions[0]).Concentration.At(0);

    private static double VoltageOf(DiscreteProblem problem) => problem.Problem.Left.Electric.Electrode!.At(0);

    private static double Voltage(int point) => Steady.Configuration(point).Configuration!.Problem.Left.Electric.Electrode!.At(0);

    private static SweepRunner Runner(SweepPlan plan, SweepOptions options) => new(plan, SweepLayouts.Of(plan, Shard.Whole, options), options);

    private static (SweepSummary Summary, PointMemory Points) Run(SweepPlan plan, SweepOptions options, int count)
    {
        var points = new PointMemory();
        return (Runner(plan, options).Run([.. Enumerable.Range(0, count)], 0, points), points);
    }
}
