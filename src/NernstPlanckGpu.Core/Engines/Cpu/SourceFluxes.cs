using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// Prescribed sources of one problem, as fluxes: a source s in cell i is the divergence of E_f = −sum over i ≤ f of s V, so
/// adding E to the fluxes moves species and charge by one rule and keeps Gauss's law. E is linear in time between the
/// knots of the tables.
/// </summary>
internal sealed unsafe class SourceFluxes
{
    private readonly DiscreteProblem problem;
    private readonly PackShape shape;
    private readonly (int Species, double[] Value, double[] Slope)[] pieces;
    private double origin;

    public SourceFluxes(DiscreteProblem problem, PackShape shape)
    {
        (this.problem, this.shape) = (problem, shape);
        var list = new List<(int, double[], double[])>();
        for (int s = 0; s < shape.Species; s++)
            if (Table(s) is not null) list.Add((s, new double[problem.Cells + 1], new double[problem.Cells + 1]));
        pieces = [.. list];
    }

    /// <summary>Takes the linear pieces that hold from a time on; returns the next knot.</summary>
    public double Enter(double time)
    {
        origin = time;
        double corner = double.PositiveInfinity;
        foreach ((int s, double[] value, double[] slope) in pieces)
        {
            SourceTable table = Table(s)!;
            double next = table.Time.Where(t => t > time).DefaultIfEmpty(double.PositiveInfinity).First();
            corner = Math.Min(corner, next);
            double[] centres = problem.Centres(), volumes = problem.Volumes();
            for (int i = 0; i < problem.Cells; i++)
            {
                double x = centres[i], volume = volumes[i];
                double now = At(table, x, time);
                double rate = double.IsInfinity(next) || time < table.Time[0] ? 0 : (At(table, x, next) - now) / (next - time);
                value[i + 1] = value[i] - now * volume;
                slope[i + 1] = slope[i] - rate * volume;
            }
        }
        return corner;
    }

    /// <summary>target += factor · rate for the species, and sum z A J for the charge, of problem k of a pack.</summary>
    public void Move(PackArrays a, int k, double* target, double factor, double time)
    {
        foreach ((int s, double[] value, double[] slope) in pieces)
        {
            double* c = target + (long)s * a.Stride;
            double before = 0, elapsed = time - origin;
            for (int f = 1; f <= problem.Cells; f++)
            {
                int e = f * a.Problems + k;
                double flux = value[f] + slope[f] * elapsed;
                c[e] += factor * (before - flux) * a.InverseVolume[e];
                a.Current[e] += shape.Valence[s] * flux;
                before = flux;
            }
        }
    }

    /// <summary>Adds to sum z A J in the flux arrays what sources do to q.</summary>
    public void Store(PackArrays a, int k, double time)
    {
        double* sum = a.Flux + (long)a.Species * a.Stride;
        foreach ((int s, double[] value, double[] slope) in pieces)
            for (int f = 1; f <= problem.Cells; f++) sum[f * a.Problems + k] += shape.Valence[s] * (value[f] + slope[f] * (time - origin));
    }

    /// <summary>Adds factor (s V), mol/s, to the rows of cells; or its rate in time.</summary>
    /// <param name="row">First row of cell 1 for species 0 and this problem.</param>
    /// <param name="speciesStride">Elements from species to species.</param>
    /// <param name="cellStride">Elements from cell to cell.</param>
    /// <param name="factor">Factor.</param>
    /// <param name="time">s.</param>
    /// <param name="rate">True for the derivative by time.</param>
    public void AddRates(double* row, int speciesStride, int cellStride, double factor, double time, bool rate = false)
    {
        foreach ((int s, double[] value, double[] slope) in pieces)
        {
            double elapsed = time - origin;
            double At(int f) => rate ? slope[f] : value[f] + slope[f] * elapsed;
            for (int i = 0; i < problem.Cells; i++)
                row[(long)s * speciesStride + (long)i * cellStride] += factor * (At(i) - At(i + 1));
        }
    }

    /// <summary>sum z E at a face: what sources do to q there, mol/s.</summary>
    public double Charge(int face, double time) => pieces.Sum(p => shape.Valence[p.Species] * (p.Value[face] + p.Slope[face] * (time - origin)));

    /// <summary>Its derivative by time, mol/s².</summary>
    public double ChargeRate(int face) => pieces.Sum(p => shape.Valence[p.Species] * p.Slope[face]);

    private SourceTable? Table(int s) => problem.Problem.Sources?[shape.Order[s]];

    private static double At(SourceTable table, double x, double time)
    {
        (int i, double share) = Interpolation.Locate(table.Time, time);
        double now = Interpolation.Linear(table.Position, table.Rate[i], x);
        return share == 0 ? now : (1 - share) * now + share * Interpolation.Linear(table.Position, table.Rate[i + 1], x);
    }
}
