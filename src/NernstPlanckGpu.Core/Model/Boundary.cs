namespace NernstPlanckGpu.Core.Model;

/// <summary>One end of the stack. <see cref="Ions"/> is indexed like <see cref="PnpProblem.Species"/>.</summary>
/// <param name="Electric">Electrical condition.</param>
/// <param name="Ions">Ionic condition per species.</param>
public sealed record Boundary(ElectricBoundary Electric, IReadOnlyList<IonBoundary> Ions);

/// <summary>Electrical condition at an end.</summary>
public abstract record ElectricBoundary
{
    /// <summary>Potential of the electrode, V; null where none is imposed.</summary>
    public virtual Waveform? Electrode => null;

    /// <summary>The same condition with another potential; itself where none is imposed.</summary>
    /// <param name="potential">Potential, V.</param>
    public virtual ElectricBoundary WithElectrode(Waveform potential) => this;
}

/// <summary>The potential at the end is prescribed.</summary>
/// <param name="Potential">Potential, V.</param>
/// <param name="RelativeToInitial">
/// The waveform counts from the potential that this end has in the initial steady state (<see cref="SteadyInitialState"/>).
/// </param>
public sealed record PotentialBoundary(Waveform Potential, bool RelativeToInitial = false) : ElectricBoundary
{
    /// <inheritdoc/>
    public override Waveform Electrode => Potential;

    /// <inheritdoc/>
    public override ElectricBoundary WithElectrode(Waveform potential) => new PotentialBoundary(potential);
}

/// <summary>An electrode at a prescribed potential behind a Stern layer: D = C (phi_electrode − phi_end) into the domain.</summary>
/// <param name="Potential">Electrode potential, V.</param>
/// <param name="Capacitance">Capacitance per area of the layer, F/m²; > 0.</param>
public sealed record SternBoundary(Waveform Potential, double Capacitance) : ElectricBoundary
{
    /// <inheritdoc/>
    public override Waveform Electrode => Potential;

    /// <inheritdoc/>
    public override ElectricBoundary WithElectrode(Waveform potential) => this with { Potential = potential };
}

/// <summary>The charge per area on the wall is prescribed: D = sigma into the domain.</summary>
/// <param name="ChargeDensity">Surface charge sigma, C/m².</param>
public sealed record SurfaceChargeBoundary(Waveform ChargeDensity) : ElectricBoundary;

/// <summary>Current clamp: the total (ionic + displacement) current through this end is prescribed; 0 is the open circuit.</summary>
/// <param name="CurrentDensity">Current per area of this end, A/m²; positive from left to right at either end.</param>
public sealed record CurrentBoundary(Waveform CurrentDensity) : ElectricBoundary;

/// <summary>Ionic condition of one species at an end.</summary>
public abstract record IonBoundary;

/// <summary>Infinite bath: the concentration at the end is prescribed.</summary>
/// <param name="Concentration">Concentration, mol/m³.</param>
public sealed record BathBoundary(Waveform Concentration) : IonBoundary;

/// <summary>No flux through the end.</summary>
public sealed record BlockedBoundary : IonBoundary;

/// <summary>The flux through the end is prescribed.</summary>
/// <param name="Flux">Flux per area of this end, mol/(m² s); positive from left to right at either end.</param>
public sealed record FluxBoundary(Waveform Flux) : IonBoundary;

/// <summary>A well-mixed finite volume behind the end: one big cell that fills and empties.</summary>
/// <param name="Depth">Volume per area of this end, m; > 0.</param>
/// <param name="Concentration">Initial concentration, mol/m³.</param>
public sealed record ReservoirBoundary(double Depth, double Concentration) : IonBoundary;
