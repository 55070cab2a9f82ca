using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>Decisions of the Rosenbrock integrators that a device makes once per step.</summary>
public static class RosenbrockControl
{
    /// <summary>Shortest and longest next step over this one.</summary>
    public const double SmallestFactor = 0.2, LargestFactor = 8;

    /// <summary>Factor for the next step, 0.9 error^(−1/order) within the two limits.</summary>
    /// <param name="error">Norm of the scaled error, a number.</param>
    /// <param name="order">Order of the method.</param>
    public static T Factor<T>(T error, int order)
        where T : unmanaged, ILane<T>
    {
        T power = Elementary.Pow(T.Max(error, T.Of(1e-12)), T.Of(-1.0 / order));
        return T.Min(T.Max(T.Of(0.9) * power, T.Of(SmallestFactor)), T.Of(LargestFactor));
    }

    /// <summary>
    /// <see cref="StepPlan.Landing"/> of an implicit step, as selects: what is not a number stays so, which ILGPU 1.5.3 does not promise of branches.
    /// </summary>
    /// <param name="proposal">Proposed step, s.</param>
    /// <param name="remaining">Time to the stop, s.</param>
    public static T Landing<T>(T proposal, T remaining)
        where T : unmanaged, ILane<T>
    {
        T half = T.Of(0.5) * remaining;
        return T.Where(proposal, remaining * T.Of(1 - 1e-9), T.Where(half, proposal, half, proposal), remaining);
    }
}
