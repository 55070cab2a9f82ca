using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Checks that the stack has what its mechanisms need: one membrane with a region on each side, and ions that can be there.</summary>
internal sealed class MechanismChecks(RawConfiguration raw, IReadOnlyList<Mechanism> mechanisms, ReadContext context)
{
    /// <summary>Checks the stack; call it for a stack whose regions are right.</summary>
    public void Check(IReadOnlyList<Species> species, InitialDistribution profile, Boundary? left, Boundary? right, double? end)
    {
        if (mechanisms.Count == 0 || FindMembrane(profile.Regions) is not { } membrane)
            return;
        CheckNames(species);
        RemarkElectrode(species, left, right, "left");
        RemarkElectrode(species, right, left, "right");
        CheckFile(profile, left, right);
        CheckAdmittance(left, right);
        for (var i = 0; i < mechanisms.Count; i++)
        {
            WaveformChecks.Check(Place(i), PrescribedWaveforms.Of(mechanisms[i]), end, context);
            foreach (var ion in mechanisms[i].MovedSpecies)
            {
                CheckEntry(i, species[ion].Name, ion, profile.Regions[membrane - 1]);
                CheckEntry(i, species[ion].Name, ion, profile.Regions[membrane + 1]);
                if (left is null || right is null || !NeedsBothSides(mechanisms[i]))
                    continue;
                CheckPresence(i, species[ion].Name, EndConcentration.AtStart(left, ion, profile, 0), "left");
                CheckPresence(i, species[ion].Name, EndConcentration.AtStart(right, ion, profile, profile.Length), "right");
            }
        }
    }

    /// <summary>Says what mechanisms leave out where the run has activity coefficients.</summary>
    public void RemarkActivity()
    {
        if (mechanisms.Count > 0 && raw.Activity.Value is not (null or { Kind: ActivityKind.Ideal }))
            context.Remarks.Add("mechanisms see concentrations, not activities: an ion that passes both by a leak and by diffusion is at rest at two potentials");
    }

    // Columns and results are named MECHANISM_ION and MECHANISM_GATE.
    private void CheckNames(IReadOnlyList<Species> species)
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < mechanisms.Count; i++)
        {
            var gates = mechanisms[i] is GatedChannel channel ? channel.Gates.Select(gate => gate.Name) : [];
            foreach (var part in mechanisms[i].MovedSpecies.Select(ion => species[ion].Name).Concat(gates).Distinct())
            {
                var name = $"{mechanisms[i].Name}_{part}";
                if (taken.TryAdd(name, i) || mechanisms[taken[name]].Name == mechanisms[i].Name)
                    continue;
                context.Report(Place(i), $"its results and those of \"{mechanisms[taken[name]].Name}\" would both be called \"{name}\"",
                    "write another \"name\" for one of them");
            }
        }
    }

    // An electrode takes up the charge that a reservoir at its side has lost or gained.
    private void RemarkElectrode(IReadOnlyList<Species> species, Boundary? end, Boundary? other, string side)
    {
        if (end?.Electric.Electrode is null || other?.Electric.Electrode is null || !end.Ions.Where((ion, s) => species[s].Valence != 0).All(ion => ion is ReservoirBoundary))
            return;
        context.Remarks.Add($"both ends have electrode potentials, and the {side} one reservoirs, which the current through the membrane charges; "
            + "write baths there, or \"current\" at one end");
    }

    private void CheckAdmittance(Boundary? left, Boundary? right)
    {
        if (raw.Mode.Value != RunMode.Impedance || left is null || right is null || SteadyMethod.HasAdmittance(mechanisms, left, right))
            return;
        context.Report(raw.Mechanisms.Node!, "an impedance with mechanisms is computed only where they see a voltage that is imposed and baths",
            "write \"potential\" and \"bath\" at both ends, no \"waterFlux\", and \"voltage\": \"ends\"; or another \"mode\"");
    }

    // A run file holds profiles and no more.
    private void CheckFile(InitialDistribution profile, Boundary? left, Boundary? right)
    {
        if (profile.IsKnown || raw.Initial.Value?.File is null || left is null || right is null)
            return;
        var lost = mechanisms.Any(mechanism => mechanism is GatedChannel) ? "the gates" : HasReservoir(left) || HasReservoir(right) ? "what reservoirs hold" : null;
        if (lost is not null)
            context.Report(raw.Initial.Node!, $"a run file does not hold {lost}, so a run with these mechanisms cannot go on from it",
                "write { \"steady\": {...} } or \"regions\", or run both parts as one");
    }

    /// <summary>Checks that a steady state to start from has the same fluxes and states.</summary>
    /// <param name="steady">The problem of the steady state.</param>
    /// <param name="overrides">Its overrides.</param>
    public void CheckSameLayout(PnpProblem steady, ConfigurationNode overrides)
    {
        if (!mechanisms.Select(Signature).SequenceEqual(steady.Mechanisms.Select(Signature)))
        {
            context.Report(overrides.Find("mechanisms") ?? overrides, "the mechanisms here are not those of the run in kind, order, ions and gates",
                "write all of /mechanisms in their order, with other numbers only");
        }
    }

    /// <summary>True where an end has a reservoir.</summary>
    public static bool HasReservoir(Boundary end) => end.Ions.Any(ion => ion is ReservoirBoundary);

    private ConfigurationNode Place(int mechanism) => raw.Mechanisms.Value![mechanism].Node!;

    private int? FindMembrane(IReadOnlyList<Region> regions)
    {
        int[] membranes = [.. Enumerable.Range(0, regions.Count).Where(i => regions[i].IsMembrane)];
        if (membranes.Length != 1)
        {
            context.Report(raw.Mechanisms.Node!, membranes.Length == 0 ? "there is no membrane for the mechanisms" : $"there are {membranes.Length} membranes, but mechanisms act on one",
                "write \"membrane\": true in exactly one of the regions");
            return null;
        }

        if (membranes[0] > 0 && membranes[0] < regions.Count - 1)
            return membranes[0];
        context.Report(raw.Regions.Value![membranes[0]].Node!, "a membrane with mechanisms stands at an end of the stack",
            "write a region on each side of it");
        return null;
    }

    private void CheckEntry(int mechanism, string name, int ion, Region neighbour)
    {
        if (neighbour.Impermeable[ion])
        {
            context.Report(Place(mechanism), $"\"{name}\" passes the membrane here, but cannot enter the region \"{neighbour.Name}\" beside it",
                $"take \"{name}\" from \"impermeable\" there, or remove this mechanism");
        }
    }

    private void CheckPresence(int mechanism, string name, double? concentration, string end)
    {
        if (concentration is 0)
        {
            context.Report(Place(mechanism), $"the Nernst potential of \"{name}\" has no value, since there is none of it at the {end} end",
                $"write a concentration of \"{name}\" there{(mechanisms[mechanism] is Cotransporter ? "" : ", or \"reversal\": \"-77 mV\" here")}");
        }
    }

    private static bool NeedsBothSides(Mechanism mechanism) =>
        mechanism is OhmicLeak { Reversal: null } or GatedChannel { Reversal: null } or Cotransporter;

    private static string Signature(Mechanism mechanism)
    {
        var gates = mechanism is GatedChannel channel ? channel.Gates.Select(gate => $"{gate.Name}^{gate.Exponent}") : [];
        return string.Join('/', [mechanism.GetType().Name, .. mechanism.MovedSpecies.Select(ion => $"{ion}"), .. gates]);
    }
}
