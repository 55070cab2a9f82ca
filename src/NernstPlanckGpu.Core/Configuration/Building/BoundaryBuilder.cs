using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>An end with its conditions per species.</summary>
internal static class BoundaryBuilder
{
    /// <summary>The end, or null when something of it is wrong.</summary>
    /// <param name="setting">The end as it is written.</param>
    /// <param name="end">The region at this end; null when it is wrong.</param>
    /// <param name="species">Names.</param>
    /// <param name="context">Receives errors.</param>
    public static Boundary? Build(Setting<RawBoundary> setting, Region? end, IReadOnlyList<string> species, ReadContext context) =>
        context.Build(setting, new Reference(end), () => End(setting, end, species, context));

    private static Boundary? End(Setting<RawBoundary> setting, Region? end, IReadOnlyList<string> species, ReadContext context)
    {
        if (setting.Value is not { } raw || raw.Ions.Value is not { } map)
            return null;
        var ions = species.Select((name, i) => Ion(raw, map, name, i, end, context)).ToList();
        return raw.Electric.IsValid && end is not null && ions.TrueForAll(ion => ion is not null)
            && map.Named.Values.All(one => one.IsValid)
            ? new(raw.Electric.Value!, [.. ions.OfType<IonBoundary>()])
            : null;
    }

    private static IonBoundary? Ion(RawBoundary raw, SpeciesMap<RawIon> map, string name, int index, Region? end, ReadContext context)
    {
        if (map.For(name) is not { } setting)
        {
            context.Report(raw.Ions.Node!, $"the species \"{name}\" has no condition here",
                $"write \"{name}\": \"bath\", or \"default\": \"bath\" for all others");
            return null;
        }

        if (!setting.IsValid || end is null)
            return null;
        if (end.Impermeable[index] && setting.Value is not RawBlocked)
        {
            context.Report(setting.Node!, $"\"{name}\" cannot enter the region \"{end.Name}\" at this end, so nothing of it can pass",
                $"write \"{name}\": \"blocked\"");
            return null;
        }

        var concentration = end.Concentration?[index] ?? 0;
        return setting.Value switch
        {
            RawBath bath => new BathBoundary(bath.Concentration ?? new ConstantWaveform(concentration)),
            RawFlux flux => new FluxBoundary(flux.Flux),
            RawReservoir reservoir => new ReservoirBoundary(reservoir.Depth, reservoir.Concentration ?? concentration),
            _ => new BlockedBoundary(),
        };
    }
}
