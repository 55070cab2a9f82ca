using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>Changes of the potential of a thread's problem.</summary>
internal static unsafe class SteadyUpdate
{
    /// <summary>Adds the border columns to the update, and keeps it.</summary>
    /// <param name="p">Problem.</param>
    /// <param name="unknown">Border unknowns.</param>
    /// <param name="turned">True when the update points against the last one.</param>
    /// <returns>Largest change that it asks for; −1 where one is no number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Complete(SteadyThread p, double* unknown, out bool turned)
    {
        int species = p.Layout.Species;
        DeviceLane zero = new(0.0), one = new(1.0), bad = zero, largest = zero;
        double product = 0;
        for (int i = 0; i < p.Layout.Blocks; i++)
        {
            double* solution = p.Solution(i, 0) + species * p.Stride;
            double change = *solution;
            for (int b = 0; b < p.Layout.Borders; b++) change += unknown[b] * *(p.Solution(i, b + 1) + species * p.Stride);
            *solution = change;
            DeviceLane size = DeviceLane.Abs(new(change));
            bad += DeviceLane.Where(size, new(double.MaxValue), zero, one);
            largest = DeviceLane.Max(size, largest);
            double now = SteadyControl.Clamp(change);
            double* last = p.At(p.Layout.LastAt + i);
            product += now * *last;
            *last = now;
        }
        turned = product < 0;
        return bad.Value < 0.5 ? largest.Value : -1;
    }

    /// <summary>Adds the update, damped, each potential by at most the largest.</summary>
    /// <param name="p">Problem.</param>
    /// <param name="damping">Share.</param>
    /// <returns>Largest change.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Apply(SteadyThread p, double damping)
    {
        DeviceLane largest = new(0.0);
        for (int i = 0; i < p.Layout.Blocks; i++)
        {
            double change = damping * SteadyControl.Clamp(*(p.Solution(i, 0) + p.Layout.Species * p.Stride));
            *p.Potential(i) += change;
            largest = DeviceLane.Max(DeviceLane.Abs(new(change)), largest);
        }
        return largest.Value;
    }
}
