using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Regions with values per species.</summary>
internal sealed class RegionBuilder(RawConfiguration raw, IReadOnlyList<string> species, ReadContext context)
{
    /// <summary>All regions in order; null in the place of a wrong one.</summary>
    public IReadOnlyList<Region?>? Build()
    {
        if (raw.Regions.Value is not { } list)
            return null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (item.Value is { Name: { IsValid: true, Value: { } name, Node: { } node } } && !names.Add(name))
                context.Report(node, $"the region \"{name}\" is declared twice", "write another name");
        }

        return [.. list.Select(item => item.Value is { } one ? Recall(item, one) : null)];
    }

    private Region? Recall(Setting<RawRegion> setting, RawRegion region)
    {
        var temperature = region.Permittivity.Value is { Value: null } ? raw.Temperature.Value : 0;
        return context.Build(setting, (new Reference(raw.Grid.Value), temperature), () => Build(region));
    }

    private Region? Build(RawRegion region)
    {
        var permittivity = Permittivity(region);
        var impermeable = Impermeable(region);
        var concentration = Concentration(region, impermeable);
        var factor = Values(region.DiffusivityFactor, 1);
        var barrier = Values(region.Barrier, 0);
        var grid = region.Grid.IsPresent ? region.Grid : raw.Grid;
        CheckGrid(region, grid);
        var complete = region is
        {
            Name.IsValid: true, Length.IsValid: true, FixedCharge.IsValid: true, Membrane.IsValid: true,
            Concentration.IsValid: true
        }
            && grid.IsValid && (concentration is not null || !region.Concentration.IsPresent);
        if (!complete || permittivity is null || impermeable is null || factor is null || barrier is null)
            return null;
        return new()
        {
            Name = region.Name.Value!,
            Length = region.Length.Value,
            Permittivity = permittivity.Value,
            Concentration = concentration,
            FixedCharge = region.FixedCharge.Value,
            IsMembrane = region.Membrane.Value,
            Impermeable = impermeable,
            DiffusivityFactor = factor,
            Barrier = barrier,
            Grid = grid.Value,
        };
    }

    private double? Permittivity(RawRegion region)
    {
        if (region.Permittivity is not { IsValid: true, Value: { } permittivity, Node: { } node })
            return null;
        if (permittivity.Value is { } value)
            return value;
        if (!raw.Temperature.IsValid)
            return null;
        if (WaterProperties.Covers(raw.Temperature.Value))
            return WaterProperties.Permittivity(raw.Temperature.Value);
        context.Report(node, "the permittivity of water is known here from 0 to 100 degC",
            "write a number, or a temperature in that range");
        return null;
    }

    private bool[]? Impermeable(RawRegion region)
    {
        var result = new bool[species.Count];
        if (!region.Impermeable.IsPresent)
            return result;
        if (region.Impermeable.Value is not { } list)
            return null;
        var valid = true;
        foreach (var item in list)
        {
            var index = item.IsValid ? IndexOf(item.Value!) : -1;
            if (index >= 0)
                result[index] = true;
            else if (item is { IsValid: true, Node: { } node })
                context.Report(node, $"the species \"{item.Value}\" is not declared", Suggestion.SpeciesRemedy(item.Value!, [.. species]));
            valid &= index >= 0;
        }

        return valid ? result : null;
    }

    private double[]? Concentration(RawRegion region, bool[]? impermeable)
    {
        if (!region.Concentration.IsPresent || Values(region.Concentration, 0) is not { } values)
            return null;
        var valid = true;
        for (var i = 0; impermeable is not null && i < values.Length; i++)
        {
            if (!impermeable[i] || values[i] == 0)
                continue;
            var node = region.Concentration.Value!.Named[species[i]].Node!;
            context.Report(node, $"\"{species[i]}\" cannot enter this region, but has a concentration in it",
                "write 0, or take it from \"impermeable\"");
            valid = false;
        }

        return valid ? values : null;
    }

    /// <summary>One value per species; null when one is wrong.</summary>
    private double[]? Values(Setting<SpeciesMap<double>> setting, double missing)
    {
        if (!setting.IsPresent)
            return setting.IsValid ? [.. species.Select(_ => missing)] : null;
        if (setting.Value is not { } map || map.Default is { IsValid: false } || map.Named.Values.Any(one => !one.IsValid))
            return null;
        return [.. species.Select(name => map.For(name)?.Value ?? missing)];
    }

    private void CheckGrid(RawRegion region, Setting<RegionGrid> grid)
    {
        if (grid is not { IsValid: true, Value: { FirstCell: { } first } value, Node: { } node } || !region.Length.IsValid)
            return;
        var length = region.Length.Value;
        var smallest = first * (value.Cells ?? 1);
        if (smallest <= length * (1 + 1e-9))
            return;
        var name = region.Name.Value;
        context.Report(node.Find("firstCell") ?? node, value.Cells is { } cells
            ? $"{cells} cells of {first:0.###e+0} m or more do not fit into the region \"{name}\" of {length:0.###e+0} m"
            : $"the first cell is longer than the region \"{name}\" of {length:0.###e+0} m", "write a smaller firstCell");
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < species.Count; i++)
        {
            if (species[i] == name)
                return i;
        }

        return -1;
    }
}
