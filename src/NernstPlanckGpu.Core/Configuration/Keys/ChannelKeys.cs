using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Model;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>The gates of a channel as they are written: a known set, by its temperature factor, or a list.</summary>
internal sealed record RawGates(Func<double, IReadOnlyList<Gate>>? Known, IReadOnlyList<Setting<Gate>>? Own);

internal sealed record RawChannel(MechanismHead Head, Setting<string> Ion, Setting<Waveform> Conductance, Setting<Waveform> Reversal,
    IReadOnlyList<Gate> Gates, Func<double, IReadOnlyList<Gate>>? KnownGates, double Q10, double GateTemperature) : RawMechanism(Head);

/// <summary>Keys of a voltage-gated channel.</summary>
internal static class ChannelKeys
{
    private const long MostLikeGates = 16;

    private static readonly Key<double> Rate = new(Quantities.Rate)
    {
        Name = "rate",
        Meaning = "Rate: of \"exponential\" and \"linoid\" at the midpoint, of \"sigmoid\" the largest.",
        Example = "\"0.1 1/ms\"",
    };

    private static readonly Key<double> Midpoint = new(Quantities.Potential)
    {
        Name = "midpoint",
        Meaning = "Voltage at the midpoint, inside minus outside.",
        Example = "\"-40 mV\"",
    };

    private static readonly Key<double> Scale = new(Quantities.Potential)
    {
        Name = "scale",
        Meaning = "Voltage over which the rate changes; not 0, negative for a rate that falls with the voltage.",
        Example = "\"10 mV\"",
    };

    private static readonly UnionForm<GateRate> RateForm = new("Rate of a gate", "a rate of a gate",
    [
        Of("exponential", GateRateForm.Exponential, "rate · e^x with x = (V − midpoint)/scale."),
        Of("sigmoid", GateRateForm.Sigmoid, "rate/(1 + e^(−x))."),
        Of("linoid", GateRateForm.Linoid, "rate · x/(1 − e^(−x))."),
    ])
    { DefinitionName = "gateRate" };

    private static readonly Key<string> GateName = new(new TextForm(PlainName.Check))
    {
        Name = "name",
        Meaning = "Name, unique in the channel; heads its trace.",
        Example = "\"m\"",
    };

    private static readonly Key<long> Exponent = new(new IntegerForm(1, MostLikeGates), 1)
    {
        Name = "exponent",
        Meaning = "Number of like gates in a channel.",
        Example = "3",
        Default = "1",
    };

    private static readonly Key<GateRate> Opening = new(RateForm)
    {
        Name = "opening",
        Meaning = "Rate at which closed gates open.",
        Example = "{\"linoid\": {\"rate\": \"1 1/ms\", \"midpoint\": \"-40 mV\", \"scale\": \"10 mV\"}}",
    };

    private static readonly Key<GateRate> Closing = new(RateForm)
    {
        Name = "closing",
        Meaning = "Rate at which open gates close.",
        Example = "{\"exponential\": {\"rate\": \"4 1/ms\", \"midpoint\": \"-65 mV\", \"scale\": \"-18 mV\"}}",
    };

    private static readonly Key<double> InitialOpen = new(new NumberForm(new Range(0, 1)))
    {
        Name = "initial",
        Meaning = "Open fraction at the start.",
        Example = "0.05",
        Default = "at rest at the initial voltage",
    };

    private static readonly ObjectForm<Gate> GateForm = new("Gate", "a gate", [GateName, Exponent, Opening, Closing, InitialOpen], BuildGate)
    { DefinitionName = "gate" };

    private static readonly UnionForm<RawGates> GatesForm = new("Gates", "gates",
    [
        Alternative<RawGates>.Word("hodgkinHuxleySodium", new(KnownGates.Sodium, null), "m³ h of the squid's axon (Hodgkin and Huxley 1952)."),
        Alternative<RawGates>.Word("hodgkinHuxleyPotassium", new(KnownGates.Potassium, null), "n⁴ of the squid's axon (Hodgkin and Huxley 1952)."),
        Alternative<RawGates>.List(new ListForm<Gate>(GateForm, 1), list => new RawGates(null, list), "Own gates.",
            "[{\"name\": \"n\", \"exponent\": 4, \"opening\": {\"linoid\": {\"rate\": \"0.1 1/ms\", \"midpoint\": \"-55 mV\", \"scale\": \"10 mV\"}}, "
            + "\"closing\": {\"exponential\": {\"rate\": \"0.125 1/ms\", \"midpoint\": \"-65 mV\", \"scale\": \"-80 mV\"}}}]"),
    ])
    { DefinitionName = "gates" };

    private static readonly Key<Waveform> Conductance = new(WaveformForms.Conductance)
    {
        Name = "conductance",
        Meaning = "Conductance with all gates open.",
        Example = "\"120 mS/cm^2\"",
    };

    private static readonly Key<RawGates> Gates = new(GatesForm)
    {
        Name = "gates",
        Meaning = "Gates of the channel: a known set, or a list.",
        Example = "\"hodgkinHuxleySodium\"",
    };

    private static readonly Key<double> Q10 = new(new NumberForm(Range.Positive))
    {
        Name = "q10",
        Meaning = "Factor on all rates of the gates for 10 K more.",
        Example = "3",
        Default = "3; 1 for own gates without gateTemperature",
    };

    private static readonly Key<double> GateTemperature = new(Quantities.Temperature)
    {
        Name = "gateTemperature",
        Meaning = "Temperature at which the rates of the gates hold.",
        Example = "\"6.3 degC\"",
        Default = "6.3 degC for known gates; required for own gates with a q10 other than 1",
    };

    public static ObjectForm<RawMechanism> Form { get; } = new("Mechanism: channel", "a channel",
        [MechanismKeys.Ion, Conductance, MechanismKeys.Reversal, Gates, Q10, GateTemperature, MechanismKeys.Name, MechanismKeys.View], Build);

    private static Alternative<GateRate> Of(string word, GateRateForm form, string meaning)
    {
        var keys = new ObjectForm<GateRate>("Keys of a rate", "a rate", [Rate, Midpoint, Scale], reader =>
        {
            var (rate, midpoint, scale) = (reader.Get(Rate), reader.Get(Midpoint), reader.Get(Scale));
            if (!reader.IsValid)
                return null;
            return scale.Value == 0
                ? reader.Fail<GateRate>(scale.Node, "the scale is 0", "write a scale such as \"10 mV\", or \"-10 mV\" for a rate that falls with the voltage")
                : new(form, rate.Value, midpoint.Value, scale.Value);
        });
        return Alternative<GateRate>.Tagged(word, keys, rate => rate, meaning, "{\"rate\": \"0.1 1/ms\", \"midpoint\": \"-40 mV\", \"scale\": \"10 mV\"}");
    }

    private static Gate? BuildGate(ObjectReader reader)
    {
        var (name, exponent, initial) = (reader.Get(GateName), reader.Get(Exponent), reader.Get(InitialOpen));
        var (opening, closing) = (reader.Get(Opening), reader.Get(Closing));
        if (!reader.IsValid)
            return null;
        return opening.Value!.Rate == 0 && closing.Value!.Rate == 0
            ? reader.Fail<Gate>(null, "the gate neither opens nor closes", "write a rate > 0 in \"opening\" or \"closing\"")
            : new(name.Value!, (int)exponent.Value, opening.Value, closing.Value!, Initial: initial.IsPresent ? initial.Value : null);
    }

    private static RawChannel? Build(ObjectReader reader)
    {
        var (head, ion) = (MechanismKeys.Head(reader), reader.Get(MechanismKeys.Ion));
        var (conductance, reversal, gates) = (reader.Get(Conductance), reader.Get(MechanismKeys.Reversal), reader.Get(Gates));
        var (q10, temperature) = (reader.Get(Q10), reader.Get(GateTemperature));
        if (!reader.IsValid || gates.Value!.Own?.Any(gate => !gate.IsValid) == true)
            return null;
        var isKnown = gates.Value.Known is not null;
        if (!isKnown && q10 is { IsPresent: true, Value: not 1 } && !temperature.IsPresent)
        {
            return reader.Fail<RawChannel>(q10.Node, "the temperature at which the gates' rates hold is missing",
                "write \"gateTemperature\": \"6.3 degC\" beside it, or remove it");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        if (gates.Value.Own?.FirstOrDefault(gate => !names.Add(gate.Value!.Name)) is { Node: { } twice, Value: { } second })
            return reader.Fail<RawChannel>(twice.Find(GateName.Name), $"the gate \"{second.Name}\" is declared twice", "write another name");
        var factor = q10.IsPresent ? q10.Value : isKnown || temperature.IsPresent ? KnownGates.TemperatureFactor : 1;
        var reference = temperature.IsPresent ? temperature.Value : KnownGates.ReferenceTemperature;
        return new(head, ion, conductance, reversal, [.. (gates.Value.Own ?? []).Select(gate => gate.Value!)], gates.Value.Known, factor, reference);
    }
}
