using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>Mechanisms and the activity model in words.</summary>
internal static class MechanismText
{
    /// <summary>What it moves, and how much.</summary>
    public static string Describe(Mechanism mechanism, IReadOnlyList<Species> species)
    {
        string Ion(int index) => species[index].Name;
        string text = mechanism switch
        {
            GoldmanLeak leak => $"{Ion(leak.Species)}, permeability {Value(leak.Permeability, "m/s")}",
            OhmicLeak leak => $"{Ion(leak.Species)}, conductance {Value(leak.Conductance, "S/m^2")}, {Reversal(leak.Reversal)}",
            SodiumPotassiumPump pump => $"3 {Ion(pump.Sodium)} out, 2 {Ion(pump.Potassium)} in, {Value(pump.Rate, "mol/m^2/s")}{Saturation(pump)}",
            GatedChannel channel => $"{Ion(channel.Species)}, conductance {Value(channel.Conductance, "S/m^2")}, gates {Gates(channel)}, {Reversal(channel.Reversal)}",
            Cotransporter carrier => $"{string.Join(" + ", carrier.Ions.Select(ion => $"{ion.Count} {Ion(ion.Species)}"))}, {Value(carrier.Rate, "mol/m^2/s")}",
            WaterFlux water => $"hydraulic permeability {Value(water.HydraulicPermeability, "m/s/Pa")}{Burst(water)}",
            _ => throw new ArgumentException($"no words for {mechanism.GetType().Name}", nameof(mechanism)),
        };
        return mechanism.View == MechanismView.Faces ? text + ", at the membrane's faces" : text;
    }

    /// <summary>The word of an activity model in a configuration.</summary>
    public static string Word(ActivityModel activity) => activity.Kind switch
    {
        ActivityKind.DebyeHuckel => "debyeHuckel",
        ActivityKind.Davies => "davies",
        ActivityKind.Bikerman => "bikerman",
        _ => "ideal",
    };

    /// <summary>The activity model with its number.</summary>
    public static string Describe(ActivityModel activity) => activity.Kind == ActivityKind.Bikerman
        ? $"bikerman, solvent of {Quantity.Format(activity.SolventSize, "m")}" : Word(activity);

    private static string Value(Waveform waveform, string unit) => waveform is ConstantWaveform constant
        ? $"{Quantity.Number(constant.Value)} {unit}" : $"{Quantity.Number(waveform.At(0))} {unit} at the start";

    private static string Reversal(Waveform? reversal) => reversal switch
    {
        null => "reversal at the Nernst potential",
        ConstantWaveform constant => $"reversal at {Quantity.Format(constant.Value, "V")}",
        _ => $"reversal at {Quantity.Format(reversal.At(0), "V")} at the start",
    };

    private static string Saturation(SodiumPotassiumPump pump)
    {
        (string Name, double? Half)[] limits = [("sodium", pump.SodiumHalf), ("potassium", pump.PotassiumHalf), ("ATP", pump.AtpHalf)];
        IEnumerable<string> present = limits.Where(limit => limit.Half is not null)
            .Select(limit => $"{limit.Name} {Quantity.Format(limit.Half!.Value, "mol m-3")}");
        string text = string.Join(", ", present);
        return text.Length == 0 ? "" : $", half at {text}";
    }

    private static string Gates(GatedChannel channel)
    {
        string text = string.Join(' ', channel.Gates.Select(gate => gate.Exponent == 1 ? gate.Name : $"{gate.Name}^{gate.Exponent}"));
        return channel.Gates[0].Speed == 1 ? text : $"{text} at {Quantity.Number(channel.Gates[0].Speed)} times their rates";
    }

    private static string Burst(WaterFlux water) =>
        water.BurstRatio is { } ratio ? $", burst at {Quantity.Number(ratio)} times the volume" : "";
}
