using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Mechanisms with their species and names.</summary>
internal sealed class MechanismBuilder(RawConfiguration raw, IReadOnlyList<Species> species, ReadContext context)
{
    /// <summary>All mechanisms in order, or null when one of them is wrong.</summary>
    public IReadOnlyList<Mechanism>? Build()
    {
        if (raw.Mechanisms.Value is not { } list || !raw.Temperature.IsValid || list.Any(item => !item.IsValid))
            return null;
        RawMechanism[] items = [.. list.Select(item => item.Value!)];
        CheckNames(items);
        var names = Names(items);
        var built = items.Select((item, i) => Build(item, names[i])).ToList();
        return built.TrueForAll(one => one is not null) ? [.. built.OfType<Mechanism>()] : null;
    }

    private Mechanism? Build(RawMechanism item, string name)
    {
        var mechanism = item switch
        {
            RawLeak leak => Leak(leak, name),
            RawPump pump => Pump(pump, name),
            RawChannel channel => Channel(channel, name),
            RawCotransport carrier => Cotransport(carrier, name),
            RawWaterFlux water => new WaterFlux
            {
                Name = name,
                HydraulicPermeability = water.Permeability.Value!,
                BurstRatio = water.Burst.IsPresent ? water.Burst.Value : null,
            },
            _ => throw new ArgumentException($"no mechanism {item.GetType().Name}", nameof(item)),
        };
        return mechanism is null ? null : mechanism with { View = item.Head.View.Value };
    }

    private Mechanism? Leak(RawLeak leak, string name)
    {
        var ion = IndexOf(leak.Ion.Value!);
        if (leak.Permeability.Value is { } permeability)
            return new GoldmanLeak { Name = name, Species = ion, Permeability = permeability };
        return IsCharged(leak.Ion, ion, "write \"permeability\" in place of \"conductance\"")
            ? new OhmicLeak { Name = name, Species = ion, Conductance = leak.Conductance.Value!, Reversal = leak.Reversal.Value }
            : null;
    }

    private SodiumPotassiumPump? Pump(RawPump pump, string name)
    {
        var (sodium, potassium) = (IndexOf(pump.Sodium.Value!), IndexOf(pump.Potassium.Value!));
        // Names that are written were checked when they were read; those left out stand for Na and K.
        var found = Find("sodium", pump.Sodium, sodium) & Find("potassium", pump.Potassium, potassium);
        return !found ? null : new()
        {
            Name = name,
            Sodium = sodium,
            Potassium = potassium,
            Rate = pump.Rate.Value!,
            SodiumHalf = pump.SodiumHalf.IsPresent ? pump.SodiumHalf.Value : null,
            PotassiumHalf = pump.PotassiumHalf.IsPresent ? pump.PotassiumHalf.Value : null,
            Atp = pump.Atp.Value,
            AtpHalf = pump.AtpHalf.IsPresent ? pump.AtpHalf.Value : null,
        };

        bool Find(string key, Setting<string> ion, int index)
        {
            if (index < 0)
            {
                context.Report(pump.Head.Node, $"the pump moves \"{ion.Value}\", which is not declared",
                    $"declare it in /species, or write \"{key}\" with the name of another species");
            }

            return index >= 0;
        }
    }

    private GatedChannel? Channel(RawChannel channel, string name)
    {
        var ion = IndexOf(channel.Ion.Value!);
        if (!IsCharged(channel.Ion, ion, "write a leak with a permeability"))
            return null;
        var speed = channel.Q10 == 1 ? 1 : KnownGates.Speed(raw.Temperature.Value, channel.GateTemperature, channel.Q10);
        if (!double.IsFinite(speed) || speed == 0)
        {
            context.Report(channel.Head.Node, "the temperature factor of the gates is out of range", "write a \"q10\" such as 3, and a \"gateTemperature\" near /temperature");
            return null;
        }

        return new()
        {
            Name = name,
            Species = ion,
            Conductance = channel.Conductance.Value!,
            Reversal = channel.Reversal.Value,
            Gates = channel.KnownGates?.Invoke(speed) ?? [.. channel.Gates.Select(gate => gate with { Speed = speed })],
        };
    }

    private Cotransporter Cotransport(RawCotransport carrier, string name) => new()
    {
        Name = name,
        Ions = [.. carrier.Ions.Value!.Named.Select(ion => (IndexOf(ion.Key), (int)ion.Value.Value))],
        Rate = carrier.Rate.Value!,
    };

    private bool IsCharged(Setting<string> ion, int index, string remedy)
    {
        if (species[index].Valence != 0)
            return true;
        context.Report(ion.Node!, $"\"{ion.Value}\" has no charge, so no conductance", remedy);
        return false;
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < species.Count; i++)
        {
            if (species[i].Name == name)
                return i;
        }

        return -1;
    }

    private void CheckNames(IEnumerable<RawMechanism> items)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in items.Select(item => item.Head.Name).Where(name => name.IsPresent && !given.Add(name.Value!)))
            context.Report(name.Node!, $"two mechanisms are called \"{name.Value}\"", "write another name");
    }

    /// <summary>The given names, and for the others kind and ions, with a number where that is taken.</summary>
    private static string[] Names(RawMechanism[] items)
    {
        var taken = items.Where(item => item.Head.Name.IsPresent).Select(item => item.Head.Name.Value!).ToHashSet(StringComparer.Ordinal);
        return [.. items.Select(item => item.Head.Name.IsPresent ? item.Head.Name.Value! : Unique(Default(item)))];

        string Unique(string name)
        {
            var unique = name;
            for (var number = 2; !taken.Add(unique); number++)
                unique = string.Create(CultureInfo.InvariantCulture, $"{name} {number}");
            return unique;
        }
    }

    private static string Default(RawMechanism item) => item switch
    {
        RawLeak leak => $"leak {leak.Ion.Value}",
        RawPump => "pump",
        RawChannel channel => $"channel {channel.Ion.Value}",
        RawCotransport carrier => $"cotransport {string.Join(' ', carrier.Ions.Value!.Named.Keys)}",
        _ => "waterFlux",
    };
}
