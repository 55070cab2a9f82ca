using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Kernels.Implicit;

/// <summary>What a trial step errs by, and whether its concentrations stayed positive.</summary>
internal static unsafe class TrialError
{
    // A larger error is no number to go by.
    private const double Largest = 1e300;

    /// <summary>Scaled error (1 is the tolerance), whether it is a number, whether a concentration is negative by more than rounding.</summary>
    public readonly record struct Verdict(double Error, bool IsFinite, bool IsNegative);

    /// <summary>Makes the trial state, and judges it.</summary>
    /// <param name="arguments">Tolerances.</param>
    /// <param name="a">Memory.</param>
    /// <param name="u">State at the start.</param>
    /// <param name="next">Argument of the last stage; then the trial state.</param>
    /// <param name="error">Last stage: the error.</param>
    public static Verdict Assess(ImplicitArguments arguments, ImplicitView a, double* u, double* next, double* error)
    {
        DeviceLane relative = new(arguments.RelativeTolerance), absolute = new(arguments.AbsoluteTolerance), sum = new(0), zero = new(0), one = new(1);
        EndView left = EndView.Left(a), right = EndView.Right(a);
        int last = a.Cells + 1, psi = a.Species;
        DeviceLane negative = zero;
        for (int s = 0; s < psi; s++)
        {
            DeviceLane lowest = zero, highest = zero;
            for (int i = 0; i <= last; i++)
            {
                int e = a.At(i, s);
                DeviceLane estimate = new(error[e]), trial = new DeviceLane(next[e]) + estimate;
                next[e] = trial.Value;
                // Of the ghosts only reservoirs are integrated.
                if ((i == 0 && !left.IsReservoir(s)) || (i == last && !right.IsReservoir(s))) continue;
                DeviceLane scaled = CellRows<DeviceLane>.ScaledError(estimate, new(u[e]), trial, relative, absolute);
                sum = DeviceLane.MultiplyAdd(scaled, scaled, sum);
                lowest = DeviceLane.Min(lowest, trial);
                highest = DeviceLane.Max(highest, trial);
            }
            negative = DeviceLane.Where(lowest, highest * new DeviceLane(-Rkc2.NegativeLimit), one, negative);
        }
        for (int i = 0; i <= last; i++) next[a.At(i, psi)] += error[a.At(i, psi)];
        DeviceLane mean = DeviceLane.Sqrt(sum / new DeviceLane((double)a.Cells * psi));
        int start = a.At(0, psi), end = a.At(last, psi);
        DeviceLane drop = DeviceLane.Abs(new(error[start] - error[end])) / (relative * (DeviceLane.Abs(new(next[start] - next[end])) + one));
        double finite = DeviceLane.Where(mean, new(Largest), one, zero).Value * DeviceLane.Where(drop, new(Largest), one, zero).Value;
        return new(DeviceLane.Max(mean, drop).Value, finite > 0.5, finite * negative.Value > 0.5);
    }
}
