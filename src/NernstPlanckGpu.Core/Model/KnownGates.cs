namespace NernstPlanckGpu.Core.Model;

/// <summary>
/// The gates of the squid's giant axon, with absolute voltages V = inside − outside and a rest near −65 mV (the original counts from
/// the rest, with the opposite sign). Source: Hodgkin and Huxley, J. Physiol. 117, 500 (1952), eqs. 12, 13, 20, 21, 23 and 24, and their
/// factor 3 for 10 K. Test: KnownGateTests.
/// </summary>
public static class KnownGates
{
    /// <summary>Temperature of the rates, K: 6.3 °C.</summary>
    public const double ReferenceTemperature = 279.45;

    /// <summary>Factor on all rates for 10 K more.</summary>
    public const double TemperatureFactor = 3;

    private const double PerMillisecond = 1000;

    /// <summary>Sodium activation m: alpha = 0.1 (V + 40)/(1 − exp(−(V + 40)/10)), beta = 4 exp(−(V + 65)/18); V in mV, rates in 1/ms.</summary>
    /// <param name="speed">Temperature factor on both rates.</param>
    public static Gate M(double speed = 1) => new("m", 3, Rate(GateRateForm.Linoid, 1, -40, 10), Rate(GateRateForm.Exponential, 4, -65, -18), speed);

    /// <summary>Sodium inactivation h: alpha = 0.07 exp(−(V + 65)/20), beta = 1/(1 + exp(−(V + 35)/10)); V in mV, rates in 1/ms.</summary>
    /// <param name="speed">Temperature factor on both rates.</param>
    public static Gate H(double speed = 1) => new("h", 1, Rate(GateRateForm.Exponential, 0.07, -65, -20), Rate(GateRateForm.Sigmoid, 1, -35, 10), speed);

    /// <summary>Potassium activation n: alpha = 0.01 (V + 55)/(1 − exp(−(V + 55)/10)), beta = 0.125 exp(−(V + 65)/80); V in mV, rates in 1/ms.</summary>
    /// <param name="speed">Temperature factor on both rates.</param>
    public static Gate N(double speed = 1) => new("n", 4, Rate(GateRateForm.Linoid, 0.1, -55, 10), Rate(GateRateForm.Exponential, 0.125, -65, -80), speed);

    /// <summary>Gates of the sodium channel, m³ h.</summary>
    /// <param name="speed">Temperature factor on all rates.</param>
    public static IReadOnlyList<Gate> Sodium(double speed = 1) => [M(speed), H(speed)];

    /// <summary>Gates of the potassium channel, n⁴.</summary>
    /// <param name="speed">Temperature factor on all rates.</param>
    public static IReadOnlyList<Gate> Potassium(double speed = 1) => [N(speed)];

    /// <summary>
    /// Temperature factor on rates, Q10^((T − T_rates)/10 K). Range: a few tens of K about T_rates. Source: van 't Hoff's rule.
    /// Test: KnownGateTests.
    /// </summary>
    /// <param name="temperature">Absolute temperature T, K.</param>
    /// <param name="reference">Temperature T_rates at which the rates hold, K.</param>
    /// <param name="q10">Factor for 10 K more.</param>
    public static double Speed(double temperature, double reference, double q10) => Math.Pow(q10, (temperature - reference) / 10);

    private static GateRate Rate(GateRateForm form, double perMillisecond, double midpoint, double scale) =>
        new(form, perMillisecond * PerMillisecond, midpoint / 1000, scale / 1000);
}
