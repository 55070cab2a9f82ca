using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// Explicit Euler with fixed steps: the oracle. The step is the given one, or 0.9 of the stability limit 2/rho, both shortened
/// to land. Concentrations are checked every <see cref="EulerRule.CheckInterval"/> steps and on landing; a bad one ends the problem.
/// </summary>
internal sealed unsafe class EulerPack<T, TPacking> : CpuPack<T, TPacking>
    where T : unmanaged, ILane<T>
    where TPacking : struct, IPacking<T>
{
    private readonly ProblemControl[] controls;
    private readonly double[] time;
    private readonly double[] memory;
    private readonly double* step, bound;

    public EulerPack(IReadOnlyList<ProblemControl> problems, TimeSettings settings)
        : base(problems, settings)
    {
        controls = [.. problems];
        time = new double[controls.Length];
        memory = GC.AllocateArray<double>(2 * TPacking.Problems, pinned: true);
        step = (double*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref memory[0]);
        bound = step + TPacking.Problems;
    }

    public override void Advance(Action<ProblemStatus>? afterStep, CancellationToken cancellation)
    {
        for (int k = 0; k < controls.Length; k++) time[k] = controls[k].Time;
        Settle(Arrays.Start, time);
        for (int k = 0; k < controls.Length; k++) Check(k, afterStep);
        while (true)
        {
            if (cancellation.IsCancellationRequested)
            {
                foreach (ProblemControl control in controls)
                    if (MustStep(control)) control.Fail(Outcome.Interrupted);
            }
            if (!Plan()) return;
            Move(Arrays.Start, Arrays.Start, new EulerUpdate<T>(TPacking.Spread(step)), step, time);
            if (TakeOver(afterStep)) Settle(Arrays.Start, time);
            else SettleMoved(Arrays.Start, time);
        }
    }

    // The step of every problem that took one is accepted. True when a charge was taken from Gauss's law anew.
    private bool TakeOver(Action<ProblemStatus>? afterStep)
    {
        bool restored = false;
        for (int k = 0; k < controls.Length; k++)
        {
            ProblemControl control = controls[k];
            if (step[k] == 0) continue;
            control.Evaluations++;
            control.StepsSinceBound++;
            Accept(k);
            time[k] = control.Time;
            if (control.Accepted % EulerRule.GaussInterval == 0)
            {
                RestoreGauss(k);
                restored = true;
            }
            Check(k, afterStep);
        }
        return restored;
    }

    private bool Plan()
    {
        bool any = false, bounds = false;
        for (int k = 0; k < controls.Length; k++)
        {
            ProblemControl control = controls[k];
            if (MustStep(control) && control.Accepted >= Settings.MaximumSteps) control.Fail(Outcome.StepBudgetSpent);
            if (!MustStep(control)) continue;
            any = true;
            bounds |= NeedsBound(control);
        }
        if (!any) return false;
        if (bounds) SpectralBounds(bound);
        for (int k = 0; k < controls.Length; k++) PlanStep(k);
        return true;
    }

    private bool NeedsBound(ProblemControl control) =>
        Settings.Step is null && (control.StepsSinceBound < 0 || control.StepsSinceBound >= EulerRule.CheckInterval);

    private void PlanStep(int k)
    {
        ProblemControl control = controls[k];
        if (!MustStep(control))
        {
            (control.Step, step[k]) = (0, 0);
            return;
        }
        if (NeedsBound(control)) (control.SpectralBound, control.StepsSinceBound) = (bound[k], 0);
        double wish = Settings.Step ?? 2 * EulerRule.LimitFraction / Math.Max(control.SpectralBound, 1e-300);
        control.Step = Math.Min(StepPlan.Equal(wish, control.Stop - control.Time), Membranes.TimeToBurst(k));
        step[k] = control.Step;
    }

    // By the problem's own steps, so that an interruption changes nothing.
    private void Check(int k, Action<ProblemStatus>? afterStep)
    {
        ProblemControl control = controls[k];
        if (!control.IsRunning || (control.Accepted % EulerRule.CheckInterval != 0 && control.Time < control.Target)) return;
        Outcome found = Inspect(k);
        if (found != Outcome.Running) control.Fail(found);
        else afterStep?.Invoke(control.Status);
    }

    private Outcome Inspect(int k)
    {
        int w = TPacking.Problems;
        for (int s = 0; s < Shape.Species; s++)
        {
            double* c = Arrays.Start + (long)s * Arrays.Stride + k;
            double low = double.PositiveInfinity, high = 0, sum = 0;
            for (int i = 1; i <= Shape.Cells; i++)
            {
                double value = c[i * w];
                low = Math.Min(low, value);
                high = Math.Max(high, value);
                sum += value;
            }
            if (!double.IsFinite(sum)) return Outcome.NotFinite;
            if (low < -Rkc2.NegativeLimit * high) return Outcome.Negative;
        }
        return Outcome.Running;
    }
}
