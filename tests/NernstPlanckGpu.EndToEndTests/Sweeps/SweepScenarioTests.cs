using System.Globalization;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>configs/sweeps/*.json against closed forms.</summary>
public class SweepScenarioTests
{
    private const double Faraday = 96485.33212, GasConstant = 8.314462618, Temperature = 310.15, ThermalVoltage = GasConstant * Temperature / Faraday;

    /// <summary>
    /// Only potassium passes: each curve crosses zero at its Nernst potential. The zero is that of the cubic through the four points round it,
    /// 5 mV apart, as a function of the current: 0.4 µV off at the most bent curve.
    /// </summary>
    [Fact]
    public void Each_current_voltage_curve_crosses_zero_at_the_nernst_potential()
    {
        Table table = Compute("iv-surface", 185);
        foreach (IGrouping<double, double[]> curve in table.Rows.GroupBy(row => row[table.Of("outer_K")]))
        {
            double nernst = ThermalVoltage * Math.Log(curve.Key / 145);
            (double Voltage, double Current)[] points = [.. curve.Select(row => (row[table.Of("membrane_potential")], row[table.Of("current_density")])).Order()];
            Assert.Equal(37, points.Length);
            int before = Array.FindLastIndex(points, point => point.Current < 0);
            Assert.InRange(Zero(points[(before - 1)..(before + 3)]) - nernst, -1e-6, 1e-6);
        }
    }

    /// <summary>
    /// Potassium and sodium on both sides at the same ionic strength and no field in the solutions: GHK is exact, whatever the permeability ratio.
    /// The tolerance is that of the resting potentials of <c>npgpu verify</c>; 4 nV are seen, the solutions' resistance.
    /// </summary>
    [Fact]
    public void Resting_potentials_are_those_of_goldman_hodgkin_and_katz()
    {
        Table table = Compute("resting-potential", 192);
        foreach (double[] row in table.Rows)
        {
            double outer = row[table.Of("outer_K")], barrier = row[table.Of("sodium_barrier")];
            double ratio = 1.334 / 1.957 * Math.Exp(-(barrier - 45083.0584) / (GasConstant * Temperature));
            double expected = ThermalVoltage * Math.Log((outer + (ratio * (150 - outer))) / (140 + (ratio * 10)));
            Assert.InRange(row[table.Of("membrane_potential")] - expected, -1e-8, 1e-8);
        }

        // Where sodium passes as well as potassium, one in the place of the other makes no difference.
        Assert.InRange(table.Rows.Max(row => row[table.Of("membrane_potential")]), -1e-6, 1e-6);
    }

    /// <summary>
    /// Each ion meets the resistances of 20 nm of solution and of 5 nm of pore, exp(W/RT) times as high per length; the currents are in the inverse
    /// ratio, which is exp(dW/RT) but for 1.1e-5 where nothing is rejected. Seen: 5e-10.
    /// </summary>
    [Fact]
    public void Currents_are_in_the_ratio_of_the_boltzmann_factors_of_the_barriers()
    {
        Table table = Compute("selectivity", 200);
        const double preferred = 33e3, heat = GasConstant * Temperature;
        foreach (double[] row in table.Rows)
        {
            double barrier = row[table.Of("barrier")], ratio = row[table.Of("currentDensity_preferred")] / row[table.Of("currentDensity_rejected")];
            double expected = (20 + (5 * Math.Exp(barrier / heat))) / (20 + (5 * Math.Exp(preferred / heat)));
            Assert.InRange((ratio / expected) - 1, -1e-8, 1e-8);
            Assert.InRange((ratio / Math.Exp((barrier - preferred) / heat)) - 1, -2e-5, 2e-5);
        }
    }

    /// <summary>Where the polynomial through points, voltage as a function of current, has no current.</summary>
    private static double Zero((double Voltage, double Current)[] points) => points.Sum(
        one => points.Where(other => other != one).Aggregate(one.Voltage, (product, other) => product * other.Current / (other.Current - one.Current)));

    private static Table Compute(string name, int points)
    {
        using var scratch = new Scratch();
        string configuration = Path.Combine(Repository.Root, "configs", "sweeps", name + ".json");
        Assert.Equal(points, SweepRun.Done(scratch, configuration, "a.h5").Number("computed"));
        return Table.Read(scratch, "a.h5");
    }

    /// <summary>The single numbers of every point, as <c>status --table</c> prints them.</summary>
    private sealed record Table(string[] Names, double[][] Rows)
    {
        public int Of(string name) => Array.IndexOf(Names, name) is >= 0 and var column ? column : throw new KeyNotFoundException(name);

        public static Table Read(Scratch scratch, string file)
        {
            ProcessResult result = Npgpu.Run(scratch, "status", file, "--table");
            Assert.True(result.ExitCode == 0, result.ToString());
            string[][] lines = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd().Split('\t'))];
            string[] names = [.. lines[0].Select(name => name.Split(' ')[0])];
            return new(names, [.. lines[1..].Select(line => line.Select(Number).ToArray())]);
        }

        private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
    }
}
