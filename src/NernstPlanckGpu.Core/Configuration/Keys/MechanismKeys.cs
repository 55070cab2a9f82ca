using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Model;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>What every mechanism has, as it is written.</summary>
/// <param name="Node">The mechanism without the key that says its kind.</param>
/// <param name="Name">Name.</param>
/// <param name="View">What it sees.</param>
internal sealed record MechanismHead(ConfigurationNode Node, Setting<string> Name, Setting<MechanismView> View);

/// <summary>A mechanism as it is written; each value is right by itself.</summary>
internal abstract record RawMechanism(MechanismHead Head);

internal sealed record RawLeak(MechanismHead Head, Setting<string> Ion, Setting<Waveform> Permeability, Setting<Waveform> Conductance,
    Setting<Waveform> Reversal) : RawMechanism(Head);

internal sealed record RawPump(MechanismHead Head, Setting<string> Sodium, Setting<string> Potassium, Setting<Waveform> Rate,
    Setting<double> SodiumHalf, Setting<double> PotassiumHalf, Setting<Waveform> Atp, Setting<double> AtpHalf) : RawMechanism(Head);

internal sealed record RawCotransport(MechanismHead Head, Setting<SpeciesMap<long>> Ions, Setting<Waveform> Rate) : RawMechanism(Head);

internal sealed record RawWaterFlux(MechanismHead Head, Setting<Waveform> Permeability, Setting<double> Burst) : RawMechanism(Head);

/// <summary>Keys of the mechanisms.</summary>
internal static class MechanismKeys
{
    public static readonly Key<string> Name = new(new TextForm(PlainName.Check))
    {
        Name = "name",
        Meaning = "Name, unique; heads its traces.",
        Example = "\"leak K\"",
        Default = "kind and ions, with a number where that is not unique",
    };

    public static readonly Key<MechanismView> View = new(new WordForm<MechanismView>(
        [("ends", MechanismView.Ends), ("faces", MechanismView.Faces)]))
    {
        Name = "voltage",
        Meaning = "Which voltage and concentrations it sees: those of the two ends of the stack (\"ends\"), or of the two cells beside the membrane, within the Debye layers (\"faces\").",
        Example = "\"faces\"",
        Default = "\"ends\"",
    };

    public static readonly Key<string> Ion = new(new SpeciesNameForm())
    {
        Name = "ion",
        Meaning = "Species that passes.",
        Example = "\"K\"",
    };

    public static readonly Key<Waveform> Reversal = new(WaveformForms.Potential)
    {
        Name = "reversal",
        Meaning = "Reversal potential of the conductance.",
        Example = "\"-77 mV\"",
        Default = "the Nernst potential of the concentrations that it sees",
    };

    private static readonly Key<Waveform> Permeability = new(WaveformForms.Permeability)
    {
        Name = "permeability",
        Meaning = "Permeability of the constant-field flux (Goldman, Hodgkin, Katz); this or conductance.",
        Example = "\"1e-8 m/s\"",
        Default = "required without conductance",
    };

    private static readonly Key<Waveform> LeakConductance = new(WaveformForms.Conductance)
    {
        Name = "conductance",
        Meaning = "Conductance of a current linear in the voltage; this or permeability.",
        Example = "\"3 S/m^2\"",
        Default = "required without permeability",
    };

    private static readonly Key<string> Sodium = new(new SpeciesNameForm(), "Na")
    {
        Name = "sodium",
        Meaning = "Species that leaves, 3 per cycle.",
        Example = "\"Na\"",
        Default = "\"Na\"",
    };

    private static readonly Key<string> Potassium = new(new SpeciesNameForm(), "K")
    {
        Name = "potassium",
        Meaning = "Species that enters, 2 per cycle.",
        Example = "\"K\"",
        Default = "\"K\"",
    };

    private static readonly Key<Waveform> Rate = new(WaveformForms.Turnover)
    {
        Name = "rate",
        Meaning = "Cycles per area and time at saturation.",
        Example = "\"1e-7 mol/m^2/s\"",
    };

    private static readonly Key<double> SodiumHalf = new(Quantities.PositiveConcentration)
    {
        Name = "sodiumHalf",
        Meaning = "Sodium inside at half occupation of a site: factor (c/(c + half))³.",
        Example = "\"10 mM\"",
        Default = "no dependence on sodium",
    };

    private static readonly Key<double> PotassiumHalf = new(Quantities.PositiveConcentration)
    {
        Name = "potassiumHalf",
        Meaning = "Potassium outside at half occupation of a site: factor (c/(c + half))².",
        Example = "\"1.5 mM\"",
        Default = "no dependence on potassium",
    };

    private static readonly Key<Waveform> Atp = new(WaveformForms.Concentration)
    {
        Name = "atp",
        Meaning = "ATP inside: factor atp/(atp + atpHalf). With atpHalf.",
        Example = "\"2 mM\"",
        Default = "no dependence on ATP",
    };

    private static readonly Key<double> AtpHalf = new(Quantities.PositiveConcentration)
    {
        Name = "atpHalf",
        Meaning = "ATP at half speed. With atp.",
        Example = "\"0.5 mM\"",
        Default = "no dependence on ATP",
    };

    private static readonly Key<SpeciesMap<long>> Ions = new(new SpeciesMapForm<long>(new IntegerForm(-9, 9), allowDefault: false) { Example = "1" })
    {
        Name = "ions",
        Meaning = "How many of each ion pass in a turn, at least two ions; negative for the other way.",
        Example = "{\"K\": 1, \"Cl\": 1}",
    };

    private static readonly Key<Waveform> CarrierRate = new(WaveformForms.Turnover)
    {
        Name = "rate",
        Meaning = "Turns per area and time for a gradient of RT.",
        Example = "\"1e-8 mol/m^2/s\"",
    };

    private static readonly Key<Waveform> HydraulicPermeability = new(WaveformForms.HydraulicPermeability)
    {
        Name = "hydraulicPermeability",
        Meaning = "Volume of water per area, time and osmotic pressure.",
        Example = "\"1e-13 m/s/Pa\"",
    };

    private static readonly Key<double> Burst = new(new NumberForm(new Range(1, OpenAtMinimum: true)))
    {
        Name = "burst",
        Meaning = "Volume of the reservoir at the left, over its initial one, at which the cell bursts and the run ends.",
        Example = "2",
        Default = "never",
    };

    private static readonly ObjectForm<RawMechanism> Leak = new("Mechanism: leak", "a leak",
        [Ion, Permeability, LeakConductance, Reversal, Name, View], BuildLeak);

    private static readonly ObjectForm<RawMechanism> Pump = new("Mechanism: pump", "a pump",
        [Sodium, Potassium, Rate, SodiumHalf, PotassiumHalf, Atp, AtpHalf, Name, View], BuildPump);

    private static readonly ObjectForm<RawMechanism> Cotransport = new("Mechanism: cotransport", "a cotransporter",
        [Ions, CarrierRate, Name, View], BuildCotransport);

    private static readonly ObjectForm<RawMechanism> Water = new("Mechanism: waterFlux", "a water flux",
        [HydraulicPermeability, Burst, Name, View], BuildWater);

    /// <summary>A mechanism.</summary>
    public static UnionForm<RawMechanism> Form { get; } = new("Mechanism", "a mechanism",
    [
        Tagged("leak", Leak, "A pore that is always open.", "{\"ion\": \"K\", \"permeability\": \"1e-8 m/s\"}"),
        Tagged("pump", Pump, "The Na/K-ATPase: 3 sodium out for 2 potassium in.", "{\"rate\": \"1e-7 mol/m^2/s\", \"sodiumHalf\": \"10 mM\"}"),
        Tagged("channel", ChannelKeys.Form, "A voltage-gated channel after Hodgkin and Huxley.",
            "{\"ion\": \"K\", \"conductance\": \"36 mS/cm^2\", \"gates\": \"hodgkinHuxleyPotassium\"}"),
        Tagged("cotransport", Cotransport, "A carrier that moves several ions together (KCC2).",
            "{\"ions\": {\"K\": 1, \"Cl\": 1}, \"rate\": \"1e-8 mol/m^2/s\"}"),
        Tagged("waterFlux", Water, "Osmosis: water follows the difference of all concentrations and changes the reservoirs' volumes.",
            "{\"hydraulicPermeability\": \"1e-13 m/s/Pa\", \"burst\": 2}"),
    ])
    { DefinitionName = "mechanism" };

    /// <summary>All mechanisms.</summary>
    public static ListForm<RawMechanism> List { get; } = new(Form);

    /// <summary>What every mechanism has.</summary>
    public static MechanismHead Head(ObjectReader reader) => new(reader.Node, reader.Get(Name), reader.Get(View));

    private static Alternative<RawMechanism> Tagged(string tag, Form<RawMechanism> form, string meaning, string example) =>
        Alternative<RawMechanism>.Tagged(tag, form, mechanism => mechanism, meaning, example);

    private static RawLeak? BuildLeak(ObjectReader reader)
    {
        var (head, ion, reversal) = (Head(reader), reader.Get(Ion), reader.Get(Reversal));
        var (permeability, conductance) = (reader.Get(Permeability), reader.Get(LeakConductance));
        if (!reader.IsValid)
            return null;
        if (permeability.IsPresent == conductance.IsPresent)
        {
            return reader.Fail<RawLeak>(null, permeability.IsPresent ? "the leak has a permeability and a conductance" : "the leak has no size",
                "write either \"permeability\": \"1e-8 m/s\" or \"conductance\": \"3 S/m^2\"");
        }

        return permeability.IsPresent && reversal.IsPresent
            ? reader.Fail<RawLeak>(reversal.Node, "a permeability has its reversal potential from the concentrations",
                "remove \"reversal\", or write a \"conductance\" in place of the permeability")
            : new(head, ion, permeability, conductance, reversal);
    }

    private static RawPump? BuildPump(ObjectReader reader)
    {
        var (head, sodium, potassium, rate) = (Head(reader), reader.Get(Sodium), reader.Get(Potassium), reader.Get(Rate));
        var (sodiumHalf, potassiumHalf) = (reader.Get(SodiumHalf), reader.Get(PotassiumHalf));
        var (atp, atpHalf) = (reader.Get(Atp), reader.Get(AtpHalf));
        if (!reader.IsValid)
            return null;
        if (atp.IsPresent != atpHalf.IsPresent)
        {
            return reader.Fail<RawPump>(atp.Node ?? atpHalf.Node, $"\"{(atp.IsPresent ? "atp" : "atpHalf")}\" stands without \"{(atp.IsPresent ? "atpHalf" : "atp")}\"",
                atp.IsPresent ? "write \"atpHalf\": \"0.5 mM\" beside it, or remove it" : "write \"atp\": \"2 mM\" beside it, or remove it");
        }

        return sodium.Value == potassium.Value
            ? reader.Fail<RawPump>(sodium.Node ?? potassium.Node, $"both ions of the pump are \"{sodium.Value}\"", "write two species")
            : new(head, sodium, potassium, rate, sodiumHalf, potassiumHalf, atp, atpHalf);
    }

    private static RawCotransport? BuildCotransport(ObjectReader reader)
    {
        var (head, ions, rate) = (Head(reader), reader.Get(Ions), reader.Get(CarrierRate));
        if (!reader.IsValid || ions.Value!.Named.Values.Any(one => !one.IsValid))
            return null;
        var named = ions.Value.Named;
        if (named.Values.FirstOrDefault(one => one.Value == 0) is { IsPresent: true } none)
            return reader.Fail<RawCotransport>(none.Node, "none of this ion would pass", "write how many pass, or remove the ion");
        return named.Count == ions.Node!.Members.Count && named.Count < 2
            ? reader.Fail<RawCotransport>(ions.Node, "a cotransporter moves at least two ions together",
                "write { \"K\": 1, \"Cl\": 1 }; a leak moves one")
            : new(head, ions, rate);
    }

    private static RawWaterFlux? BuildWater(ObjectReader reader)
    {
        var (head, permeability, burst) = (Head(reader), reader.Get(HydraulicPermeability), reader.Get(Burst));
        if (!reader.IsValid)
            return null;
        return head.View.Value == MechanismView.Faces
            ? reader.Fail<RawWaterFlux>(head.View.Node, "osmosis sees the two ends of the stack", "write \"ends\", or remove this key")
            : new(head, permeability, burst);
    }
}
