using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>Adaptive Runge–Kutta–Chebyshev steps of a pack; every problem has its own step, stages and verdict.</summary>
internal sealed unsafe class Rkc2Pack<T, TPacking> : CpuPack<T, TPacking>
    where T : unmanaged, ILane<T>
    where TPacking : struct, IPacking<T>
{
    private readonly ProblemControl[] controls;
    private readonly Chebyshev<ScalarLane>[] chebyshev;
    private readonly double[] time, stageTime;
    private readonly bool[] accepted;

    // Pinned scratch, [·][problem]: step, coefficients of a stage, ones, error sum, bound; then [species][problem] extremes.
    private readonly double[] memory;
    private readonly double* step, coefficients, ones, errorSum, bound, lowest, highest;

    public Rkc2Pack(IReadOnlyList<ProblemControl> problems, TimeSettings settings)
        : base(problems, settings)
    {
        int w = TPacking.Problems;
        controls = [.. problems];
        chebyshev = new Chebyshev<ScalarLane>[w];
        time = new double[controls.Length];
        stageTime = new double[controls.Length];
        accepted = new bool[controls.Length];
        memory = GC.AllocateArray<double>((9 + 2 * Shape.Species) * w, pinned: true);
        double* next = (double*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref memory[0]);
        step = next;
        coefficients = next + w;
        ones = next + 6 * w;
        errorSum = next + 7 * w;
        bound = next + 8 * w;
        lowest = next + 9 * w;
        highest = next + (9 + Shape.Species) * w;
        new Span<double>(ones, w).Fill(1);
    }

    public override void Advance(Action<ProblemStatus>? afterStep, CancellationToken cancellation)
    {
        while (true)
        {
            if (cancellation.IsCancellationRequested)
            {
                foreach (ProblemControl control in controls)
                    if (MustStep(control)) control.Fail(Outcome.Interrupted);
            }
            if (!Prepare()) return;
            Try();
            Judge();
            if (afterStep is null) continue;
            for (int k = 0; k < controls.Length; k++)
                if (controls[k].Step != 0) afterStep(controls[k].Status);
        }
    }

    public override void Exchange(ProblemControl control, RecordExchange exchange)
    {
        base.Exchange(control, exchange);
        ExchangeState(Array.IndexOf(controls, control), Arrays.StartRate, exchange, isRate: true);
    }

    // Rates and bounds where they are missing, then the step and stages of each problem. False when nobody steps.
    private bool Prepare()
    {
        bool any = false, rates = false, bounds = false;
        foreach (ProblemControl control in controls)
        {
            if (!MustStep(control)) continue;
            if (control.Accepted + control.Rejected >= Settings.MaximumSteps)
            {
                control.Fail(Outcome.StepBudgetSpent);
                continue;
            }
            any = true;
            rates |= control.NeedsStartRate;
            bounds |= NeedsBound(control);
        }
        if (!any) return false;
        if (rates) StartRates();
        if (bounds) Bounds();
        for (int k = 0; k < controls.Length; k++) Plan(k);
        return true;
    }

    private static bool NeedsBound(ProblemControl control) =>
        control.StepsSinceBound < 0 || control.StepsSinceBound >= Rkc2.BoundLifetime(control.Stages);

    private void StartRates()
    {
        for (int k = 0; k < controls.Length; k++) time[k] = controls[k].Time;
        Settle(Arrays.Start, time);
        Move(Arrays.Start, Arrays.StageB, default(RateUpdate<T>), ones, time);
        for (int k = 0; k < controls.Length; k++)
        {
            ProblemControl control = controls[k];
            if (!MustStep(control) || !control.NeedsStartRate) continue;
            CopyProblem(Arrays.StageB, Arrays.StartRate, k);
            control.NeedsStartRate = false;
            control.Evaluations++;
        }
    }

    private void Bounds()
    {
        for (int k = 0; k < controls.Length; k++) time[k] = controls[k].Time;
        Settle(Arrays.Start, time);
        SpectralBounds(bound);
        for (int k = 0; k < controls.Length; k++)
        {
            if (!MustStep(controls[k]) || !NeedsBound(controls[k])) continue;
            controls[k].SpectralBound = bound[k];
            controls[k].StepsSinceBound = 0;
            if (!double.IsFinite(bound[k])) controls[k].Fail(Outcome.NotFinite, "the bound of the fastest rate is not a number");
        }
    }

    private void Plan(int k)
    {
        ProblemControl control = controls[k];
        accepted[k] = false;
        if (!MustStep(control))
        {
            (control.Step, step[k], time[k]) = (0, 0, control.Time);
            return;
        }
        double rho = Math.Max(control.SpectralBound, 1e-300);
        if (Settings.Step is { } given)
        {
            control.Step = StepPlan.Equal(given, control.Stop - control.Time);
        }
        else
        {
            // After a start or a corner the first step is a safe explicit one; the control lets it double each time.
            double proposal = control.LastStep == 0 ? Math.Min(OrInfinity(control.Proposal), 1 / rho) : control.Proposal;
            control.Step = control.Landing(Math.Min(proposal, Rkc2.LongestStep(rho)));
        }
        control.Step = Math.Min(control.Step, control.LongestStep);
        control.Stages = Rkc2.StagesFor(control.Step * rho);
        chebyshev[k] = Chebyshev<ScalarLane>.Begin(new(control.Stages));
        step[k] = chebyshev[k].MuTilde.Value * control.Step;
        time[k] = control.Time + chebyshev[k].Time.Value * control.Step;
    }

    private static double OrInfinity(double proposal) => double.IsNaN(proposal) ? double.PositiveInfinity : proposal;

    // All stages, then the error pass: afterwards StageA is the end state and StageB its rates.
    private void Try()
    {
        int most = 1;
        foreach (ProblemControl control in controls)
            if (control.Step != 0) most = Math.Max(most, control.Stages);
        StagePasses<T, TPacking>.FirstStage(Arrays, Arrays.Start, Arrays.StartRate, Arrays.StageA, step);
        double* previous = Arrays.StageA, beforePrevious = Arrays.Start;
        Settle(previous, time);
        for (int j = 2; j <= most; j++)
        {
            double* target = j == 2 ? Arrays.StageB : beforePrevious;
            // Prescribed fluxes and sources belong to the time of Y_(j−1); the new stage is settled at its own.
            Array.Copy(time, stageTime, time.Length);
            for (int k = 0; k < controls.Length; k++) NextStage(k, j);
            Move(previous, target, Update(beforePrevious), coefficients + 3 * TPacking.Problems, stageTime);
            SettleMoved(target, time);
            beforePrevious = previous;
            previous = target;
        }
        if (previous != Arrays.StageA) Arrays.SwapStages();
        for (int k = 0; k < controls.Length; k++) step[k] = controls[k].Step;
        Move(Arrays.StageA, Arrays.StageB, default(RateUpdate<T>), ones, time);
        ClearBaths(Arrays.Start, Arrays.StageA);
        ReductionPasses<T, TPacking>.Error(Arrays, Arrays.StageA, Arrays.StageB, new ErrorScratch
        {
            Step = step,
            RelativeTolerance = Settings.RelativeTolerance,
            AbsoluteTolerance = Settings.AbsoluteTolerance,
            ErrorSum = errorSum,
            Lowest = lowest,
            Highest = highest,
        });
    }

    private StageUpdate<T> Update(double* beforePrevious)
    {
        int w = TPacking.Problems;
        return new()
        {
            Rest = TPacking.Spread(coefficients),
            Mu = TPacking.Spread(coefficients + w),
            Nu = TPacking.Spread(coefficients + 2 * w),
            MuTilde = TPacking.Spread(coefficients + 3 * w),
            GammaTilde = TPacking.Spread(coefficients + 4 * w),
            Start = Arrays.Start,
            StartRate = Arrays.StartRate,
            BeforePrevious = beforePrevious,
        };
    }

    // Coefficients of stage j for problem k; a problem that has had its stages stands still: Y_j = Y_(j−1).
    private void NextStage(int k, int j)
    {
        int w = TPacking.Problems;
        ProblemControl control = controls[k];
        if (control.Step == 0 || j > control.Stages)
        {
            (coefficients[k], coefficients[w + k], coefficients[2 * w + k]) = (0, 1, 0);
            (coefficients[3 * w + k], coefficients[4 * w + k]) = (0, 0);
            return;
        }
        ref Chebyshev<ScalarLane> c = ref chebyshev[k];
        c.Next();
        coefficients[k] = 1 - c.Mu.Value - c.Nu.Value;
        coefficients[w + k] = c.Mu.Value;
        coefficients[2 * w + k] = c.Nu.Value;
        coefficients[3 * w + k] = c.MuTilde.Value * control.Step;
        coefficients[4 * w + k] = c.GammaTilde.Value * control.Step;
        time[k] = j == control.Stages ? EndTime(control) : control.Time + c.Time.Value * control.Step;
    }

    private static double EndTime(ProblemControl control) =>
        control.Step >= control.Stop - control.Time ? Math.Max(control.Stop, control.Time) : control.Time + control.Step;

    private void Judge()
    {
        bool all = true, some = false;
        for (int k = 0; k < controls.Length; k++)
        {
            ProblemControl control = controls[k];
            // A problem that stands still keeps its own rate to the last bit, so then only the others are copied.
            all &= control.Step != 0;
            if (control.Step == 0) continue;
            control.Evaluations += control.Stages;
            accepted[k] = Verdict(k);
            all &= accepted[k];
            some |= accepted[k];
        }
        if (all) Arrays.TakeStages();
        else if (some) CopyAccepted();
        for (int k = 0; k < controls.Length; k++)
        {
            if (!accepted[k]) continue;
            Accept(k);
            controls[k].StagesSinceGauss += controls[k].Stages;
            if (controls[k].StagesSinceGauss < Rkc2.StagesBetweenGauss) continue;
            controls[k].StagesSinceGauss = 0;
            RestoreGauss(k);
        }
    }

    private bool Verdict(int k)
    {
        ProblemControl control = controls[k];
        double error = Math.Sqrt(errorSum[k] / ((double)Shape.Cells * Shape.Species)), states = Membranes.Error(k, Settings.RelativeTolerance);
        error = error >= states || double.IsNaN(error) ? error : states;
        bool finite = double.IsFinite(error), negative = finite && IsNegative(k);
        if (Settings.Step is not null) error = finite ? 0 : error;
        if (finite && !negative && error <= 1)
        {
            if (Membranes.IsCutByBurst(k))
            {
                control.Rejected++;
                return false;
            }
            control.Proposal = StepPlan.AfterAccepted<ScalarLane>(error, control.Step, control.LastError, control.LastStep, control.Proposal);
            control.LastError = error;
            control.WorstError = Math.Max(control.WorstError, error);
            control.StepsSinceBound++;
            return true;
        }
        control.Rejected++;
        control.StepsSinceBound = -1;
        Outcome cause = !finite ? Outcome.NotFinite : negative ? Outcome.Negative : Outcome.StepTooSmall;
        control.Proposal = StepPlan.AfterRejected<ScalarLane>(error, finite, negative, control.Step);
        if (Settings.Step is not null || StepPlan.IsSpent(control.Proposal, control.Time)) control.Fail(cause);
        return false;
    }

    private bool IsNegative(int k)
    {
        for (int s = 0; s < Shape.Species; s++)
        {
            int at = s * TPacking.Problems + k;
            if (lowest[at] < -Rkc2.NegativeLimit * highest[at]) return true;
        }
        return false;
    }

    private void CopyAccepted()
    {
        for (int k = 0; k < controls.Length; k++)
        {
            if (!accepted[k]) continue;
            CopyProblem(Arrays.StageA, Arrays.Start, k);
            CopyProblem(Arrays.StageB, Arrays.StartRate, k);
        }
    }

    private void CopyProblem(double* from, double* to, int k)
    {
        long length = (long)Shape.Species * Arrays.Stride + (Shape.Cells + 2) * TPacking.Problems;
        for (long e = k; e < length; e += TPacking.Problems) to[e] = from[e];
        nint extras = Arrays.FirstExtra;
        for (nint e = extras + k; e < extras + Arrays.Extras * TPacking.Problems; e += TPacking.Problems) to[e] = from[e];
    }
}
