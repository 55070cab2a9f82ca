namespace NernstPlanckGpu.Core.Theory;

/// <summary>What a run has measured at its end, as far as theory can be held against it.</summary>
public sealed record RunMeasurement
{
    /// <summary>Time of the measurement, s: waveforms are taken there.</summary>
    public double Time { get; init; }

    /// <summary>Potential of the left end minus that of the right end, V; null when not known.</summary>
    public double? MembranePotential { get; init; }

    /// <summary>Potential difference at which no current flows, where the run found it before its voltage was imposed, V.</summary>
    public double? RestingPotential { get; init; }

    /// <summary>
    /// Ionic current density per species, zF times its flux through the reference face per reference area, A/m²; null when not known.
    /// </summary>
    public IReadOnlyList<double>? IonicCurrentDensity { get; init; }

    /// <summary>
    /// Current of each flux of the membrane's mechanisms, in the order of <see cref="Discretisation.MembraneLayout.Items"/>, A/m²; they are
    /// contained in <see cref="IonicCurrentDensity"/>. Null when not known.
    /// </summary>
    public IReadOnlyList<double>? MechanismCurrentDensity { get; init; }

    /// <summary>What the two ends hold, per species, mol/m³: of reservoirs as they are now. Null when not known.</summary>
    public (IReadOnlyList<double> Left, IReadOnlyList<double> Right)? EndConcentration { get; init; }

    /// <summary>Charge left of the middle of the membrane per reference area, C/m²; null when not known.</summary>
    public double? LeftCharge { get; init; }

    /// <summary>Potential along the stack; null when not known.</summary>
    public PotentialProfile? Potential { get; init; }

    /// <summary>Charge of the walls at the two ends, each per area of its end, C/m²; null when not known.</summary>
    public (double Left, double Right)? WallCharge { get; init; }

    /// <summary>Area that densities are per, m² (planar: the area of its faces).</summary>
    public double ReferenceArea { get; init; } = 1;
}

/// <summary>Potential along the stack, linear between its points.</summary>
/// <param name="Position">Left end, cell centres, right end: x, m, ascending.</param>
/// <param name="Potential">Potential there, V.</param>
public sealed record PotentialProfile(IReadOnlyList<double> Position, IReadOnlyList<double> Potential)
{
    /// <summary>Potential at a position, V.</summary>
    /// <param name="x">Position, m; beyond the ends that of the end.</param>
    public double At(double x) => Model.Interpolation.Linear(Position, Potential, x);
}
