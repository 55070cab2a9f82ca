using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The steady state of a clamped current by way of states at given voltages. The current rises with the voltage, so a bracket of the one that
/// is sought can be narrowed; Newton's method on both at once strays where the membrane's selectivity turns round on the way.
/// </summary>
internal static class VoltageSearch
{
    private const double FirstStep = 0.05, Farthest = 20, Narrow = 1e-7;
    private const int MostBisections = 80;

    /// <summary>Reduced potentials near the solution, to start Newton's method from; null where a voltage has no state or no bracket is found.</summary>
    /// <param name="problem">Problem with a clamped end.</param>
    /// <param name="current">Current over F, mol/s.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static double[]? Potential(DiscreteProblem problem, double current, CancellationToken cancellation)
    {
        PnpProblem p = problem.Problem;
        bool isLeft = p.Left.Electric is CurrentBoundary;
        var ground = new PotentialBoundary(new ConstantWaveform(0));
        PnpProblem free = isLeft ? p with { Left = p.Left with { Electric = ground } } : p with { Right = p.Right with { Electric = ground } };
        using var steady = new SteadyState(Discretiser.Discretise(free, problem.Grid));
        var state = new StateView(problem);
        double Excess(double voltage)
        {
            if (cancellation.IsCancellationRequested || !steady.SolveAt(voltage, cancellation).IsFound) return double.NaN;
            steady.Read(state);
            return state.TotalCurrent - current;
        }
        double near = 0, excess = Excess(0), step = excess > 0 ? -FirstStep : FirstStep, far = step, beyond = Excess(far);
        while (beyond * excess > 0 && Math.Abs(far) < Farthest)
        {
            (near, excess, step) = (far, beyond, 2 * step);
            far += step;
            beyond = Excess(far);
        }
        // Both ways of not being a number end here.
        if (!(beyond * excess <= 0)) return null;
        for (int i = 0; i < MostBisections && Math.Abs(far - near) > Narrow; i++)
        {
            double middle = 0.5 * (near + far), value = Excess(middle);
            if (double.IsNaN(value)) return null;
            if (value * excess > 0) near = middle;
            else far = middle;
        }
        double[] psi = steady.Potentials;
        if (isLeft) return psi;
        // The clamped right end was held at 0 while the left one moved.
        double shift = (p.Left.Electric.Electrode?.At(0) ?? 0) / PhysicalConstants.ThermalVoltage(p.Temperature) - steady.Voltage / PhysicalConstants.ThermalVoltage(p.Temperature);
        return [.. psi.Select(value => value + shift)];
    }
}
