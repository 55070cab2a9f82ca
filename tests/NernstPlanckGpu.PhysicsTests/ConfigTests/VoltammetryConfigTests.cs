using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests;

/// <summary>configs/cyclic-voltammetry.json: a capacitive current of ±C dV/dt, C of two Stern and two diffuse layers in series.</summary>
public class VoltammetryConfigTests
{
    private const double Temperature = 298.15, Eps = 78.5, Salt = 100, Stern = 0.2, Rate = 400, Period = 2e-3;

    // Gouy, Chapman and Stern: half of the voltage drops at each electrode, V/2 = phi + sigma(phi)/C_S.
    private static double Capacitance(double voltage)
    {
        double low = 0, high = Math.Abs(voltage) / 2;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            if (middle + Grahame.ChargeOneToOne(Temperature, Eps, Salt, middle) / Stern < Math.Abs(voltage) / 2) low = middle;
            else high = middle;
        }
        return 1 / (2 / Stern + 2 / Grahame.CapacitanceOneToOne(Temperature, Eps, Salt, low));
    }

    [Fact]
    public void The_current_is_capacitance_times_rate_in_both_directions()
    {
        RunResult run = Config.Run("cyclic-voltammetry");
        Close.To(78.32e-3, Capacitance(0), 1e-4);
        for (int i = 0; i < run.TraceTime.Count; i++)
        {
            double phase = run.TraceTime[i] / Period % 1, sign = phase < 0.5 ? 1 : -1;
            double voltage = -0.2 + 0.8 * (phase < 0.5 ? phase : 1 - phase);

            // After a turn the current takes some RC (0.8e-6 ohm m² times C, 0.06 us) and the salt between the electrodes some L²/D/pi²
            // (0.1 ms) to settle.
            if (phase % 0.5 < 0.05) continue;

            // The double layers take 1 % of the salt between the electrodes with them, and share the voltage with the resistance (25 uV).
            Close.To(sign * Capacitance(voltage) * Rate, run.Traces["currentDensity"][i], Math.Abs(voltage) < 0.011 ? 2e-3 : 1e-2, $"{voltage} V, {sign}");
        }
    }

    [Fact]
    public void It_starts_charged_and_at_rest_and_repeats_itself()
    {
        RunResult run = Config.Run("cyclic-voltammetry");
        Close.Within(-0.2, run.Results["initialPotential"], 1e-12);
        for (int s = 0; s < 2; s++)
            Close.To(run.Amount(run.States[0], s), run.Amount(run.Last, s), 1e-11, "no ion leaves");
        int half = (run.TraceTime.Count - 1) / 2;
        double[] charge = run.Traces["leftCharge"];
        Close.To(charge[0], charge[half], 1e-3, "charge after a cycle");
        Close.To(charge[half], charge[^1], 1e-3, "charge after another");
    }
}
