using Xunit;

namespace NernstPlanckGpu.UnitTests.Precision;

public class BigFloatTests
{
    private static void SameTo50Digits(string digits, BigFloat actual) =>
        Assert.True(Math.Abs(((actual - BigFloat.Parse(digits)) / BigFloat.Parse(digits)).ToDouble()) < 1e-50, digits);

    // Digits: OEIS A001113, A002162, A002392, A049469, A049470, A002193, and 1/(e − 1) A073333.
    [Fact]
    public void Functions_have_their_known_digits()
    {
        SameTo50Digits("2.71828182845904523536028747135266249775724709369995957496697", BigFloat.Exp(1));
        SameTo50Digits("0.69314718055994530941723212145817656807550013436025525412068", BigFloat.Log(2));
        SameTo50Digits("2.30258509299404568401799145468436420760110148862877297603333", BigFloat.Log(10));
        SameTo50Digits("0.84147098480789650665250232163029899962256306079837106567275", BigFloat.Sin(1));
        SameTo50Digits("0.54030230586813971740093660744297660373231042061792222767010", BigFloat.Cos(1));
        SameTo50Digits("1.41421356237309504880168872420969807856967187537694807317668", BigFloat.Pow(2, 0.5));
        SameTo50Digits("0.58197670686932642438500200510901155854686930107539613626679", BigFloat.Bernoulli(1));
    }

    [Fact]
    public void Identities_hold_over_the_range_of_the_tests()
    {
        foreach (double x in new[] { 700.0, -700.0, 1e-300, -3.7, 0.34657359 })
        {
            Assert.True(Math.Abs((BigFloat.Exp(x) * BigFloat.Exp(-x) - 1).ToDouble()) < 1e-52);
            Assert.True(Math.Abs(((BigFloat.Bernoulli(-x) - BigFloat.Bernoulli(x) - x) / x).ToDouble()) < 1e-50 + 1e-52 / Math.Abs(x));
        }

        BigFloat sine = BigFloat.Sin(987654.25), cosine = BigFloat.Cos(987654.25);
        Assert.True(Math.Abs((sine * sine + cosine * cosine - 1).ToDouble()) < 1e-50);
    }

    [Fact]
    public void Doubles_survive_the_round_trip()
    {
        foreach (double x in new[] { 0, 1, -1, double.Epsilon, -4.9e-320, double.MaxValue, 1.0 / 3, 1e-300 })
            Assert.Equal(x, ((BigFloat)x).ToDouble());
        Assert.Equal(0.1, BigFloat.Parse("0.1").ToDouble());
    }
}
