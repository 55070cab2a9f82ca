using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Species with the numbers of known ions, at the run's temperature.</summary>
internal static class SpeciesBuilder
{
    /// <summary>All species, or null when one of them is wrong.</summary>
    public static IReadOnlyList<Species>? Build(RawConfiguration raw, ReadContext context) =>
        context.Build(raw.Species, (raw.Temperature.Value, raw.Scaling.Value), () => All(raw, context));

    private static IReadOnlyList<Species>? All(RawConfiguration raw, ReadContext context)
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
        if (!KnownIons.TryFind(name, out var ion) && !IsComplete(raw, context))
            return null;
        if (raw is { Valence.IsValid: false } or { Diffusivity.IsValid: false } or { Size.IsValid: false })
            return null;
        var valence = raw.Valence.IsPresent ? raw.Valence.Value : ion!.Valence;
        var diffusivity = raw.Diffusivity.IsPresent ? raw.Diffusivity.Value : ion!.Diffusivity * (scale ?? 1);
        return new(name, valence, diffusivity, raw.Size.IsPresent ? raw.Size.Value : ion?.Size);
    }

    /// <summary>An ion that is not known needs its numbers.</summary>
    private static bool IsComplete(RawSpecies raw, ReadContext context)
    {
        List<string> missing = [];
        if (!raw.Valence.IsPresent)
            missing.Add("\"valence\": 1");
        if (!raw.Diffusivity.IsPresent)
            missing.Add("\"diffusivity\": \"1e-9 m^2/s\"");
        if (missing.Count == 0)
            return true;
        context.Report(raw.Node, $"\"{raw.Name.Value}\" is not a known ion, and its {(missing.Count == 2 ? "valence and diffusivity are" : missing[0].Contains("val", StringComparison.Ordinal) ? "valence is" : "diffusivity is")} missing",
            $"write {string.Join(", ", missing)}, or a known ion's name{Near(raw)}");
        return false;
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
