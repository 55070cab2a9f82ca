namespace NernstPlanckGpu.Formulas.Lanes;

/// <summary>
/// One or several numbers that a formula works on alike: a GPU thread has one, a SIMD register several. They are doubles; only a device has a
/// lane of single precision.
/// Formulas are written once over a lane type and use nothing but these operations, so they hold no branch on data,
/// and every CPU lane gives the same bits.
/// </summary>
/// <remarks>
/// In a comparison (Min, Max, Where) a constant stands on the right: ILGPU 1.5.3 moves it there itself, and then takes a NaN on
/// the other side for the smaller (<c>PtxTests</c> finds such a comparison). For x > 2 write Where(−x, −2, …).
/// No constant is added to a sum with a constant where the rounding matters: ILGPU makes (x + a) + b into x + (a + b). It leaves (x − a) + b
/// and (x + a) − b alone. <c>FormulaCheck</c> finds it on a device, and <c>PtxTests</c> without one.
/// </remarks>
/// <typeparam name="T">The lane type itself.</typeparam>
public unsafe interface ILane<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>How many numbers a lane holds.</summary>
    static abstract int Width { get; }

    /// <summary>A magnitude that stands for zero where 0/0 would be; beside 1 it is nothing.</summary>
    static abstract double Negligible { get; }

    /// <summary>Largest x whose e^x, twice over, is still a number, and e^−x a normal one.</summary>
    static abstract double LargestExponent { get; }

    /// <summary>ln 2 to so few bits that its product with any exponent is exact.</summary>
    static abstract double Ln2High { get; }

    /// <summary>The rest of ln 2.</summary>
    static abstract double Ln2Low { get; }

    /// <summary>1.5 times the power of two from which on numbers are integers: adding it rounds to an integer, which is left in the low bits.</summary>
    static abstract double RoundingMagic { get; }

    /// <summary>The same number in every place.</summary>
    static abstract T Of(double value);

    /// <summary>Reads <see cref="Width"/> consecutive numbers; no alignment asked.</summary>
    static abstract T Load(double* source);

    /// <summary>Writes <see cref="Width"/> consecutive numbers; no alignment asked.</summary>
    static abstract void Store(T value, double* target);

    /// <summary>Sum.</summary>
    static abstract T operator +(T a, T b);

    /// <summary>Difference.</summary>
    static abstract T operator -(T a, T b);

    /// <summary>Product.</summary>
    static abstract T operator *(T a, T b);

    /// <summary>Quotient.</summary>
    static abstract T operator /(T a, T b);

    /// <summary>Negation.</summary>
    static abstract T operator -(T a);

    /// <summary>a b + c: with one rounding on CPU lanes, as the device's compiler likes on a device.</summary>
    static abstract T MultiplyAdd(T a, T b, T c);

    /// <summary>Square root.</summary>
    static abstract T Sqrt(T x);

    /// <summary>Absolute value.</summary>
    static abstract T Abs(T x);

    /// <summary>a &lt; b ? a : b (so b where either is not a number).</summary>
    static abstract T Min(T a, T b);

    /// <summary>a &gt; b ? a : b (so b where either is not a number).</summary>
    static abstract T Max(T a, T b);

    /// <summary>a &lt; b ? <paramref name="ifLess"/> : <paramref name="otherwise"/>.</summary>
    static abstract T Where(T a, T b, T ifLess, T otherwise);

    /// <summary>The numbers one place before <paramref name="current"/> in an array: its last of <paramref name="before"/>, then its own but the last.</summary>
    static abstract T Preceding(T before, T current);

    /// <summary>The numbers one place after <paramref name="current"/> in an array: its own but the first, then the first of <paramref name="next"/>.</summary>
    static abstract T Following(T current, T next);

    /// <summary>2^k for an integral k that is the exponent of a normal number ([−1022, 1023] in double precision), by its bits.</summary>
    static abstract T PowerOfTwo(T k);

    /// <summary>Exponent e of a positive normal x = m 2^e, 1 ≤ m &lt; 2, as a number.</summary>
    static abstract T Exponent(T x);

    /// <summary>Mantissa m of a positive normal x = m 2^e, 1 ≤ m &lt; 2.</summary>
    static abstract T Mantissa(T x);
}

/// <summary>Constants and bit patterns that the lanes of double precision share.</summary>
public static class LaneBits
{
    /// <summary>See <see cref="ILane{T}.Negligible"/>.</summary>
    public const double Negligible = 1e-300;

    /// <summary>See <see cref="ILane{T}.LargestExponent"/>.</summary>
    public const double LargestExponent = 708.0;

    /// <summary>ln 2 with 21 trailing zero bits: its product with |k| &lt; 2^21 is exact.</summary>
    public const double Ln2High = 0.6931471803691238;

    /// <summary>The rest of ln 2.</summary>
    public const double Ln2Low = 1.9082149292705877e-10;

    /// <summary>1.5 · 2^52: adding it leaves an integer in the low bits.</summary>
    public const double RoundingMagic = 6755399441055744.0;

    /// <summary>2^52: or-ing a small integer into it makes 2^52 + that integer.</summary>
    public const long TwoTo52 = 0x4330000000000000;

    /// <summary>2^52 + 1023, to be taken off again.</summary>
    public const double TwoTo52PlusBias = 4503599627371519.0;

    /// <summary>Exponent bias of a double.</summary>
    public const long Bias = 1023;

    /// <summary>Bits of the mantissa.</summary>
    public const long MantissaMask = 0x000FFFFFFFFFFFFF;

    /// <summary>Bits of 1.0.</summary>
    public const long One = 0x3FF0000000000000;
}
