using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>A device's clock and state in the form of the CPU engine's records, and back.</summary>
internal static class ClockRecord
{
    // Names, units and how they are got and set; integers are doubles in a record.
    private static readonly (string Name, string Unit, Func<ProblemClock, double> Get, Setter Set)[] Numbers =
    [
        ("control/time", "s", c => c.Time, (ref ProblemClock c, double v) => c.Time = v),
        ("control/entered", "s", c => c.Time, (ref ProblemClock c, double v) => { }),
        ("control/proposal", "s", c => c.Proposal, (ref ProblemClock c, double v) => c.Proposal = v),
        ("control/lastStep", "s", c => c.LastStep, (ref ProblemClock c, double v) => c.LastStep = v),
        ("control/lastError", "1", c => c.LastError, (ref ProblemClock c, double v) => c.LastError = v),
        ("control/worstError", "1", c => c.WorstError, (ref ProblemClock c, double v) => c.WorstError = v),
        ("control/spectralBound", "s-1", c => c.SpectralBound, (ref ProblemClock c, double v) => c.SpectralBound = v),
        ("control/stepsSinceBound", "1", c => c.StepsSinceBound, (ref ProblemClock c, double v) => c.StepsSinceBound = (int)v),
        ("control/stages", "1", c => c.Stages, (ref ProblemClock c, double v) => c.Stages = (int)v),
        ("control/stagesSinceGauss", "1", c => c.StagesSinceGauss, (ref ProblemClock c, double v) => c.StagesSinceGauss = (int)v),
        // The rate at the start of the step is found again: it is not kept.
        ("control/needsStartRate", "1", c => 1, (ref ProblemClock c, double v) => c.NeedsStartRate = 1),
        ("control/gaussDrift", "mol m-3", c => c.GaussDrift, (ref ProblemClock c, double v) => c.GaussDrift = v),
        ("control/acceptedSteps", "1", c => c.Accepted, (ref ProblemClock c, double v) => c.Accepted = (long)v),
        ("control/rejectedSteps", "1", c => c.Rejected, (ref ProblemClock c, double v) => c.Rejected = (long)v),
        ("control/evaluations", "1", c => c.Evaluations, (ref ProblemClock c, double v) => c.Evaluations = (long)v),
        ("control/outcome", "1", c => c.Outcome, (ref ProblemClock c, double v) => c.Outcome = (int)v),
    ];

    private delegate void Setter(ref ProblemClock clock, double value);

    /// <summary>A record of a clock and a state.</summary>
    public static EngineRecord Of(DiscreteProblem problem, TimeSettings settings, PackShape shape, in ProblemClock clock, ReadOnlySpan<double> state)
    {
        EngineRecord record = ScalarTwin.NewRecord(problem, settings);
        foreach (var number in Numbers) record.Get(number.Name, number.Unit, 1)[0] = number.Get(clock);
        if (HasClamp(problem)) record.Get("state/clampCharge", "mol", 1)[0] = clock.ClampCharge;
        int row = shape.Cells + 2;
        double[] concentration = record.Get("state/concentration", "mol m-3", shape.Species * row);
        for (int s = 0; s < shape.Species; s++) state.Slice(s * row, row).CopyTo(concentration.AsSpan(shape.Order[s] * row));
        state.Slice(shape.Species * row, row - 1).CopyTo(record.Get("state/charge", "mol", row - 1));
        return record;
    }

    /// <summary>Puts a record into a clock and a state.</summary>
    /// <exception cref="EngineRecordException">The record is not of this problem.</exception>
    public static void Put(EngineRecord record, DiscreteProblem problem, TimeSettings settings, PackShape shape, ref ProblemClock clock, Span<double> state)
    {
        ScalarTwin.Check(problem, settings, record);
        foreach (var number in Numbers) number.Set(ref clock, record.Get(number.Name, number.Unit));
        if (HasClamp(problem)) clock.ClampCharge = record.Get("state/clampCharge", "mol");
        int row = shape.Cells + 2;
        double[] concentration = record.Get("state/concentration", "mol m-3", shape.Species * row);
        for (int s = 0; s < shape.Species; s++) concentration.AsSpan(shape.Order[s] * row, row).CopyTo(state[(s * row)..]);
        record.Get("state/charge", "mol", row - 1).CopyTo(state[(shape.Species * row)..]);
    }

    private static bool HasClamp(DiscreteProblem problem) =>
        problem.Problem.Left.Electric is CurrentBoundary || problem.Problem.Right.Electric is CurrentBoundary;
}
