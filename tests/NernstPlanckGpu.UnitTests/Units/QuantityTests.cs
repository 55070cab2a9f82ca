using NernstPlanckGpu.Core.Units;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Units;

public class QuantityTests
{
    private static readonly Dictionary<string, QuantityKind> Kinds = new[]
    {
        QuantityKind.Length, QuantityKind.Area, QuantityKind.Time, QuantityKind.Frequency, QuantityKind.Temperature, QuantityKind.Concentration,
        QuantityKind.Diffusivity, QuantityKind.Potential, QuantityKind.MolarEnergy, QuantityKind.Capacitance, QuantityKind.SurfaceCharge,
        QuantityKind.CurrentDensity, QuantityKind.Flux, QuantityKind.Source, QuantityKind.Angle,
        QuantityKind.Permeability, QuantityKind.Conductance, QuantityKind.HydraulicPermeability, QuantityKind.AreaToVolume, QuantityKind.Rate,
    }.ToDictionary(kind => kind.Name);

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    // Exact: the decimal literal on the right is the number that a reader of the text means.
    [Theory]
    [InlineData("4 nm", "length", 4e-9)]
    [InlineData("30 nm", "length", 30e-9)]
    [InlineData("0.048nm", "length", 0.048e-9)]
    [InlineData("384.793201258 nm", "length", 384.793201258e-9)]
    [InlineData("3 angstrom", "length", 3e-10)]
    [InlineData("3 Å", "length", 3e-10)]
    [InlineData("20 um", "length", 20e-6)]
    [InlineData("20 µm", "length", 20e-6)]
    [InlineData("20 \u03bcm", "length", 20e-6)]
    [InlineData("1 nm^2", "area", 1e-18)]
    [InlineData("0.5 µm²", "area", 0.5e-12)]
    [InlineData("1 us", "time", 1e-6)]
    [InlineData("2 min", "time", 120)]
    [InlineData("1.5 h", "time", 5400)]
    [InlineData("50 Hz", "frequency", 50)]
    [InlineData("2 1/ms", "frequency", 2000)]
    [InlineData("3 s^-1", "frequency", 3)]
    [InlineData("310.15 K", "temperature", 310.15)]
    [InlineData("1e-6 cm/s", "permeability", 1e-8)]
    [InlineData("36 mS/cm^2", "conductance per area", 360)]
    [InlineData("1e-13 m/s/Pa", "hydraulic permeability", 1e-13)]
    [InlineData("1e-6 cm/s/bar", "hydraulic permeability", 1e-13)]
    [InlineData("1e-13 m^3/(m^2 s Pa)", "hydraulic permeability", 1e-13)]
    [InlineData("0.3 1/um", "area per volume", 0.3e6)]
    [InlineData("0.3 um^-1", "area per volume", 0.3e6)]
    [InlineData("3 m^2/L", "area per volume", 3000)]
    [InlineData("0.1 1/ms", "rate", 100)]
    [InlineData("140 mM", "concentration", 140)]
    [InlineData("2 uM", "concentration", 2e-3)]
    [InlineData("1.5 mol/m^3", "concentration", 1.5)]
    [InlineData("1 mmol/L", "concentration", 1)]
    [InlineData("1 mol/dm3", "concentration", 1000)]
    [InlineData("1.96e-9 m^2/s", "diffusivity", 1.96e-9)]
    [InlineData("2 um^2/ms", "diffusivity", 2e-9)]
    [InlineData("1.3e-5 cm^2/s", "diffusivity", 1.3e-9)]
    [InlineData("-70 mV", "potential", -70e-3)]
    [InlineData("\u221270 mV", "potential", -70e-3)]
    [InlineData("+0.1 V", "potential", 0.1)]
    [InlineData("1 J/C", "potential", 1)]
    [InlineData("12 kJ/mol", "energy per amount", 12e3)]
    [InlineData("12 kJ mol-1", "energy per amount", 12e3)]
    [InlineData("12 kJ·mol⁻¹", "energy per amount", 12e3)]
    [InlineData("0.2 F/m^2", "capacitance per area", 0.2)]
    [InlineData("2 uF/cm^2", "capacitance per area", 2e-2)]
    [InlineData("0.01 C/m^2", "charge per area", 0.01)]
    [InlineData("1 uC/cm^2", "charge per area", 0.01)]
    [InlineData("0.5 A/m^2", "current per area", 0.5)]
    [InlineData("10 uA/cm^2", "current per area", 0.1)]
    [InlineData("1e-7 mol/m^2/s", "flux", 1e-7)]
    [InlineData("1e-7 mol/(m^2 s)", "flux", 1e-7)]
    [InlineData("1e-7 mol m-2 s-1", "flux", 1e-7)]
    [InlineData("5 mol/m^3/s", "source per volume", 5)]
    [InlineData("3 mM/s", "source per volume", 3)]
    [InlineData("  7   mV  ", "potential", 7e-3)]
    [InlineData("5.e0 mV", "potential", 5e-3)]
    [InlineData(".5 mV", "potential", 0.5e-3)]
    [InlineData("1e-99999999999999999999 mV", "potential", 0)]
    public void Parses_exactly(string text, string kind, double expected) => Assert.Equal(expected, Quantity.Parse(text, Kinds[kind]));

    [Theory]
    [InlineData("2.9 kcal/mol", "energy per amount", 2.9 * 4184)]
    [InlineData("37 degC", "temperature", 310.15)]
    [InlineData("37 °C", "temperature", 310.15)]
    [InlineData("-20.5degC", "temperature", 252.65)]
    [InlineData("90 deg", "angle", Math.PI / 2)]
    public void Parses_to_rounding(string text, string kind, double expected) => Assert.Equal(expected, Quantity.Parse(text, Kinds[kind]), expected * 4e-16);

    [Theory]
    [InlineData("4 mV", "length", "(kg m^2 s^-3 A^-1) is not that of a length (m)")]
    [InlineData("4 degC", "length", "is a temperature, but a length is expected")]
    [InlineData("4 degC/s", "temperature", "stands alone")]
    [InlineData("4 kdegC", "temperature", "\"kdegC\" is not a unit")]
    [InlineData("4", "length", "has no unit")]
    [InlineData("", "length", "does not start with a number")]
    [InlineData("nm", "length", "does not start with a number")]
    [InlineData("NaN nm", "length", "does not start with a number")]
    [InlineData("Infinity nm", "length", "does not start with a number")]
    [InlineData("1e999 nm", "length", "not a finite number")]
    [InlineData("1e99999999999999999999 nm", "length", "not a finite number")]
    [InlineData("4 nanometre", "length", "\"nanometre\" is not a unit")]
    [InlineData("4 nm nm", "length", "(m^2)")]
    [InlineData("4 nm/", "length", "a unit is missing")]
    [InlineData("4 nm)", "length", "not part of a unit")]
    [InlineData("4 (nm", "length", "closing parenthesis")]
    [InlineData("4 nm^", "length", "exponent")]
    [InlineData("4 nm^99", "length", "exponent")]
    [InlineData("4 nm^99999999999", "length", "exponent")]
    [InlineData("4 kkm", "length", "not a unit")]
    [InlineData("1,5 nm", "length", "unit")]
    [InlineData("4 mol/m^2 s", "flux", "(m^-2 s mol)")]
    [InlineData("4 ((((((((((m))))))))))", "length", "too many parentheses")]
    public void Says_what_is_wrong_and_what_to_write(string text, string kind, string part)
    {
        Assert.False(Quantity.TryParse(text, Kinds[kind], out var value, out var problem, out var remedy));
        Assert.True(double.IsNaN(value));
        Assert.Contains(part, problem, StringComparison.Ordinal);
        Assert.Contains(Kinds[kind].Name, remedy, StringComparison.Ordinal);
        Assert.Contains(Kinds[kind].Examples[0], remedy, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KindNames))]
    public void Examples_of_a_kind_are_of_that_kind(string kind) =>
        Assert.All(Kinds[kind].Examples, example => Assert.True(double.IsFinite(Quantity.Parse(example, Kinds[kind]))));
}
