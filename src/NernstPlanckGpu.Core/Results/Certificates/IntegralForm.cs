using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>
/// Potential drops and fluxes between neighbouring cell centres from the materials between them: integrals over two half cells.
/// <code>drop = q (l_L/eps_L + l_R/eps_R)/eps_0,   J = (c_L e^(u_L) − c_R e^(u_R)) / ∫ e^u ds/D,   u = z F phi/RT + W/RT,</code>
/// l = ∫dx/A of a half cell, s along it, q = A D_face. A certificate judges an engine by them, so they share nothing with the formulas that
/// engines step by: permittivities and diffusivities are those of the regions, and the flux is a quotient of Slotboom's variables instead of
/// a Bernoulli function. Tests: IntegralFormTests.
/// </summary>
/// <remarks>The flux is that of an ideal solution. Source: Slotboom, IEEE Trans. Electron Devices 20, 669 (1973).</remarks>
internal sealed class IntegralForm
{
    /// <summary>Below, y/sinh y is its series: four terms leave 1e-17.</summary>
    private const double SmallDrop = 0.05;

    private readonly DiscreteProblem problem;
    private readonly double thermalVoltage;
    private readonly double[] valence, leftDrop, rightDrop;
    private readonly double[][] leftResistance, rightResistance;

    public IntegralForm(DiscreteProblem problem)
    {
        this.problem = problem;
        PnpProblem model = problem.Problem;
        thermalVoltage = PhysicalConstants.ThermalVoltage(model.Temperature);
        valence = [.. model.Species.Select(species => species.Valence)];
        int n = problem.Cells;
        (leftDrop, rightDrop) = (new double[n + 1], new double[n + 1]);
        (leftResistance, rightResistance) = (New(), New());
        double[] centres = problem.Centres(), faces = problem.Grid.Faces;
        AreaProfile area = AreaProfile.Of(model.Geometry);
        double[][] diffusivity = [.. model.Regions.Select(Diffusivities)];
        for (int cell = 0; cell < n; cell++)
        {
            Half(cell + 1, cell, area.Resistance(centres[cell], faces[cell + 1]), leftDrop, leftResistance);
            Half(cell, cell, area.Resistance(faces[cell], centres[cell]), rightDrop, rightResistance);
        }

        double[][] New() => [.. valence.Select(_ => new double[n + 1])];

        double[] Diffusivities(Region region) => [.. model.Species.Select((one, s) =>
            region.Impermeable[s] ? 0 : one.Diffusivity * region.DiffusivityFactor[s])];

        void Half(int face, int cell, double length, double[] drop, double[][] resistance)
        {
            int region = problem.Grid.RegionOfCell[cell];
            // Nothing comes from an axis or a centre: no drop, no flux.
            drop[face] = double.IsInfinity(length) ? 0
                : PhysicalConstants.Faraday * length / (PhysicalConstants.VacuumPermittivity * model.Regions[region].Permittivity);
            for (int s = 0; s < resistance.Length; s++) resistance[s][face] = length / diffusivity[region][s];
        }
    }

    /// <summary>F² ∫dx/(A eps) between the cells of a face, J/mol²: half of it times (A D/F)² is the energy of the field there.</summary>
    /// <param name="face">0 … n.</param>
    public double Elastance(int face) => PhysicalConstants.Faraday * (leftDrop[face] + rightDrop[face]);

    /// <summary>Potential of the left end minus that of the right end, V.</summary>
    public double Drop(StateView state)
    {
        double sum = 0;
        for (int f = 0; f < leftDrop.Length; f++) sum += (leftDrop[f] + rightDrop[f]) * state.Charge[f];
        return sum;
    }

    /// <summary>A flux by diffusion and drift.</summary>
    /// <param name="Value">A J, mol/s.</param>
    /// <param name="Gross">What passes to and fro, mol/s: the flux is a difference of that size.</param>
    public readonly record struct Passing(double Value, double Gross);

    /// <summary>Flux of a species through a face; nothing passes a closed end.</summary>
    /// <param name="state">State.</param>
    /// <param name="s">Species.</param>
    /// <param name="f">Face, 0 … n.</param>
    public Passing Flux(StateView state, int s, int f)
    {
        double left = leftResistance[s][f], right = rightResistance[s][f];
        if ((f == 0 && !IsOpen(problem.Problem.Left, s)) || (f == problem.Cells && !IsOpen(problem.Problem.Right, s))) return default;
        if (double.IsInfinity(left + right)) return default;
        double charge = valence[s] * state.Charge[f] / thermalVoltage, jump = Jump(s, f);
        double a = charge * leftDrop[f], b = charge * rightDrop[f];
        (double before, double after) = (state.Concentration[s][f], state.Concentration[s][f + 1]);
        // Where nothing jumps, both halves are one integral.
        bool isUniform = jump == 0 && Math.Abs(left * rightDrop[f] - right * leftDrop[f]) <= 1e-12 * left * rightDrop[f];
        double there, back;
        if (isUniform)
        {
            double half = 0.5 * (a + b), swing = Math.Exp(half), weight = OverSinh(half, swing) / (left + right);
            (there, back) = (weight * before * swing, weight * after / swing);
        }
        else
        {
            double weight = 1 / (left * Mean(a, 0) + right * Mean(jump, jump - b));
            (there, back) = (weight * before * Math.Exp(a), weight * after * Math.Exp(jump - b));
        }
        return new(there - back, Math.Abs(there) + Math.Abs(back));
    }

    /// <summary>Largest Σ |z| of what passes a face to and fro, over F, mol/s: rounding of a current is some units in its last place.</summary>
    public double GrossCurrent(StateView state)
    {
        double largest = 0;
        for (int f = 0; f < leftDrop.Length; f++)
        {
            double sum = 0;
            for (int s = 0; s < valence.Length; s++) sum += Math.Abs(valence[s]) * Flux(state, s, f).Gross;
            largest = Math.Max(largest, sum);
        }
        return largest;
    }

    private static bool IsOpen(Boundary end, int s) => end.Ions[s] is BathBoundary or ReservoirBoundary;

    // (W_R − W_L)/RT.
    private double Jump(int s, int f)
    {
        if (f == 0 || f == problem.Cells) return 0;
        int[] of = problem.Grid.RegionOfCell;
        if (of[f - 1] == of[f]) return 0;
        PnpProblem model = problem.Problem;
        return (model.Regions[of[f]].Barrier[s] - model.Regions[of[f - 1]].Barrier[s]) / (PhysicalConstants.GasConstant * model.Temperature);
    }

    // Mean of e^u over a stretch where u goes linearly from one value to the other.
    private static double Mean(double from, double to)
    {
        double half = 0.5 * (to - from);
        return Math.Exp(0.5 * (from + to)) / OverSinh(half, Math.Exp(half));
    }

    // y/sinh y, given e^y.
    private static double OverSinh(double y, double swing)
    {
        if (Math.Abs(y) > SmallDrop) return 2 * y / (swing - 1 / swing);
        double square = y * y;
        return 1 / (1 + square / 6 * (1 + square / 20 * (1 + square / 42 * (1 + square / 72))));
    }
}
