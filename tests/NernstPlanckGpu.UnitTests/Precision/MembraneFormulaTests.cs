using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Membrane;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

/// <summary>Formulas of mechanisms against extended precision, and their derivatives against differences in it over 1e-18.</summary>
public class MembraneFormulaTests
{
    private static readonly BigFloat Shift = 1e-18;

    private static ScalarLane L(double x) => new(x);

    private static double Between(Random random, double low, double high) => low + (high - low) * random.NextDouble();

    private static double Concentration(Random random) => Math.Exp(Between(random, -12, 7));

    private static BigFloat Slope(Func<BigFloat, BigFloat> f, BigFloat x) => (f(x + Shift) - f(x - Shift)) / (Shift + Shift);

    private static void Near(BigFloat exact, ScalarLane actual, double scale, string what) =>
        Assert.True(Math.Abs((actual.Value - exact).ToDouble()) <= scale, $"{what}: {actual.Value:R} for {exact.ToDouble():R}, allowed {scale:E1}");

    [Fact]
    public void The_electrochemical_difference_and_the_ohmic_drives()
    {
        var random = new Random(1);
        double[] valences = [1, -1, 2, -0.85, 3];
        for (int i = 0; i < 2000; i++)
        {
            double z = valences[i % 5], inside = Concentration(random), outside = i % 7 == 0 ? inside * (1 + 1e-9) : Concentration(random);
            double u = Between(random, -20, 20), e = Between(random, -5, 5);
            BigFloat Exact(BigFloat cin, BigFloat cout, BigFloat drop) => BigFloat.Log(cin / cout) + z * drop;
            var m = ElectrochemicalDifference<ScalarLane>.At(L(z), L(inside), L(outside), L(u));
            // Rounding of the two terms, which may cancel.
            double rounding = 1e-15 * (Math.Abs(z * u) + Math.Abs(Math.Log(inside / outside)) + 1e-1);
            Near(Exact(inside, outside, u), m.Value, rounding, $"{i}: difference");
            Near(1 / (BigFloat)inside, m.ByInside, 1e-15 / inside, $"{i}: by inside");
            Near(-(1 / (BigFloat)outside), m.ByOutside, 1e-15 / outside, $"{i}: by outside");
            Assert.Equal(z, m.ByDrop.Value);

            var nernst = OhmicDrive<ScalarLane>.AtNernst(L(z), L(inside), L(outside), L(u));
            BigFloat reversal = BigFloat.Log(outside / (BigFloat)inside) / z;
            Near((u - reversal) / z, nernst.Value, rounding / (z * z) * 2, $"{i}: drive");
            Near(Slope(c => Exact(c, outside, u), inside) / (z * (BigFloat)z), nernst.ByInside, 2e-15 / inside / (z * z), $"{i}: drive by inside");
            Near(Slope(c => Exact(inside, c, u), outside) / (z * (BigFloat)z), nernst.ByOutside, 2e-15 / outside / (z * z), $"{i}: drive by outside");
            Near(1 / (BigFloat)z, nernst.ByDrop, 1e-15 / Math.Abs(z), $"{i}: drive by drop");
            var given = OhmicDrive<ScalarLane>.AtReversal(L(z), L(u), L(e));
            Near((u - (BigFloat)e) / z, given.Value, 1e-15 * (Math.Abs(u) + 5) / Math.Abs(z), $"{i}: drive at a given reversal");
            Assert.Equal((0.0, 0.0), (given.ByInside.Value, given.ByOutside.Value));
            Near(1 / (BigFloat)z, given.ByDrop, 1e-15 / Math.Abs(z), $"{i}: drive at a given reversal by drop");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-12)]
    public void An_empty_side_drives_hard_but_finitely_and_its_slope_is_that_of_the_value(double empty)
    {
        var m = ElectrochemicalDifference<ScalarLane>.At(L(1), L(empty), L(100), L(0));
        Near(BigFloat.Log(1e-30) - BigFloat.Log(100), m.Value, 1e-13, "difference");
        Assert.Equal(0, m.ByInside.Value);
        Assert.Equal(-0.01, m.ByOutside.Value);
        var occupied = Occupation<ScalarLane>.Of(L(empty), L(12), 3);
        Assert.InRange(occupied.Value.Value, 0, 1e-90);
        Assert.Equal(0, occupied.Slope.Value);
    }

    [Fact]
    public void The_pump_cycle()
    {
        var random = new Random(2);
        for (int i = 0; i < 1000; i++)
        {
            double rate = Concentration(random), na = Concentration(random), k = Concentration(random), atp = Concentration(random);
            double naHalf = i % 4 == 0 ? 0 : Concentration(random), kHalf = i % 5 == 0 ? 0 : Concentration(random), atpHalf = i % 3 == 0 ? 0 : Concentration(random);
            static BigFloat Share(BigFloat c, BigFloat half) => c / (c + half);
            BigFloat Exact(BigFloat v, BigFloat n, BigFloat p, BigFloat a) =>
                v * Share(n, naHalf) * Share(n, naHalf) * Share(n, naHalf) * Share(p, kHalf) * Share(p, kHalf) * Share(a, atpHalf);
            var cycle = PumpCycle<ScalarLane>.At(
                L(rate), Occupation<ScalarLane>.Of(L(na), L(naHalf), 3), Occupation<ScalarLane>.Of(L(k), L(kHalf), 2),
                Occupation<ScalarLane>.Of(L(atp), L(atpHalf), 1));
            // A handful of roundings; all is positive.
            double value = cycle.Value.Value, few = 3e-15;
            Near(Exact(rate, na, k, atp), cycle.Value, few * value, $"{i}: cycle");
            Near(Slope(n => Exact(rate, n, k, atp), na), cycle.BySodium, few * value / na, $"{i}: by sodium");
            Near(Slope(p => Exact(rate, na, p, atp), k), cycle.ByPotassium, few * value / k, $"{i}: by potassium");
            Near(Slope(v => Exact(v, na, k, atp), rate), cycle.ByRate, few * value / rate, $"{i}: by rate");
            Near(Slope(a => Exact(rate, na, k, a), atp), cycle.ByAtp, few * value / atp, $"{i}: by ATP");
        }
    }

    public static TheoryData<string> Forms => ["exponential", "sigmoid", "linoid"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Rates_of_gates_and_their_slopes(string form)
    {
        BigFloat Exact(BigFloat x) => form switch
        {
            "exponential" => BigFloat.Exp(x),
            "sigmoid" => 1 / (1 + BigFloat.Exp(-x)),
            _ => x.Sign == 0 ? 1 : x / -BigFloat.ExpM1(-x),
        };
        double[] special = [0, 1e-300, -1e-300, 1e-9, -1e-9, 0.019999, 0.020001, -0.02, 300, -300];
        foreach (double x in special.Concat(Points.Linear(2000, -30, 30, 3)).Concat(Points.Logarithmic(500, 1e-12, 200, 4)))
        {
            GateRateAt<ScalarLane> rate = form switch
            {
                "exponential" => GateRateAt<ScalarLane>.Exponential(L(3), L(x)),
                "sigmoid" => GateRateAt<ScalarLane>.Sigmoid(L(3), L(x)),
                _ => GateRateAt<ScalarLane>.Linoid(L(3), L(x)),
            };
            Near(3 * Exact(x), rate.Value, 1e-15 * rate.Value.Value, $"{form}({x:R})");
            // Bernoulli's slope is good to 4e-14, and a difference over 1e-18 with 57 digits to 1e-38.
            Near(3 * Slope(Exact, x), rate.Slope, 5e-14 * rate.Slope.Value + 1e-38, $"slope of {form}({x:R})");
        }
    }

    [Fact]
    public void The_kinetics_of_a_gate()
    {
        var random = new Random(5);
        for (int i = 0; i < 300; i++)
        {
            double speed = Concentration(random), opening = Concentration(random), closing = Concentration(random), gate = random.NextDouble();
            BigFloat Exact(BigFloat a, BigFloat b, BigFloat g) => speed * (a * (1 - g) - b * g);
            var kinetics = GateKinetics<ScalarLane>.At(L(speed), L(opening), L(closing), L(gate));
            double scale = 2e-15 * speed * (opening + closing);
            Near(Exact(opening, closing, gate), kinetics.Rate, scale, "rate");
            Near(Slope(g => Exact(opening, closing, g), gate), kinetics.ByGate, scale, "by gate");
            Near(Slope(a => Exact(a, closing, gate), opening), kinetics.ByOpening, 2e-15 * speed, "by opening");
            Near(Slope(b => Exact(opening, b, gate), closing), kinetics.ByClosing, 2e-15 * speed, "by closing");
            ScalarLane rest = GateKinetics<ScalarLane>.AtRest(L(opening), L(closing));
            Near(0, GateKinetics<ScalarLane>.At(L(speed), L(opening), L(closing), rest).Rate, scale, "rate at rest");
            for (int count = 1; count <= 5; count++)
            {
                ScalarLane open = GateKinetics<ScalarLane>.AllOpen(L(gate), count, out ScalarLane slope);
                BigFloat Power(BigFloat g) => Enumerable.Repeat(g, count).Aggregate((BigFloat)1, (a, b) => a * b);
                Near(Power(gate), open, 1e-15 * open.Value, $"g^{count}");
                Near(Slope(Power, gate), slope, 1e-15 * slope.Value, $"slope of g^{count}");
            }
            GateKinetics<ScalarLane>.AllOpen(L(0), 1, out ScalarLane atZero);
            Assert.Equal(1, atZero.Value);
        }
    }

    [Fact]
    public void A_lane_of_four_gives_the_bits_of_the_scalar_one()
    {
        Points.Linear(400, -8, 8, 6).Chunk(4).ToList().ForEach(Compare);

        static unsafe void Compare(double[] x)
        {
            double* values = stackalloc double[4];
            double* results = stackalloc double[4];
            for (int i = 0; i < 4; i++) values[i] = x[i];
            Lane4.Store(All(Lane4.Load(values)), results);
            for (int i = 0; i < 4; i++) Assert.Equal(All(L(x[i])).Value, results[i]);
        }

        static T All<T>(T x)
            where T : unmanaged, ILane<T>
        {
            T c = Formulas.Elementary.Exp(x), three = T.Of(3);
            var m = ElectrochemicalDifference<T>.At(T.Of(-2), c, three, x);
            var ohmic = OhmicDrive<T>.AtNernst(T.Of(2), three, c, x);
            var cycle = PumpCycle<T>.At(c, Occupation<T>.Of(c, three, 3), Occupation<T>.Of(three, c, 2), Occupation<T>.Of(c, c, 1));
            T sum = m.Value + m.ByInside + ohmic.Value + ohmic.ByOutside + cycle.BySodium + cycle.ByPotassium + cycle.ByAtp;
            foreach (var rate in new[] { GateRateAt<T>.Exponential(three, x), GateRateAt<T>.Sigmoid(three, x), GateRateAt<T>.Linoid(three, x) })
                sum = sum + rate.Value + rate.Slope;
            return sum + GateKinetics<T>.At(three, c, x, x).Rate + GateKinetics<T>.AllOpen(x, 4, out T slope) + slope + Cotransport.Flux(c, three, x)
                + Osmosis.Rate(three, c, Osmosis.Add(x, c, three));
        }
    }
}
