namespace NernstPlanckGpu.Gpu;

/// <summary>What a device does in a second, measured: multiplications and additions in registers.</summary>
/// <param name="InDouble">In double precision, 1/s.</param>
/// <param name="InSingle">In single precision, 1/s.</param>
public sealed partial record PrecisionRates(double InDouble, double InSingle)
{
    /// <summary>Below it, <c>--precision mixed</c> may be worth a try.</summary>
    public const double LeastForDouble = 0.2;

    /// <summary>Rate in double precision over that in single.</summary>
    public double Ratio => InDouble / InSingle;
}
