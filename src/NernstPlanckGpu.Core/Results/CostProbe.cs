using System.Diagnostics;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;

using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Core.Results;

/// <summary>
/// Foretells the cost of a run by running its beginning. A run shorter than the probe is counted to its end. Of a longer one
/// the rest is extrapolated: steps grow as a power of time while the initial layers relax, h = h₁ (t/t₁)^p with p in [0, 1]
/// from the probe's second half, up to the longest stable step; the number of steps is the integral of dt/h.
/// </summary>
internal sealed class CostProbe(IBatch batch, RunConfiguration configuration, IntegratorKind integrator)
{
    /// <summary>Most that a probe takes, s; the first tenths go into compiling the engine's code.</summary>
    private const double Budget = 0.4;

    /// <summary>Time between remembered steps, s.</summary>
    private const double Resolution = 1e-4;

    /// <summary>Panels of the integral between two output times.</summary>
    private const int Panels = 20;

    private readonly List<(double Elapsed, ProblemStatus Status)> history = [];

    /// <summary>Steps, evaluations and wall time (s) of the whole run.</summary>
    public (double Steps, double Evaluations, double WallTime) Run()
    {
        using var enough = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        int outputs = 0;
        foreach (double target in configuration.Output.TraceTimes)
        {
            batch.Advance([target], status => Observe(watch, status, enough), enough.Token);
            if (batch.Status(0).Outcome != Outcome.Done) break;
            outputs++;
        }

        ProblemStatus last = batch.Status(0);
        double elapsed = watch.Elapsed.TotalSeconds, steps = last.AcceptedSteps + last.RejectedSteps, evaluations = last.Evaluations;
        if (last.Outcome != Outcome.Interrupted || history.Count == 0 || last.StepSize <= 0)
            return (steps, evaluations, elapsed);
        (double moreSteps, double moreEvaluations) = Rest(last, outputs);
        return (steps + moreSteps, evaluations + moreEvaluations, elapsed + moreEvaluations * SecondsPerEvaluation(elapsed, last));
    }

    private void Observe(Stopwatch watch, ProblemStatus status, CancellationTokenSource enough)
    {
        double elapsed = watch.Elapsed.TotalSeconds;
        if (history.Count == 0 || elapsed - history[^1].Elapsed > Resolution) history.Add((elapsed, status));
        if (elapsed > Budget) enough.Cancel();
    }

    /// <summary>Steps and evaluations from output time to output time: each takes a step at least.</summary>
    private (double Steps, double Evaluations) Rest(ProblemStatus last, int outputs)
    {
        bool euler = integrator == IntegratorKind.Euler;
        int implicitStages = Rosenbrock.Of(integrator)?.Stages ?? 0;
        double growth = euler || configuration.Time.Step is not null ? 0 : Growth(last);
        double longest = implicitStages > 0 ? double.PositiveInfinity : euler ? last.StepSize : Math.Max(last.StepSize, Rkc2.LongestStep(last.SpectralBound));
        double StepAt(double time) => Math.Min(longest, last.StepSize * Math.Pow(time / last.Time, growth));

        double steps = 0, evaluations = 0, from = last.Time;
        foreach (double to in configuration.Output.TraceTimes.Skip(outputs))
        {
            double count = Math.Max(1, StepsBetween(from, to, StepAt));
            steps += count;
            evaluations += count * (euler ? 1 : implicitStages > 0 ? implicitStages : Rkc2.StagesFor((to - from) / count * last.SpectralBound));
            from = to;
        }

        return (steps, evaluations);
    }

    /// <summary>The integral of dt/h, over the logarithm of time.</summary>
    private static double StepsBetween(double from, double to, Func<double, double> stepAt)
    {
        double steps = 0, width = Math.Log(to / from) / Panels;
        for (int panel = 0; panel < Panels; panel++)
        {
            double time = from * Math.Exp((panel + 0.5) * width);
            steps += time * width / stepAt(time);
        }

        return steps;
    }

    private double Growth(ProblemStatus last)
    {
        ProblemStatus middle = history[history.Count / 2].Status;
        bool known = middle.Time > 0 && last.Time > middle.Time * 1.01 && middle.StepSize > 0;
        return known ? Math.Clamp(Math.Log(last.StepSize / middle.StepSize) / Math.Log(last.Time / middle.Time), 0, 1) : 0;
    }

    /// <summary>From the second half of the probe, when the code is compiled.</summary>
    private double SecondsPerEvaluation(double elapsed, ProblemStatus last)
    {
        (double middleElapsed, ProblemStatus middle) = history.First(entry => entry.Elapsed >= 0.5 * elapsed || entry == history[^1]);
        return last.Evaluations > middle.Evaluations
            ? (elapsed - middleElapsed) / (last.Evaluations - middle.Evaluations)
            : elapsed / Math.Max(1, last.Evaluations);
    }
}
