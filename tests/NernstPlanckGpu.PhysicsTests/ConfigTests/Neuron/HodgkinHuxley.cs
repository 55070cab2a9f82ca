using System.Numerics;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests.Neuron;

/// <summary>
/// The classic equations of Hodgkin and Huxley (J. Physiol. 117, 500, 1952), C dV/dt = I − Σ g (V − E), by Runge and Kutta's fourth order;
/// nothing of the program is used. Where depths are given, concentrations follow the currents, and the Nernst potentials them.
/// </summary>
internal sealed class HodgkinHuxley
{
    private const double F = 96485.33212, Thermal = 8.314462618 * 279.45 / F, SodiumConductance = 1200, PotassiumConductance = 360, Leak = 3;
    private readonly double capacitance, insideDepth, outsideDepth;
    private readonly Func<double, double> stimulus;

    public HodgkinHuxley(double capacitance, Func<double, double> stimulus, double insideDepth = double.PositiveInfinity, double outsideDepth = double.PositiveInfinity) =>
        (this.capacitance, this.stimulus, this.insideDepth, this.outsideDepth) = (capacitance, stimulus, insideDepth, outsideDepth);

    /// <summary>V, m, h, n, then K, Na, Cl inside and outside, mol/m³, as in the configurations.</summary>
    public static double[] Rest
    {
        get
        {
            double[] y = [-0.065, 0, 0, 0, 400, 55, 47.7, 16.35, 440, 456.35];
            double low = -0.09, high = -0.04;
            for (int i = 0; i < 100; i++)
            {
                y[0] = 0.5 * (low + high);
                for (int gate = 0; gate < 3; gate++)
                {
                    (double opening, double closing) = Rates(gate, y[0]);
                    y[gate + 1] = opening / (opening + closing);
                }
                if (Currents(y).Sum() < 0) low = y[0];
                else high = y[0];
            }
            return y;
        }
    }

    /// <summary>V at equal steps from rest, and the state at the end.</summary>
    public (double[] Voltage, double[] End) Run(double end, double step)
    {
        double[] y = Rest;
        int steps = (int)Math.Round(end / step);
        double[] voltage = new double[steps + 1];
        voltage[0] = y[0];
        for (int i = 0; i < steps; i++)
        {
            // The stimulus jumps at multiples of the step only: within one it has the value of its middle.
            double current = stimulus((i + 0.5) * step);
            double[] a = Slope(y, current), b = Slope(Moved(y, a, step / 2), current), c = Slope(Moved(y, b, step / 2), current), d = Slope(Moved(y, c, step), current);
            for (int j = 0; j < y.Length; j++) y[j] += step / 6 * (a[j] + (2 * b[j]) + (2 * c[j]) + d[j]);
            voltage[i + 1] = y[0];
        }
        return (voltage, y);
    }

    /// <summary>Currents of K, Na and Cl under voltage clamp, A/m²: each gate relaxes exponentially from its rest at the holding voltage.</summary>
    public static double[] Clamped(double holding, double voltage, double time)
    {
        double[] y = Rest;
        y[0] = voltage;
        for (int gate = 0; gate < 3; gate++)
        {
            (double opening, double closing) = Rates(gate, holding);
            double before = opening / (opening + closing);
            (opening, closing) = Rates(gate, voltage);
            double after = opening / (opening + closing);
            y[gate + 1] = after + ((before - after) * Math.Exp(-(opening + closing) * time));
        }
        return Currents(y);
    }

    /// <summary>Admittance per area about a voltage, S/m²: conductances, gates that follow with their lag, and a capacitance.</summary>
    public static Complex Admittance(double voltage, double frequency, double capacitance)
    {
        const double Small = 1e-7;
        Complex omega = new(0, 2 * Math.PI * frequency);
        double[] y = Rest;
        Complex[] lag = new Complex[3];
        for (int gate = 0; gate < 3; gate++)
        {
            (double opening, double closing) = Rates(gate, voltage);
            (double Opening, double Closing) up = Rates(gate, voltage + Small), down = Rates(gate, voltage - Small);
            y[gate + 1] = opening / (opening + closing);
            double pull = (((up.Opening - down.Opening) * (1 - y[gate + 1])) - ((up.Closing - down.Closing) * y[gate + 1])) / (2 * Small);
            lag[gate] = pull / (omega + opening + closing);
        }
        y[0] = voltage;
        Complex sum = omega * capacitance;
        double[] now = Currents(y);
        for (int i = 0; i < 4; i++)
        {
            double[] moved = (double[])y.Clone();
            double step = i == 0 ? Small : Small * y[i];
            moved[i] += step;
            double slope = (Currents(moved).Sum() - now.Sum()) / step;
            sum += i == 0 ? slope : slope * lag[i - 1];
        }
        return sum;
    }

    private static double[] Moved(double[] y, double[] slope, double step) => [.. y.Zip(slope, (value, rate) => value + (step * rate))];

    // Outward currents of K, Na and Cl, A/m².
    private static double[] Currents(double[] y)
    {
        double Nernst(int ion, double valence) => Thermal / valence * Math.Log(y[7 + ion] / y[4 + ion]);
        return [
            PotassiumConductance * Math.Pow(y[3], 4) * (y[0] - Nernst(0, 1)),
            SodiumConductance * Math.Pow(y[1], 3) * y[2] * (y[0] - Nernst(1, 1)),
            Leak * (y[0] - Nernst(2, -1)),
        ];
    }

    private double[] Slope(double[] y, double current)
    {
        double[] ions = Currents(y), slope = new double[y.Length];
        slope[0] = (current - ions.Sum()) / capacitance;
        for (int gate = 0; gate < 3; gate++)
        {
            (double opening, double closing) = Rates(gate, y[0]);
            slope[gate + 1] = (opening * (1 - y[gate + 1])) - (closing * y[gate + 1]);
        }
        for (int ion = 0; ion < 3; ion++)
        {
            double flux = ions[ion] / (ion == 2 ? -F : F);
            (slope[4 + ion], slope[7 + ion]) = (-flux / insideDepth, flux / outsideDepth);
        }
        return slope;
    }

    // alpha and beta of m, h and n, 1/s, as printed in 1952 with V = −65 mV − (their V).
    private static (double Opening, double Closing) Rates(int gate, double voltage)
    {
        double v = -65 - (1000 * voltage);
        static double Linear(double x) => Math.Abs(x) < 1e-7 ? 1 - (x / 2) : x / (Math.Exp(x) - 1);
        (double opening, double closing) = gate switch
        {
            0 => (Linear((v + 25) / 10), 4 * Math.Exp(v / 18)),
            1 => (0.07 * Math.Exp(v / 20), 1 / (Math.Exp((v + 30) / 10) + 1)),
            _ => (0.1 * Linear((v + 10) / 10), 0.125 * Math.Exp(v / 80)),
        };
        return (1000 * opening, 1000 * closing);
    }
}
