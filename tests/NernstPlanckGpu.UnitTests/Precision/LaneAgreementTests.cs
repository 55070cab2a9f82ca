using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>Every formula gives the same bits on every lane: what one thread computes, eight numbers in a register compute.</summary>
public class LaneAgreementTests
{
    private const int Count = 4096;

    /// <summary>A formula of up to eight arguments.</summary>
    private interface IFormula
    {
        static abstract T Apply<T>(ReadOnlySpan<T> x)
            where T : unmanaged, ILane<T>;
    }

    [Fact]
    public void Lane_operations_agree()
    {
        Agree<Add>();
        Agree<Subtract>();
        Agree<Multiply>();
        Agree<Divide>();
        Agree<Negate>();
        Agree<MultiplyAdd>();
        Agree<SquareRoot>();
        Agree<Absolute>();
        Agree<Minimum>();
        Agree<Maximum>();
        Agree<Where>();
        Agree<PowerOfTwo>();
        Agree<ExponentAndMantissa>();
    }

    [Fact]
    public void Elementary_functions_agree()
    {
        Agree<Exp>();
        Agree<Log>();
        Agree<Pow>();
        Agree<Sin>();
        Agree<Cos>();
        Agree<BernoulliOfMagnitude>();
        Agree<BernoulliOfAnySign>();
        Agree<BernoulliSlope>();
    }

    [Fact]
    public void Physical_formulas_agree()
    {
        Agree<Reduced>();
        Agree<Flux>();
        Agree<LargestCoefficient>();
        Agree<InterfaceLeft>();
        Agree<InterfaceRight>();
        Agree<InterfaceTotal>();
        Agree<FluxSlope>();
        Agree<InterfaceSlope>();
        Agree<InterfaceExcess>();
        Agree<IonCloud>();
        Agree<IonCloudSlope>();
        Agree<Steric>();
        Agree<ContinuityRate>();
        Agree<AmpereDrop>();
        Agree<Clamp>();
        Agree<ClampCurrent>();
        Agree<Outflow>();
        Agree<Relaxation>();
        Agree<BoundTotal>();
        Agree<DriveAt>();
        Agree<DriveRate>();
    }

    [Fact]
    public void Integrator_formulas_agree()
    {
        Agree<ScaledError>();
        Agree<AcceptedFactor>();
        Agree<PlainFactor>();
        Agree<StageCombine>();
        Agree<ChebyshevInterval>(Stages);
        Agree<ChebyshevSecondStage>(Stages);
    }

    private static double Stages(int argument, int index) => 2 + (index + argument) % 200;

    // Random of both kinds, then every special value against every other.
    private static double Argument(int argument, int index)
    {
        double[] special = [.. Points.Special, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.MaxValue, 708, -708, 1e6];
        int tail = index - Count + special.Length * special.Length;
        if (tail >= 0) return special[argument % 2 == 0 ? tail % special.Length : tail / special.Length];
        var random = new Random(7919 * argument + index);
        double sign = random.Next(2) == 0 ? 1 : -1;
        return sign * (index % 2 == 0 ? 700 * random.NextDouble() : Math.Exp(1380 * (random.NextDouble() - 0.5)));
    }

    private static void Agree<TFormula>()
        where TFormula : IFormula => Agree<TFormula>(Argument);

    private static void Agree<TFormula>(Func<int, int, double> argument)
        where TFormula : IFormula
    {
        var arguments = new double[8][];
        for (int a = 0; a < 8; a++) arguments[a] = [.. Enumerable.Range(0, Count).Select(i => argument(a, i))];
        double[] scalar = Map<TFormula, ScalarLane>(arguments);
        Compare(scalar, Map<TFormula, Lane4>(arguments), typeof(TFormula).Name + " on 4");
        Compare(scalar, Map<TFormula, Lane8>(arguments), typeof(TFormula).Name + " on 8");
    }

    // What is not a number may carry any payload.
    private static void Compare(double[] scalar, double[] vector, string what)
    {
        for (int i = 0; i < scalar.Length; i++)
            Assert.True(
                BitConverter.DoubleToInt64Bits(scalar[i]) == BitConverter.DoubleToInt64Bits(vector[i]) || (double.IsNaN(scalar[i]) && double.IsNaN(vector[i])),
                $"{what}: number {i}: {scalar[i]:R} against {vector[i]:R}");
    }

    private static unsafe double[] Map<TFormula, T>(double[][] arguments)
        where TFormula : IFormula
        where T : unmanaged, ILane<T>
    {
        var result = new double[Count];
        Span<T> x = stackalloc T[arguments.Length];
        for (int i = 0; i < Count; i += T.Width)
        {
            for (int a = 0; a < arguments.Length; a++)
                fixed (double* source = &arguments[a][i]) x[a] = T.Load(source);
            fixed (double* target = &result[i]) T.Store(TFormula.Apply<T>(x), target);
        }

        return result;
    }

#pragma warning disable SA1502, IDE0022 // one line per formula reads best
    private struct Add : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => x[0] + x[1]; }

    private struct Subtract : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => x[0] - x[1]; }

    private struct Multiply : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => x[0] * x[1]; }

    private struct Divide : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => x[0] / x[1]; }

    private struct Negate : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => -x[0]; }

    private struct MultiplyAdd : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => T.MultiplyAdd(x[0], x[1], x[2]); }

    private struct SquareRoot : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => T.Sqrt(x[0]); }

    private struct Absolute : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => T.Abs(x[0]); }

    private struct Minimum : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => T.Min(x[0], x[1]); }

    private struct Maximum : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => T.Max(x[0], x[1]); }

    private struct Where : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => T.Where(x[0], x[1], x[2], x[3]); }

    private struct PowerOfTwo : IFormula
    {
        public static T Apply<T>(ReadOnlySpan<T> x)
            where T : unmanaged, ILane<T>
        {
            // Integers within the documented range, made from the argument by the magic rounding.
            T magic = T.Of(6755399441055744.0);
            return T.PowerOfTwo((T.Max(T.Min(x[0], T.Of(1000.0)), T.Of(-1000.0)) + magic) - magic);
        }
    }

    private struct ExponentAndMantissa : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => T.Exponent(T.Abs(x[0])) + T.Mantissa(T.Abs(x[0])); }

    private struct Exp : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Elementary.Exp(x[0]); }

    private struct Log : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Elementary.Log(T.Abs(x[0])); }

    private struct Pow : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Elementary.Pow(T.Abs(x[0]), x[1]); }

    private struct Sin : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Elementary.Sin(x[0]); }

    private struct Cos : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Elementary.Cos(x[0]); }

    private struct BernoulliOfMagnitude : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Bernoulli.OfMagnitude(x[0]); }

    private struct BernoulliOfAnySign : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Bernoulli.FromMagnitude(x[0], Bernoulli.OfMagnitude(x[0])); }

    private struct BernoulliSlope : IFormula
    {
        public static T Apply<T>(ReadOnlySpan<T> x)
            where T : unmanaged, ILane<T>
        {
            Bernoulli.Slopes(x[0], Bernoulli.OfMagnitude(x[0]), out T slope, out T opposite);
            return slope + opposite * T.Of(3.0);
        }
    }

    private struct FluxSlope : IFormula
    {
        public static T Apply<T>(ReadOnlySpan<T> x)
            where T : unmanaged, ILane<T>
        {
            ScharfetterGummel.Linear<T> linear = ScharfetterGummel.Linearise(x[0], Bernoulli.OfMagnitude(x[1]), x[1], x[2], x[3], x[4]);
            return linear.Left + linear.Right * T.Of(3.0) + linear.Slope * T.Of(5.0);
        }
    }

    private struct InterfaceSlope : IFormula
    {
        public static T Apply<T>(ReadOnlySpan<T> x)
            where T : unmanaged, ILane<T>
        {
            ScharfetterGummel.Linear<T> linear = InterfaceFlux.Linearise(x[0], x[1], T.Of(0.25), T.Of(0.75), x[2], x[3], x[4], x[5], x[6]);
            return linear.Left + linear.Right * T.Of(3.0) + linear.Slope * T.Of(5.0);
        }
    }

    private struct InterfaceExcess : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => InterfaceFlux.ExcessSlope(new(x[0], x[1]), x[2], x[3], x[4], x[5], T.Of(0.8), T.Of(1.25), x[6], x[7]); }

    private struct IonCloud : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => DaviesLaw<T>.LogGamma(x[0], x[1], x[2], DaviesLaw<T>.Common(x[2])) + DebyeHuckelLaw<T>.LogGamma(x[0], x[1], x[2], DebyeHuckelLaw<T>.Common(x[2])); }

    private struct IonCloudSlope : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => DaviesLaw<T>.Slope(x[0], x[1], x[2], DaviesLaw<T>.CommonSlope(x[3])) + DebyeHuckelLaw<T>.Slope(x[0], x[1], x[2], DebyeHuckelLaw<T>.CommonSlope(x[3])); }

    private struct Steric : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => BikermanLaw<T>.LogGamma(x[0], x[1], x[2], BikermanLaw<T>.Common(x[2])) + BikermanLaw<T>.Slope(x[0], x[1], x[2], BikermanLaw<T>.CommonSlope(x[2])); }

    private struct Reduced : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => ScharfetterGummel.Drive(x[0], x[1], x[2]); }

    private struct Flux : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => ScharfetterGummel.Flux(x[0], Bernoulli.OfMagnitude(x[1]), x[1], x[2], x[3]); }

    private struct LargestCoefficient : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => ScharfetterGummel.LargestCoefficient(x[0], x[1], x[2]); }

    private struct InterfaceLeft : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => InterfaceFlux.AtFace(x[0], x[1], x[2], x[3], x[4], x[5]).Left; }

    private struct InterfaceRight : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => InterfaceFlux.AtFace(x[0], x[1], x[2], x[3], x[4], x[5]).Right; }

    private struct InterfaceTotal : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => InterfaceFlux.Flux(new(x[0], x[1]), x[2], x[3]); }

    private struct ContinuityRate : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Continuity.Rate(x[0], x[1], x[2]); }

    private struct AmpereDrop : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Ampere.Drop(x[0], x[1], x[2]); }

    private struct Clamp : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Ampere.VoltageClamp(x[0], x[1], x[2]); }

    private struct ClampCurrent : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Ampere.ClampCurrent(x[0], x[1], x[2]); }

    private struct Outflow : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => SpectralBound.Outflow(x[0], x[1], x[2]); }

    private struct Relaxation : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => SpectralBound.Relaxation(x[0], x[1], x[2], x[3], x[4]); }

    private struct BoundTotal : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => SpectralBound.Total(x[0], x[1]); }

    private struct DriveAt : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => new Drive<T>(x[0], x[1], x[2], x[3], x[4]).At(x[5]); }

    private struct DriveRate : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => new Drive<T>(x[0], x[1], x[2], x[3], x[4]).RateAt(x[5]); }

    private struct ScaledError : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => StepControl.ScaledError(x[0], x[1], x[2], x[3], x[4], x[5], x[6]); }

    private struct AcceptedFactor : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => StepControl.AcceptedFactor(T.Abs(x[0]), T.Abs(x[1]), T.Abs(x[2])); }

    private struct PlainFactor : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => StepControl.PlainFactor(T.Abs(x[0])); }

    private struct StageCombine : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Chebyshev<T>.Combine(x[0], x[1], x[2], x[3], x[4], x[5], x[6]); }

    private struct ChebyshevInterval : IFormula { public static T Apply<T>(ReadOnlySpan<T> x) where T : unmanaged, ILane<T> => Chebyshev<T>.StabilityInterval(Chebyshev<T>.Shift(x[0]), Chebyshev<T>.CurvatureOverSlope(x[0])); }

    private struct ChebyshevSecondStage : IFormula
    {
        public static T Apply<T>(ReadOnlySpan<T> x)
            where T : unmanaged, ILane<T>
        {
            Chebyshev<T> stage = Chebyshev<T>.Begin(x[0]);
            stage.Next();
            stage.Next();
            return stage.Mu + stage.Nu * T.Of(3.0) + stage.MuTilde * T.Of(5.0) + stage.GammaTilde * T.Of(7.0) + stage.Time;
        }
    }
#pragma warning restore SA1502, IDE0022
}
