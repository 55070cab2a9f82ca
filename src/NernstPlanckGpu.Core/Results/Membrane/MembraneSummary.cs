namespace NernstPlanckGpu.Core.Results.Membrane;

/// <summary>
/// What passed the membrane at the end of a run, and what the reservoirs hold. Fluxes and currents are per area of the membrane's left face
/// and positive outward (from left to right).
/// </summary>
public sealed record MembraneSummary
{
    /// <summary>Time, s.</summary>
    public required double Time { get; init; }

    /// <summary>Area of the membrane's left face, m²; null where totals are per m² or per length.</summary>
    public required double? Area { get; init; }

    /// <summary>The mechanisms, in the order of the configuration; that of water is not among them.</summary>
    public required IReadOnlyList<MechanismResult> Mechanisms { get; init; }

    /// <summary>What passes by diffusion and drift (the Nernst–Planck flux of the membrane region), one entry per species.</summary>
    public required IReadOnlyList<IonFlux> Diffusion { get; init; }

    /// <summary>Diffusion and drift, and the mechanisms that are leaks or channels: what a pump must return; one entry per species.</summary>
    public required IReadOnlyList<IonFlux> Leaks { get; init; }

    /// <summary>The left and the right reservoir or bath.</summary>
    public required IReadOnlyList<EndResult> Ends { get; init; }

    /// <summary>Balance of each species that an end holds back; empty where there is no past.</summary>
    public required IReadOnlyList<IonBudget> Budgets { get; init; }

    /// <summary>The same as single numbers: datasets of the group <c>membrane</c>.</summary>
    public IEnumerable<ResultEntry> Entries()
    {
        yield return new("area", Area ?? double.NaN, "m2", "area of the membrane's left face; not a number where totals are per m2 or per length");
        foreach (MechanismResult mechanism in Mechanisms)
            foreach (ResultEntry entry in OfMechanism(mechanism)) yield return entry;
        foreach (IonFlux ion in Leaks)
            yield return new($"leakCurrentDensity_{ion.Ion}", ion.CurrentDensity, "A m-2", $"current of all leaks and channels for {ion.Ion}, diffusion and drift included");
        foreach (IonFlux ion in Diffusion)
        {
            yield return new($"permeation_{ion.Ion}", ion.Flux, "mol m-2 s-1", $"flux of {ion.Ion} by diffusion and drift");
            yield return new($"permeated_{ion.Ion}", ion.Moved ?? double.NaN, "mol m-2", $"what of {ion.Ion} diffusion and drift moved since the start");
        }
        foreach (EndResult end in Ends)
        {
            yield return new($"osmolarity_{end.Side}", end.Osmolarity, "mol m-3", $"sum of all concentrations at the {end.Side} end");
            yield return new($"relativeVolume_{end.Side}", end.RelativeVolume, "1", $"volume of the {end.Side} reservoir over its initial one");
        }
        foreach (IonBudget budget in Budgets)
        {
            yield return new($"held_{budget.Ion}", budget.Change, "mol m-2", $"change of the amount of {budget.Ion} {budget.Where} since the start");
            yield return new($"crossed_{budget.Ion}", budget.Crossed, "mol m-2", $"what of {budget.Ion} crossed the membrane's left face since the start, positive outward");
        }
    }

    private static IEnumerable<ResultEntry> OfMechanism(MechanismResult mechanism)
    {
        string name = mechanism.Name;
        yield return new($"currentDensity_{name}", mechanism.CurrentDensity, "A m-2", $"current of {name}");
        foreach (IonFlux ion in mechanism.Ions)
        {
            yield return new($"flux_{name}_{ion.Ion}", ion.Flux, "mol m-2 s-1", $"flux of {ion.Ion} by {name}");
            yield return new($"transported_{name}_{ion.Ion}", ion.Moved ?? double.NaN, "mol m-2", $"what of {ion.Ion} {name} moved since the start");
        }
        if (mechanism.Cycles is { } cycles)
            yield return new($"cycles_{name}", cycles, "mol m-2 s-1", $"cycles of {name}");
        if (mechanism.Power is { } power)
            yield return new($"power_{name}", power, "W m-2", $"electrochemical work of {name} on its ions, positive uphill");
        foreach ((string gate, double open) in mechanism.Gates)
            yield return new($"gate_{name}_{gate}", open, "1", $"open fraction of gate {gate} of {name}");
    }
}

/// <summary>A mechanism at the end of a run.</summary>
/// <param name="Name">Name.</param>
/// <param name="Kind">Kind, in the configuration's word: leak, pump, channel, cotransport.</param>
/// <param name="CurrentDensity">Current of all its ions, A/m².</param>
/// <param name="Ions">Each ion that it moves.</param>
/// <param name="Cycles">Cycles of a pump or turns of a cotransport, mol/(m² s); null for what has none.</param>
/// <param name="Power">Electrochemical work on its ions, W/m², positive uphill; null for what is no pump or cotransport.</param>
/// <param name="Gates">Open fraction of each gate.</param>
public sealed record MechanismResult(
    string Name, string Kind, double CurrentDensity, IReadOnlyList<IonFlux> Ions, double? Cycles, double? Power,
    IReadOnlyList<(string Gate, double Open)> Gates);

/// <summary>Flux of one species.</summary>
/// <param name="Ion">Species.</param>
/// <param name="Flux">mol/(m² s).</param>
/// <param name="CurrentDensity">A/m².</param>
/// <param name="Moved">What it moved since the start, mol/m²; null where there is no past.</param>
public sealed record IonFlux(string Ion, double Flux, double CurrentDensity, double? Moved);

/// <summary>What an end holds.</summary>
/// <param name="Side">left or right.</param>
/// <param name="IsReservoir">True where it can fill and empty.</param>
/// <param name="RelativeVolume">Volume over the initial one; 1 for a bath.</param>
/// <param name="Osmolarity">Sum of all concentrations, mol/m³.</param>
/// <param name="Concentration">Each species and its concentration, mol/m³.</param>
public sealed record EndResult(
    string Side, bool IsReservoir, double RelativeVolume, double Osmolarity, IReadOnlyList<(string Ion, double Concentration)> Concentration);

/// <summary>Balance of a species on one side of the membrane's left face.</summary>
/// <param name="Ion">Species.</param>
/// <param name="Where">"left of the membrane" or "in the membrane and right of it".</param>
/// <param name="Change">Change of the amount there since the start, mol/m².</param>
/// <param name="Crossed">What crossed the membrane's left face since the start, outward, by all mechanisms and by diffusion and drift, mol/m².</param>
/// <param name="Residual">What is missing, over the largest amount there.</param>
public sealed record IonBudget(string Ion, string Where, double Change, double Crossed, double Residual);
