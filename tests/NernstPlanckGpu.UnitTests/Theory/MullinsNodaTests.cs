using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class MullinsNodaTests
{
    private const double T = 310.15;

    private static readonly PermeantIon Potassium = new(1, 1e-8, 140, 5), Sodium = new(1, 4e-10, 12, 145);

    [Theory]
    [InlineData(1.5)]
    [InlineData(1)]
    [InlineData(0.2)]
    [InlineData(7)]
    public void The_leaks_stand_in_the_ratio_in_which_the_pump_returns_them(double ratio)
    {
        double potential = MullinsNoda.Potential(T, Potassium, Sodium, ratio);
        Close.To(-ratio * GoldmanHodgkinKatz.Flux(Potassium, potential, T), GoldmanHodgkinKatz.Flux(Sodium, potential, T), 1e-13);
    }

    [Fact]
    public void A_neutral_pump_leaves_the_ghk_voltage_and_three_for_two_lies_below_it()
    {
        double ghk = GoldmanHodgkinKatz.Voltage([Potassium, Sodium], T);
        Close.To(ghk, MullinsNoda.Potential(T, Potassium, Sodium, 1), 1e-14);

        // (RT/F) ln[(1.5·5 + 0.04·145)/(1.5·140 + 0.04·12)]
        double pumped = MullinsNoda.Potential(T, Potassium, Sodium);
        Close.To(8.314462618 * T / 96485.33212 * Math.Log(13.3 / 210.48), pumped, 1e-14);
        Assert.True(pumped < ghk);
    }

    [Fact]
    public void Other_valences_and_ratios_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MullinsNoda.Potential(T, Potassium with { Valence = 2 }, Sodium));
        Assert.Throws<ArgumentOutOfRangeException>(() => MullinsNoda.Potential(T, Potassium, Sodium with { Valence = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => MullinsNoda.Potential(T, Potassium, Sodium, 0));
    }
}
