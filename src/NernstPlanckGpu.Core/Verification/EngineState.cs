using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>A state as an engine leaves it, and what can be read off it.</summary>
internal sealed class EngineState(DiscreteProblem problem, StateView view)
{
    private readonly double thermal = PhysicalConstants.ThermalVoltage(problem.Problem.Temperature);
    private readonly double[] resistances = problem.Resistances(), volumes = problem.Volumes();

    public DiscreteProblem Problem { get; } = problem;

    public StateView View { get; } = view;

    public double[] X { get; } = problem.Centres();

    /// <summary>Concentration of a cell (ghosts not counted), mol/m³.</summary>
    public double Concentration(int species, int cell) => View.Concentration[species][cell + 1];

    /// <summary>All concentrations in the cells, species after species, mol/m³.</summary>
    public IEnumerable<double> Concentrations => View.Concentration.SelectMany(c => c[1..^1]);

    /// <summary>Potential of the left electrode (or end) less that of the right, V.</summary>
    public double Voltage => thermal * (resistances.Zip(View.Charge, (b, q) => b * q).Sum()
        + Problem.SternResistance.Left * View.Charge[0] + Problem.SternResistance.Right * View.Charge[^1]);

    /// <summary>Potential of each cell less that of the left end, V.</summary>
    public double[] Potentials()
    {
        double potential = 0;
        return [.. X.Select((_, i) => potential -= thermal * resistances[i] * View.Charge[i])];
    }

    /// <summary>Displacement at the left end, per area, C/m²: the charge of the electrode there.</summary>
    public double LeftCharge => PhysicalConstants.Faraday * View.Charge[0] / Problem.FaceAreas()[0];

    /// <summary>Displacement in the middle, per area, C/m² (planar): the charge left of it, where none is at the left end.</summary>
    public double MiddleCharge => PhysicalConstants.Faraday * View.Charge[X.Length / 2];

    /// <summary>Charge of the ions left of a position, over F, mol/m² (planar).</summary>
    public double ChargeUpTo(double x) => Enumerable.Range(0, X.Length).Where(i => X[i] < x).Sum(i => volumes[i] * IonCharge(i));

    /// <summary>Amount of a species in the cells, mol.</summary>
    public double Amount(int species) => Enumerable.Range(0, X.Length).Sum(i => volumes[i] * Concentration(species, i));

    /// <summary>Total current density, A/m² (planar).</summary>
    public double CurrentDensity => PhysicalConstants.Faraday * View.TotalCurrent;

    /// <summary>Largest violation of Gauss's law in a cell, mol/m³.</summary>
    public double GaussResidual => Enumerable.Range(0, X.Length)
        .Max(i => Math.Abs((View.Charge[i + 1] - View.Charge[i]) / volumes[i] - Problem.FixedCharge(i) - IonCharge(i)));

    private double IonCharge(int cell) => Problem.Problem.Species.Select((species, s) => species.Valence * Concentration(s, cell)).Sum();
}
