using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Species with the numbers of known ions, at the run's temperature.</summary>
internal static class SpeciesBuilder
{
    /// <summary>All species, or null when one of them is wrong.</summary>
    public static IReadOnlyList<Species>? Build(RawConfiguration raw, ReadContext context)
    {
        if (raw.Species.Value is not { } list)
            return null;
        var scale = Scale(raw, context);
        var species = list.Select(item => item.Value is { } one ? Build(one, scale, context) : null).ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var valid = scale is not null;
        foreach (var item in list)
        {
            if (item.Value is not { Name: { IsValid: true, Value: { } name, Node: { } node } } || names.Add(name))
                continue;
            context.Report(node, $"the species \"{name}\" is declared twice", "write another name");
            valid = false;
        }

        Remark(raw, species, context);
        return valid && species.TrueForAll(one => one is not null) ? [.. species.OfType<Species>()] : null;
    }

    private static Species? Build(RawSpecies raw, double? scale, ReadContext context)
    {
        if (!raw.Name.IsValid)
            return null;
        var name = raw.Name.Value!;
        KnownIons.TryFind(name, out var ion);
        var valence = Number(raw, raw.Valence, ion?.Valence, "valence", "1", context);
        var diffusivity = Number(raw, raw.Diffusivity, ion?.Diffusivity * scale, "diffusivity", "\"1e-9 m^2/s\"", context, ion is not null);
        if (valence is null || diffusivity is null || !raw.Size.IsValid)
            return null;
        return new(name, valence.Value, diffusivity.Value, raw.Size.IsPresent ? raw.Size.Value : ion?.Size);
    }

    private static double? Number(
        RawSpecies raw, Setting<double> setting, double? known, string key, string example, ReadContext context, bool isKnown = false)
    {
        if (setting.IsPresent)
            return setting.IsValid ? setting.Value : null;
        if (known is not null || isKnown)
            return known;
        context.Report(raw.Node, $"the key \"{key}\" is missing: \"{raw.Name.Value}\" is not a known ion", $"write \"{key}\": {example}, or a known ion's name{Near(raw)}");
        return null;
    }

    private static string Near(RawSpecies raw) =>
        Json.Suggestion.Closest(raw.Name.Value!, KnownIons.All.Select(ion => ion.Name)) is { } closest ? $" (\"{closest}\"?)" : "";

    /// <summary>Factor on the known diffusivities; null when it cannot be told.</summary>
    private static double? Scale(RawConfiguration raw, ReadContext context)
    {
        if (!raw.Scaling.IsValid || !raw.Temperature.IsValid)
            return null;
        if (raw.Scaling.Value == DiffusivityScaling.None)
            return 1;
        if (WaterProperties.Covers(raw.Temperature.Value))
            return WaterProperties.StokesEinsteinFactor(KnownIons.ReferenceTemperature, raw.Temperature.Value);
        context.Report(raw.Scaling.Node!, "stokesEinstein needs the viscosity of water, which is known here from 0 to 100 degC",
            "write a temperature in that range, or give the diffusivities and remove this key");
        return null;
    }

    private static void Remark(RawConfiguration raw, List<Species?> species, ReadContext context)
    {
        if (!raw.Temperature.IsValid || Math.Abs(raw.Temperature.Value - KnownIons.ReferenceTemperature) < 0.01)
            return;
        var names = species.OfType<Species>()
            .Where(one => KnownIons.TryFind(one.Name, out var ion) && one.Diffusivity > 0 && one.Diffusivity == ion.Diffusivity)
            .Select(one => one.Name).ToList();
        if (names.Count == 0)
            return;
        var celsius = (raw.Temperature.Value - Units.PhysicalConstants.ZeroCelsius).ToString("0.##", CultureInfo.InvariantCulture);
        context.Remarks.Add($"the diffusivities of {string.Join(", ", names)} are those of 25 degC, the run is at {celsius} degC; "
            + "\"diffusivityScaling\": \"stokesEinstein\" moves those that come with the ion's name to the temperature");
    }
}
