using System.Diagnostics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Problems without a steady state are refused at once, with the equation that has none; those beside them are not.</summary>
public class SteadyFailureTests
{
    private static readonly Species[] Ions = [new("K", 1, 1.957e-9), new("Cl", -1, 2.032e-9), new("A", -1, 1e-9)];

    private static readonly SourceTable Source = new([0], [0], [[1e6]]);

    private static PnpProblem Box(Boundary left, Boundary right, bool walled = false, params SourceTable?[] sources)
    {
        Region wall = Layer("wall", 3e-9, 7, [20, 15, 5], 4) with { Impermeable = [walled, walled, true] };
        return Stack(Ions, left, right, Layer("in", 5e-9, 11, [40, 30, 10]), wall, Layer("out", 4e-9, 9, [40, 30, 10])) with
        {
            Sources = sources.Length == 0 ? null : sources,
        };
    }

    private static Boundary Open(ElectricBoundary electric, double scale = 1) => Baths(electric, 40 * scale, 30 * scale, 10 * scale);

    private static readonly Dictionary<string, (PnpProblem Problem, string[] Words)> Cases = new()
    {
        ["closed species with a flux in"] = (
            Box(new(Potential(0), [new FluxBoundary(Constant(0.1)), Bath(30), Blocked]), new(Potential(0), [Blocked, Bath(30), Blocked])), ["K gains", "no bath"]),
        ["closed species with a source"] = (
            Box(new(Potential(0), [Bath(40), Blocked, Blocked]), new(Potential(0), [Bath(40), Blocked, Blocked]), false, null, Source, null), ["Cl gains", "no bath"]),
        ["source behind a wall"] = (Box(Open(Potential(0)), Open(Potential(0)), true, Source, null, null), ["K gains"]),
        ["fluxes in and out of a species without a bath"] = (
            Box(
                new(Potential(0), [Bath(40), new FluxBoundary(Constant(0.1)), Blocked]), new(Potential(0), [Bath(40), new FluxBoundary(Constant(0.1)), Blocked])),
            ["Cl", "not determined"]),
        ["current through a wall"] = (Box(Open(Current(1e3)), Open(Potential(0)), walled: true), ["current", "no ion passes"]),
        ["current into a blocked end, on the right"] = (Box(Open(Potential(0)), Closed(Current(-1e3), 3)), ["current", "no ion passes"]),
        ["open circuit with a flux of ions in"] = (
            Box(new(Current(0), [new FluxBoundary(Constant(0.1)), Bath(30), Bath(10)]), new(Potential(0), [Bath(40), Blocked, Bath(10)])), ["current", "prescribed fluxes"]),
        ["open circuit of one ion that one side has"] = (
            Box(new(Current(0), [Bath(40), Blocked, Bath(10)]), new(Potential(0), [Bath(0), Blocked, Bath(10)])), ["current", "K"]),
        ["current against ions that one side has"] = (
            Box(new(Potential(0), [Bath(40), Bath(0), Bath(10)]), new(Current(-10), [Bath(0), Bath(30), Bath(10)])), ["current", "K, Cl"]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_steady_state_is_said_at_once(string name)
    {
        (PnpProblem problem, string[] words) = Cases[name];
        var watch = Stopwatch.StartNew();
        using ISteadyState steady = new CpuEngine(new(1)).Steady(Discretiser.Discretise(problem));
        SteadyResult result = steady.Solve(CancellationToken.None);
        Assert.Equal(Outcome.NotConverged, result.Outcome);
        Assert.All(words, word => Assert.Contains(word, result.Detail));

        // Nothing is tried: this is preparation only. Half a second is a slow machine and its first compilation.
        Assert.Equal(0, result.Iterations);
        Assert.True(watch.Elapsed.TotalSeconds < 0.5, $"{watch.Elapsed}");
    }

    // A salt that one side alone has: its ions carry currents of either sign, so they can be without.
    [Fact]
    public void A_salt_that_one_side_has_comes_to_rest_without_current()
    {
        EngineRun run = Steady.Of(Box(new(Current(0), [Bath(40), Bath(40), Blocked]), new(Potential(0), [Bath(0), Bath(0), Blocked])));
        Assert.True(Steady.Flux(run, 0) > 0);
        Close.To(Steady.Flux(run, 0), Steady.Flux(run, 1), 1e-12);
    }

    [Fact]
    public void Cancellation_ends_the_search()
    {
        using ISteadyState steady = new CpuEngine(new(1)).Steady(Discretiser.Discretise(Box(Open(Potential(0.9)), Open(Stern(0.2), 0.01))));
        using var source = new CancellationTokenSource();
        source.Cancel();

        // It may be found before anyone asks, but never by going on for long.
        Assert.True(steady.Solve(source.Token) is { Outcome: Outcome.Done or Outcome.Interrupted });
    }

    private static SternBoundary Stern(double volts) => new(Constant(volts), 0.2);

    // A voltage can be set only where both ends have an electrode.
    [Fact]
    public void A_voltage_between_no_electrodes_is_refused()
    {
        using ISteadyState steady = new CpuEngine(new(1)).Steady(Discretiser.Discretise(Box(Open(Current(0)), Open(Potential(0)))));
        Assert.Throws<InvalidOperationException>(() => steady.SolveAt(0.1, CancellationToken.None));
    }

    // Nothing flows where nothing drives: to rounding of K c, 1e3 mol/(m² s).
    [Fact]
    public void Equal_baths_have_no_voltage_and_no_fluxes()
    {
        using var steady = new Steady(Box(Open(Current(0)), Open(Potential(0))));
        EngineRun run = steady.Find();
        Close.Within(0, steady.Voltage, 1e-15 * PhysicalConstants.ThermalVoltage(298.15) * 100);
        for (int s = 0; s < 3; s++) Assert.True(Math.Abs(Steady.Flux(run, s)) < 1e-10);
    }
}
