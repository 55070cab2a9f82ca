namespace NernstPlanckGpu.Gpu;

/// <summary>How far a device's formulas are from the scalar lane of the CPU, the judge of all lanes.</summary>
/// <param name="Difference">
/// Largest difference relative to the value; null where the device gave none. That of sin x is relative to |x|, or to 1 if that
/// is more, because a device that does not fuse multiply and add reduces x no better.
/// </param>
/// <param name="Failure">Why the device is not to be trusted, or null when it is.</param>
public sealed partial record FormulaCheck(double? Difference, string? Failure)
{
    /// <summary>
    /// What a trusted device may differ by. Fused or not, a formula has some tens of roundings of 1.1e-16 and no cancellation;
    /// a wrong constant, single precision or an approximate division shows far above it.
    /// </summary>
    public const double Tolerance = 1e-14;
}
