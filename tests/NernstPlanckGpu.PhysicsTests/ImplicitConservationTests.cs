using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>What a thousand implicit steps, each far longer than anything relaxes, leave as it was.</summary>
public class ImplicitConservationTests
{
    private const double Step = 1.3e-6, End = 1000 * Step;

    public static TheoryData<string, IntegratorKind> Cases
    {
        get
        {
            var data = new TheoryData<string, IntegratorKind>();
            foreach (string geometry in ConservationTests.Geometries)
                foreach (IntegratorKind kind in new[] { IntegratorKind.Rodas4, IntegratorKind.Rodas5 }) data.Add(geometry, kind);
            return data;
        }
    }

    // Cells of 0.15 nm relax in 10 ps: a step is 1e5 of that. From rest, or the first step would be refused; stirred at 1 kHz, so that nothing
    // rests after.
    [Theory]
    [MemberData(nameof(Cases))]
    public void A_closed_box_keeps_amounts_gauss_and_signs_over_a_thousand_long_steps(string geometry, IntegratorKind kind)
    {
        PnpProblem problem = ConservationTests.Box(ConservationTests.Named(geometry));
        var stirring = new PotentialBoundary(new SineWaveform(0.02, 0.05, 1e3));
        problem = geometry == "centre"
            ? problem with { Right = problem.Right with { Electric = stirring } } : problem with { Left = problem.Left with { Electric = stirring } };
        EngineRun rest = Steady.Of(problem);
        problem = problem with { Initial = new CellsInitialState(rest.State.Concentration, rest.State.Charge[0], rest.Voltage) };
        EngineRun run = EngineRun.To(problem, new() { End = End, Integrator = kind, Step = Step });
        Assert.Equal(1000, run.Status.AcceptedSteps);
        double[][] initial = run.Problem.InitialConcentration();
        double ionic = 0, charge = 0;
        for (int s = 0; s < problem.Species.Count; s++)
        {
            double amount = run.Volumes.Select((v, i) => v * initial[s][i + 1]).Sum();
            Close.To(amount, run.Amount(s), 1e-12, problem.Species[s].Name);
            ionic += Math.Abs(problem.Species[s].Valence) * amount;
            charge += problem.Species[s].Valence * amount;
            double[] c = run.State.Concentration[s][1..^1];
            Assert.True(c.Min() >= -1e-10 * c.Max(), $"{problem.Species[s].Name}: {c.Min():E1} of {c.Max():E1}");
        }
        double fixedCharge = run.Volumes.Select((v, i) => v * run.Problem.FixedCharge(i)).Sum();

        // What the two walls hold is what the box has, to the rounding of the sums; the step's own correction was no more than that.
        Close.Within(charge + fixedCharge, run.State.Charge[^1] - run.State.Charge[0], 1e-12 * ionic, "charge of the walls");
        Assert.True(run.GaussResidual <= 1e-10, $"Gauss {run.GaussResidual:E1}");
        Assert.True(run.Status.MassCorrection < 1e-12, $"corrected by {run.Status.MassCorrection:E1}");

        // Calcium neither enters the membrane nor goes round it.
        Assert.All(Enumerable.Range(31, 13), i => Assert.Equal(0, run.State.Concentration[0][i + 1]));
        double left = Enumerable.Range(0, 31).Sum(i => run.Volumes[i] * run.State.Concentration[0][i + 1]);
        Close.To(Enumerable.Range(0, 31).Sum(i => run.Volumes[i] * initial[0][i + 1]), left, 1e-12, "calcium on the left");
    }

    // The open circuit: no charge comes to or leaves the stack, however the ions move.
    [Theory]
    [InlineData(IntegratorKind.Rodas4)]
    [InlineData(IntegratorKind.Rodas5)]
    public void An_open_circuit_keeps_the_stack_neutral(IntegratorKind kind)
    {
        double[] inside = [140, 10, 150], outside = [5, 145, 150];
        PnpProblem problem = Memb() with { Left = Baths(Current(0), inside), Right = Baths(Potential(0), outside) };
        EngineRun run = EngineRun.To(problem, new() { End = 1e-2, Integrator = kind });
        double charge = Enumerable.Range(0, run.Problem.Cells).Sum(i => run.Volumes[i] * run.Charge(i));

        // Of 300 mol/m³ over 64 nm; what is left at the two ends is the tail of the membrane's layers, e^(−30).
        Close.Within(0, charge, 1e-12 * 300 * 64e-9, "charge");
        Close.Within(0, run.State.TotalCurrent, 1e-20, "current");
    }

    [Theory]
    [InlineData(IntegratorKind.Rodas4)]
    [InlineData(IntegratorKind.Rodas5)]
    public void A_run_whose_steps_are_spent_keeps_its_state_and_says_so(IntegratorKind kind)
    {
        DiscreteProblem problem = Discretiser.Discretise(Memb());
        using IBatch batch = new CpuEngine(new(1)).Start([problem], new() { End = 1e-3, Integrator = kind, MaximumSteps = 7 });
        StateView before = new(problem), after = new(problem), cancelled = new(problem);
        batch.Advance([1e-3], null, CancellationToken.None);
        ProblemStatus status = batch.Status(0);
        Assert.Equal(Outcome.StepBudgetSpent, status.Outcome);
        Assert.Equal(7, status.AcceptedSteps + status.RejectedSteps);
        Assert.InRange(status.Time, 1e-13, 1e-4);
        batch.Read(0, before);

        // It stays where it failed, however often it is asked on.
        batch.Advance([2e-3], null, CancellationToken.None);
        Assert.Equal(status, batch.Status(0));
        batch.Read(0, after);
        for (int s = 0; s < 3; s++) Assert.Equal(before.Concentration[s], after.Concentration[s]);
        Assert.Equal(before.Charge, after.Charge);
        Assert.True(before.Concentration.All(c => c.All(value => value > 0)));

        // And that is the state of a run of as many steps.
        using IBatch other = new CpuEngine(new(1)).Start([problem], new() { End = 1e-3, Integrator = kind });
        int steps = 0;
        using var source = new CancellationTokenSource();
        other.Advance([1e-3], _ => { if (++steps == 7) source.Cancel(); }, source.Token);
        other.Read(0, cancelled);
        Assert.Equal(Outcome.Interrupted, other.Status(0).Outcome);
        for (int s = 0; s < 3; s++) Assert.Equal(cancelled.Concentration[s], after.Concentration[s]);
    }
}
