using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests.Neuron;

/// <summary>configs/neuron/debye-layer.json: a sphere from its centre to its bath; how thin its layers and how few the ions in them.</summary>
public class WholeCellTests
{
    private const double F = 96485.33212;
    private static readonly double[] Valence = [1, 1, -1, -1];

    private static (double Charge, double Amount) Inside(RunResult run, double radius)
    {
        double charge = 0, amount = 0;
        for (int i = 0; i < run.X.Count && run.X[i] < radius; i++)
        {
            for (int s = 0; s < 4; s++)
            {
                double ions = run.Last.Concentration[s][i] * run.Volume[i];
                charge += Valence[s] * ions;
                amount += ions;
            }
        }
        return (charge, amount);
    }

    private static Electrolyte Bath(double[] concentration) => new(310.15, 78.5, Valence, concentration);

    [Fact]
    public void The_layer_decays_over_the_debye_length_on_both_sides()
    {
        RunResult run = Config.Run("neuron/debye-layer");
        double Decay(Func<double, double> depth, double potential)
        {
            // From 0.5 to 3 nm from the membrane, the slope of the logarithm.
            int[] near = [.. Enumerable.Range(0, run.X.Count).Where(i => depth(run.X[i]) is > 0.5e-9 and < 3e-9)];
            double Log(int i) => Math.Log(Math.Abs(run.Last.Potential[i] - potential));
            return Math.Abs((run.X[near[^1]] - run.X[near[0]]) / (Log(near[^1]) - Log(near[0])));
        }

        // The layers hold 1 mV, a thirtieth of RT/F, so they are exponential to 1e-3; a cell is at most a twentieth of the length: 1e-3 too.
        double inner = Decay(x => 10e-6 - x, run.Last.Potential[0]), outer = Decay(x => x - 10.004e-6, 0);
        Close.To(DebyeLength.Of(310.15, 78.5, Valence, [140, 15, 10, 145]), inner, 3e-3, "inside");
        Close.To(DebyeLength.Of(310.15, 78.5, Valence, [5, 145, 150, 0]), outer, 3e-3, "outside");
        Close.Within(0.8e-9, inner, 0.05e-9, "0.8 nm, as the text has it");
    }

    [Theory]
    [InlineData("10 um", 10e-6, 8.93)]
    [InlineData("5 um", 5e-6, 17.86)]
    public void Few_ions_in_a_million_are_separated(string length, double radius, double perMillion)
    {
        RunResult run = Config.Run("neuron/debye-layer", document => document["regions"]![0]!["length"] = JsonValue.Create(length));

        // Potassium is at rest; what left lowered its concentration by a few in 1e5: 0.5 uV.
        Close.Within(NernstPotential.Of(310.15, 1, 140, 5), run.MembranePotential, 1e-6);
        (double charge, double amount) = Inside(run, radius);
        Close.To(4.0 / 3 * Math.PI * radius * radius * radius * 310, amount, 2e-5, "ions in the cell");

        // The number that the README prints, to its digits; and the plate with its two layers, a cell so much larger than they.
        Close.To(-perMillion, 1e6 * charge / amount, 1e-3);
        double capacitance = MembraneCapacitor.WithDebyeLayers(4.62, 4e-9, Bath([140, 15, 10, 145]), Bath([5, 145, 150, 0]));
        double area = 4 * Math.PI * radius * radius;
        Close.To(capacitance * run.MembranePotential, F * charge / area, 1.5e-3, "linear layers, a thousandth of curvature");
    }

    [Fact]
    public void The_charge_inside_is_the_membranes_displacement()
    {
        RunResult run = Config.Run("neuron/debye-layer");
        int wall = Enumerable.Range(0, run.XFace.Count).MinBy(i => Math.Abs(run.XFace[i] - 10e-6));
        double displacement = 4 * Math.PI * 1e-10 * run.Last.Displacement[wall];

        // Gauss's law; the sum over the cell subtracts 1e5 times as many ions: 1e-16 times 1e5.
        Close.To(displacement, F * Inside(run, 10e-6).Charge, 1e-9);
    }
}
