using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Membrane;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Model;

/// <summary>The known gates against the literature.</summary>
public class KnownGateTests
{
    /// <summary>
    /// Hodgkin and Huxley, J. Physiol. 117, 500 (1952), eqs. 12, 13, 20, 21, 23, 24 as printed: V in mV from the rest, depolarisation
    /// negative, rates in 1/ms.
    /// </summary>
    public static TheoryData<string, double, Func<double, double>, Func<double, double>> Printed => new()
    {
        { "n", 4, v => 0.01 * (v + 10) / (Math.Exp((v + 10) / 10) - 1), v => 0.125 * Math.Exp(v / 80) },
        { "m", 3, v => 0.1 * (v + 25) / (Math.Exp((v + 25) / 10) - 1), v => 4 * Math.Exp(v / 18) },
        { "h", 1, v => 0.07 * Math.Exp(v / 20), v => 1 / (Math.Exp((v + 30) / 10) + 1) },
    };

    [Theory]
    [MemberData(nameof(Printed))]
    public void Rates_are_those_that_were_printed(string name, double exponent, Func<double, double> opening, Func<double, double> closing)
    {
        var gate = Find(name);
        Assert.Equal(exponent, gate.Exponent);
        // Away from the holes of the printed forms, where their two terms cancel: rounding of these is below 1e-13 then.
        for (var millivolts = -112.5; millivolts < 60; millivolts += 3)
        {
            var printed = -(millivolts + 65);
            Assert.Equal(1, At(gate.Opening, millivolts) / (1000 * opening(printed)), 1e-12);
            Assert.Equal(1, At(gate.Closing, millivolts) / (1000 * closing(printed)), 1e-12);
        }
    }

    /// <summary>
    /// Open fractions and time constants at the rest as textbooks give them, to their digits: Koch, Biophysics of Computation (1999), ch. 6;
    /// Gerstner and Kistler, Spiking Neuron Models (2002), ch. 2.
    /// </summary>
    [Theory]
    [InlineData("m", 0.0529, 0.237)]
    [InlineData("h", 0.596, 8.52)]
    [InlineData("n", 0.318, 5.46)]
    public void Rests_where_the_axon_rests(string name, double open, double milliseconds)
    {
        var gate = Find(name);
        var (alpha, beta) = (At(gate.Opening, -65), At(gate.Closing, -65));
        Assert.Equal(open, alpha / (alpha + beta), 0.0005);
        Assert.Equal(milliseconds, 1000 / (alpha + beta), 0.005);
    }

    [Theory]
    [InlineData(6.3, 1)]
    [InlineData(16.3, 3)]
    [InlineData(18.5, 3.82)] // where the paper computes its propagated action potential
    [InlineData(26.3, 9)]
    public void Rates_grow_threefold_in_ten_kelvin(double celsius, double factor) =>
        Assert.Equal(factor, KnownGates.Speed(celsius + 273.15, KnownGates.ReferenceTemperature, KnownGates.TemperatureFactor), 0.005);

    [Fact]
    public void Channels_have_their_gates()
    {
        Assert.Equal([KnownGates.M(2), KnownGates.H(2)], KnownGates.Sodium(2));
        Assert.Equal([KnownGates.N(2)], KnownGates.Potassium(2));
        Assert.All(KnownGates.Sodium(2), gate => Assert.Equal((2.0, null), (gate.Speed, gate.Initial)));
    }

    private static Gate Find(string name) => KnownGates.Sodium().Concat(KnownGates.Potassium()).Single(gate => gate.Name == name);

    private static double At(GateRate rate, double millivolts)
    {
        ScalarLane size = new(rate.Rate), x = new((millivolts / 1000 - rate.Midpoint) / rate.Scale);
        return rate.Form switch
        {
            GateRateForm.Exponential => GateRateAt<ScalarLane>.Exponential(size, x).Value.Value,
            GateRateForm.Sigmoid => GateRateAt<ScalarLane>.Sigmoid(size, x).Value.Value,
            _ => GateRateAt<ScalarLane>.Linoid(size, x).Value.Value,
        };
    }
}
