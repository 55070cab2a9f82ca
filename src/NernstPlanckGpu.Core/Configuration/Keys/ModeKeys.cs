using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>The mode, and the keys of the modes that need more than a word.</summary>
internal static class ModeKeys
{
    private static readonly IReadOnlyList<(string Word, RunMode Value)> Words =
    [
        ("transient", RunMode.Transient), ("steady", RunMode.Steady), ("iv", RunMode.CurrentVoltage), ("impedance", RunMode.Impedance),
    ];

    private static readonly QuantityForm Potential = new(QuantityKind.Potential, Range.Any);

    private static readonly QuantityForm Frequency = new(QuantityKind.Frequency, Range.Positive);

    private static readonly Key<IReadOnlyList<double>> Voltages = new(new UnionForm<IReadOnlyList<double>>("Voltages", "a series of voltages",
    [
        Alternative<IReadOnlyList<double>>.List(new ListedForm(Potential, 2, SeriesOrder.AscendingOrDescending),
            "Each voltage, at least two, strictly ascending or strictly descending.", "[\"-120 mV\", \"-70 mV\", \"0 mV\"]"),
        Alternative<IReadOnlyList<double>>.Tagged("linspace", new SpacedForm(Potential, isLogarithmic: false), series => series,
            "First, last and number of voltages, at equal intervals.", "[\"-120 mV\", \"60 mV\", 37]"),
    ])
    { DefinitionName = "voltages" })
    {
        Name = "voltages",
        Meaning = "Voltages between the electrodes, left minus right; the left electrode's potential is what is set.",
        Example = "{\"linspace\": [\"-120 mV\", \"60 mV\", 37]}",
    };

    private static readonly Key<CurrentVoltageProtocol> Protocol = new(new WordForm<CurrentVoltageProtocol>(
        [("steady", CurrentVoltageProtocol.Steady), ("step", CurrentVoltageProtocol.Step)]))
    {
        Name = "protocol",
        Meaning = "\"steady\": the current of the steady state at each voltage; \"step\": from the steady state at the potentials of the boundaries the voltage steps at time 0, and the current is taken at /time/end.",
        Example = "\"step\"",
        Default = "\"steady\"",
    };

    private static readonly Key<IReadOnlyList<double>> Frequencies = new(new UnionForm<IReadOnlyList<double>>("Frequencies", "a series of frequencies",
    [
        Alternative<IReadOnlyList<double>>.List(new ListedForm(Frequency, 1, SeriesOrder.Ascending),
            "Each frequency, strictly ascending.", "[\"1 Hz\", \"1 kHz\", \"1 MHz\"]"),
        Alternative<IReadOnlyList<double>>.Tagged("logspace", new SpacedForm(Frequency, isLogarithmic: true), series => series,
            "First, last and number of frequencies, at equal ratios. The ends are frequencies, not exponents.", "[\"10 mHz\", \"1 GHz\", 56]"),
    ])
    { DefinitionName = "frequencies" })
    {
        Name = "frequencies",
        Meaning = "Frequencies, > 0 and strictly ascending.",
        Example = "{\"logspace\": [\"10 mHz\", \"1 GHz\", 56]}",
    };

    public static WordForm<RunMode> Mode { get; } = new(Words);

    public static ObjectForm<CurrentVoltageSettings> CurrentVoltage { get; } = new("Current–voltage curve", "a current–voltage curve",
        [Voltages, Protocol], reader =>
        {
            var (voltages, protocol) = (reader.Get(Voltages), reader.Get(Protocol));
            return reader.IsValid ? new(voltages.Value!, protocol.Value) : null;
        })
    { DefinitionName = "iv" };

    public static ObjectForm<ImpedanceSettings> Impedance { get; } = new("Impedance spectrum", "an impedance spectrum",
        [Frequencies], reader =>
        {
            var frequencies = reader.Get(Frequencies);
            return reader.IsValid ? new(frequencies.Value!) : null;
        })
    { DefinitionName = "impedance" };

    /// <summary>The mode as it is written.</summary>
    public static string Word(RunMode mode) => Words.First(one => one.Value == mode).Word;
}
