using System.Numerics;

namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>
/// Extended precision for tests: mantissa · 2^exponent with 192 bits (57 digits), any exponent. Slow and plain; the judge of the
/// formulas, itself judged by known digits in <see cref="BigFloatTests"/>.
/// </summary>
internal readonly struct BigFloat
{
    private const int Bits = 192;

    private readonly BigInteger mantissa;
    private readonly long exponent;

    private BigFloat(BigInteger mantissa, long exponent)
    {
        long excess = (long)BigInteger.Abs(mantissa).GetBitLength() - Bits;
        if (excess > 0)
        {
            mantissa = (mantissa + (BigInteger.One << (int)(excess - 1))) >> (int)excess;
            exponent += excess;
        }

        this.mantissa = mantissa;
        this.exponent = mantissa.IsZero ? 0 : exponent;
    }

    public static BigFloat Ln2 { get; } = Parse("0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996");

    public static BigFloat HalfPi { get; } = Parse("1.570796326794896619231321691639751442098584699687552910487472296153908203143104499314017412671");

    public int Sign => mantissa.Sign;

    public static implicit operator BigFloat(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value));
        long bits = BitConverter.DoubleToInt64Bits(value), fraction = bits & 0xFFFFFFFFFFFFF;
        int power = (int)((bits >> 52) & 0x7FF);
        if (power > 0) fraction |= 1L << 52;
        return new BigFloat(bits < 0 ? -fraction : fraction, Math.Max(power, 1) - 1075);
    }

    public static BigFloat operator -(BigFloat a) => new(-a.mantissa, a.exponent);

    public static BigFloat operator +(BigFloat a, BigFloat b)
    {
        if (a.mantissa.IsZero) return b;
        if (b.mantissa.IsZero) return a;
        if (a.exponent < b.exponent) (a, b) = (b, a);
        long shift = a.exponent - b.exponent;

        // Beyond twice the precision the smaller one cannot be seen.
        if (shift > 2 * Bits + (long)BigInteger.Abs(b.mantissa).GetBitLength()) return a;
        return new BigFloat((a.mantissa << (int)shift) + b.mantissa, b.exponent);
    }

    public static BigFloat operator -(BigFloat a, BigFloat b) => a + -b;

    public static BigFloat operator *(BigFloat a, BigFloat b) => new(a.mantissa * b.mantissa, a.exponent + b.exponent);

    public static BigFloat operator /(BigFloat a, BigFloat b) =>
        new((a.mantissa << (2 * Bits)) / b.mantissa, a.exponent - b.exponent - 2 * Bits);

    public static bool operator <(BigFloat a, BigFloat b) => (a - b).Sign < 0;

    public static bool operator >(BigFloat a, BigFloat b) => (a - b).Sign > 0;

    public static BigFloat Abs(BigFloat x) => x.Sign < 0 ? -x : x;

    /// <summary>A decimal number without exponent.</summary>
    public static BigFloat Parse(string digits)
    {
        int point = digits.IndexOf('.');
        BigInteger all = BigInteger.Parse(digits.Replace(".", ""));
        return new BigFloat(all << (2 * Bits), -2 * Bits) / new BigFloat(BigInteger.Pow(10, digits.Length - point - 1), 0);
    }

    /// <summary>Nearest double.</summary>
    public double ToDouble()
    {
        long length = (long)BigInteger.Abs(mantissa).GetBitLength();
        int drop = (int)Math.Max(0, length - 53);

        // The library's own conversion truncates; rounding comes first, so what it gets is exact.
        BigInteger rounded = drop == 0 ? mantissa : (mantissa + (BigInteger.One << (drop - 1))) >> drop;
        return Math.ScaleB((double)rounded, (int)Math.Clamp(exponent + drop, -5000, 5000));
    }

    /// <summary>e^x − 1 to full relative precision.</summary>
    public static BigFloat ExpM1(BigFloat x)
    {
        if (x.Sign == 0) return x;
        if (Math.Abs(x.ToDouble()) > 0.4) return Exp(x) - 1;

        // e^x − 1 = m; (m + 1)² − 1 = m (m + 2) undoes the halvings.
        const int halvings = 10;
        BigFloat small = new(x.mantissa, x.exponent - halvings), term = small, sum = small;
        for (int n = 2; n < 20; n++)
        {
            term = term * small / n;
            sum += term;
        }

        for (int i = 0; i < halvings; i++) sum *= sum + 2;
        return sum;
    }

    public static BigFloat Exp(BigFloat x)
    {
        long k = (long)Math.Round((x / Ln2).ToDouble());
        BigFloat fraction = ExpM1(x - k * Ln2) + 1;
        return new BigFloat(fraction.mantissa, fraction.exponent + k);
    }

    /// <summary>Natural logarithm by Newton from a double; x must be within the range of doubles.</summary>
    public static BigFloat Log(BigFloat x)
    {
        BigFloat y = Math.Log(x.ToDouble());
        for (int i = 0; i < 3; i++)
        {
            BigFloat e = x * Exp(-y) - 1;
            y += e - e * e / 2;
        }

        return y;
    }

    public static BigFloat Sin(BigFloat x)
    {
        long k = (long)Math.Round((x / HalfPi).ToDouble());
        BigFloat r = x - k * HalfPi;
        BigFloat value = (k & 1) == 0 ? Series(r, 1) : Series(r, 0);
        return (k & 2) == 0 ? value : -value;
    }

    public static BigFloat Cos(BigFloat x) => Sin(x + HalfPi);

    public static BigFloat Pow(BigFloat x, BigFloat y) => Exp(y * Log(x));

    /// <summary>B(x) = x/(e^x − 1).</summary>
    public static BigFloat Bernoulli(BigFloat x) => x.Sign == 0 ? 1 : x / ExpM1(x);

    /// <summary>(actual − exact)/exact.</summary>
    public static double RelativeError(double actual, BigFloat exact) => ((actual - exact) / exact).ToDouble();

    // sin (first = 1) or cos (first = 0) of a small angle by Taylor's series.
    private static BigFloat Series(BigFloat x, int first)
    {
        BigFloat term = first == 1 ? x : 1, sum = term, square = -(x * x);
        for (int n = first + 1; n < 56; n += 2)
        {
            term = term * square / (n * (n + 1));
            sum += term;
        }

        return sum;
    }
}
