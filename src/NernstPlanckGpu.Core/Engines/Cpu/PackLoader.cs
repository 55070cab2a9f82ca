using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>Writes the constants and the initial state of one problem into its place of a pack.</summary>
internal static unsafe class PackLoader
{
    public static void Load(PackArrays a, PackShape shape, DiscreteProblem p, int k)
    {
        int w = a.Problems, n = shape.Cells;
        double[][] initial = p.InitialConcentration(), conductances = p.Conductance();
        double[] volume = p.Volumes(), resistance = p.Resistances();
        for (int f = 0; f <= n; f++) a.Resistance[f * w + k] = resistance[f];
        for (int i = 0; i < n; i++) a.InverseVolume[(i + 1) * w + k] = 1 / volume[i];
        double* q = a.Start + (long)shape.Species * a.Stride + k;
        if (p.Problem.Initial is CellsInitialState cells) q[0] = cells.LeftCharge;
        for (int f = 1; f <= n; f++) q[f * w] = q[(f - 1) * w] + p.FixedCharge(f - 1) * volume[f - 1];
        for (int s = 0; s < shape.Species; s++)
        {
            int original = shape.Order[s];
            double* c = a.Start + (long)s * a.Stride + k;
            double* conductance = a.Conductance + (long)s * a.Stride + k;
            for (int i = 0; i < n + 2; i++) c[i * w] = initial[original][i];
            for (int f = 0; f <= n; f++) conductance[f * w] = conductances[original][f];
            double charge = 0;
            for (int f = 1; f <= n; f++)
            {
                charge += shape.Valence[s] * c[f * w] * volume[f - 1];
                q[f * w] += charge;
            }
        }
        if (!shape.IsIdeal) LoadActivity(a, shape, new(p, shape), k);
    }

    private static void LoadActivity(PackArrays a, PackShape shape, ActivityConstants constants, int k)
    {
        int w = a.Problems;
        for (int s = 0; s < shape.Species; s++)
        {
            a.ActivityWeight[s * w + k] = constants.Weight[s];
            for (int i = 0; i < shape.Cells + 2; i++)
            {
                long at = (long)s * a.Stride + i * w + k;
                (a.Amplitude[at], a.Closeness[at]) = (constants.Amplitude(s, i), constants.Closeness(s, i));
            }
        }
    }
}
