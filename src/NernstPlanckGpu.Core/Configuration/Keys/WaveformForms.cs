using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>A number, or a waveform in its place; one set of forms per kind of quantity.</summary>
internal sealed class WaveformForms
{
    private readonly QuantityForm quantity;
    private readonly string low;
    private readonly string high;

    private WaveformForms(QuantityKind kind, Range range)
    {
        quantity = new(kind, range);
        (low, high) = ($"\"{kind.Examples[0]}\"", $"\"{kind.Examples[1]}\"");
    }

    public static UnionForm<Waveform> Potential { get; } = Create(QuantityKind.Potential, Range.Any, "potentialWaveform");

    public static UnionForm<Waveform> SurfaceCharge { get; } = Create(QuantityKind.SurfaceCharge, Range.Any, "surfaceChargeWaveform");

    public static UnionForm<Waveform> Current { get; } = Create(QuantityKind.CurrentDensity, Range.Any, "currentWaveform");

    public static UnionForm<Waveform> Concentration { get; } = Create(QuantityKind.Concentration, Range.NonNegative,
        "concentrationWaveform");

    public static UnionForm<Waveform> Flux { get; } = Create(QuantityKind.Flux, Range.Any, "fluxWaveform");

    public static UnionForm<Waveform> Permeability { get; } = Create(QuantityKind.Permeability, Range.NonNegative, "permeabilityWaveform");

    public static UnionForm<Waveform> Conductance { get; } = Create(QuantityKind.Conductance, Range.NonNegative, "conductanceWaveform");

    /// <summary>Turns of a pump or carrier.</summary>
    public static UnionForm<Waveform> Turnover { get; } = Create(QuantityKind.Flux, Range.NonNegative, "turnoverWaveform");

    public static UnionForm<Waveform> HydraulicPermeability { get; } = Create(QuantityKind.HydraulicPermeability, Range.NonNegative,
        "hydraulicPermeabilityWaveform");

    private static UnionForm<Waveform> Create(QuantityKind kind, Range range, string definitionName)
    {
        var forms = new WaveformForms(kind, range);
        return new($"Waveform: {kind.Name}", $"{kind.WithArticle} or a waveform",
        [
            Alternative<Waveform>.Scalar(forms.quantity, Waveform (value) => new ConstantWaveform(value),
                $"A constant, {kind.Unit}.", forms.low),
            Tagged("step", forms.Step(), "A jump.", $"{{\"from\": {forms.low}, \"to\": {forms.high}, \"at\": \"1 us\"}}"),
            Tagged("pulse", forms.Pulse(), "A rectangular pulse, or with a period a train of them.",
                $"{{\"base\": {forms.low}, \"peak\": {forms.high}, \"start\": \"1 us\", \"duration\": \"2 us\"}}"),
            Tagged("ramp", forms.Ramp(), "A straight line between two constants.",
                $"{{\"from\": {forms.low}, \"to\": {forms.high}, \"start\": \"0 s\", \"duration\": \"1 us\"}}"),
            Tagged("triangle", forms.Triangle(),
                "A triangle wave (cyclic voltammetry): low until the start, then up and down, each in half a period.",
                $"{{\"low\": {forms.low}, \"high\": {forms.high}, \"period\": \"10 us\"}}"),
            Tagged("sine", forms.Sine(), "offset + amplitude sin(2 pi frequency t + phase).",
                $"{{\"offset\": {forms.low}, \"amplitude\": {forms.high}, \"frequency\": \"1 MHz\"}}"),
            Tagged("table", forms.Table(), "Straight lines through points, constant outside.",
                $"{{\"time\": [\"0 s\", \"1 us\"], \"value\": [{forms.low}, {forms.high}]}}"),
        ])
        { DefinitionName = definitionName };
    }

    private static Alternative<Waveform> Tagged(string tag, Form<Waveform> form, string meaning, string example) =>
        Alternative<Waveform>.Tagged(tag, form, waveform => waveform, meaning, example);

    private Key<double> Value(string name, string meaning, string example) =>
        new(quantity) { Name = name, Meaning = meaning, Example = example };

    private static Key<double> Start(string meaning) =>
        new(Quantities.Time) { Name = "start", Meaning = meaning, Example = "\"1 us\"", Default = "0" };

    private ObjectForm<Waveform> Step()
    {
        var from = Value("from", "Value before the jump.", low);
        var to = Value("to", "Value from the jump on.", high);
        var at = new Key<double>(Quantities.Time) { Name = "at", Meaning = "Time of the jump.", Example = "\"1 us\"" };
        return new("Waveform: step", "a step", [from, to, at], reader =>
        {
            var (before, after, time) = (reader.Get(from), reader.Get(to), reader.Get(at));
            return reader.IsValid ? new StepWaveform(before.Value, after.Value, time.Value) : null;
        });
    }

    private ObjectForm<Waveform> Pulse()
    {
        var outside = Value("base", "Value outside the pulse.", low);
        var peak = Value("peak", "Value within the pulse.", high);
        var start = Start("Start of the first pulse.");
        var duration = new Key<double>(Quantities.Duration)
        {
            Name = "duration",
            Meaning = "Length of a pulse.",
            Example = "\"2 us\"",
        };
        var period = new Key<double>(Quantities.Duration)
        {
            Name = "period",
            Meaning = "Time from pulse to pulse; longer than the duration.",
            Example = "\"10 us\"",
            Default = "a single pulse",
        };
        return new("Waveform: pulse", "a pulse", [outside, peak, start, duration, period], reader =>
        {
            var (@base, top, begin) = (reader.Get(outside), reader.Get(peak), reader.Get(start));
            var (length, repeat) = (reader.Get(duration), reader.Get(period));
            if (!reader.IsValid)
                return null;
            if (repeat.IsPresent && repeat.Value <= length.Value)
                return reader.Fail<Waveform>(repeat.Node, "the period is not longer than the pulse",
                    "write a period longer than the duration");
            return new PulseWaveform(@base.Value, top.Value, begin.Value, length.Value, repeat.IsPresent ? repeat.Value : null);
        });
    }

    private ObjectForm<Waveform> Ramp()
    {
        var from = Value("from", "Value up to the start.", low);
        var to = Value("to", "Value from the end on.", high);
        var start = Start("Start of the line.");
        var duration = new Key<double>(Quantities.Duration)
        {
            Name = "duration",
            Meaning = "Length of the line in time; this or end.",
            Example = "\"1 us\"",
            Default = "end − start",
        };
        var end = new Key<double>(Quantities.Time)
        {
            Name = "end",
            Meaning = "End of the line; this or duration.",
            Example = "\"2 us\"",
            Default = "start + duration",
        };
        return new("Waveform: ramp", "a ramp", [from, to, start, duration, end], reader =>
        {
            var (before, after, begin) = (reader.Get(from), reader.Get(to), reader.Get(start));
            var (length, finish) = (reader.Get(duration), reader.Get(end));
            if (!reader.IsValid)
                return null;
            if (length.IsPresent == finish.IsPresent)
                return reader.Fail<Waveform>(reader.Node, "a ramp needs either a duration or an end",
                    "write \"duration\": \"1 us\" or \"end\": \"2 us\", not both");
            var until = length.IsPresent ? begin.Value + length.Value : finish.Value;
            if (until <= begin.Value)
                return reader.Fail<Waveform>(finish.Node ?? length.Node, "the ramp does not end after its start", "write a later end");
            return new RampWaveform(before.Value, after.Value, begin.Value, until);
        });
    }

    private ObjectForm<Waveform> Triangle()
    {
        var bottom = Value("low", "Turning value at which the wave starts.", low);
        var top = Value("high", "Other turning value.", high);
        var period = new Key<double>(Quantities.Duration)
        {
            Name = "period",
            Meaning = "Time of one rise and fall.",
            Example = "\"10 us\"",
        };
        var start = Start("Start of the first rise.");
        return new("Waveform: triangle", "a triangle wave", [bottom, top, period, start], reader =>
        {
            var (least, most, time, begin) = (reader.Get(bottom), reader.Get(top), reader.Get(period), reader.Get(start));
            return reader.IsValid ? new TriangleWaveform(least.Value, most.Value, time.Value, begin.Value) : null;
        });
    }

    private ObjectForm<Waveform> Sine()
    {
        var offset = Value("offset", "Mean.", low);
        var amplitude = new Key<double>(new QuantityForm(quantity.Kind, Range.Any))
        {
            Name = "amplitude",
            Meaning = "Amplitude.",
            Example = high,
        };
        var frequency = new Key<double>(new QuantityForm(QuantityKind.Frequency, Range.Positive))
        {
            Name = "frequency",
            Meaning = "Frequency.",
            Example = "\"1 MHz\"",
        };
        var phase = new Key<double>(new QuantityForm(QuantityKind.Angle, Range.Any))
        {
            Name = "phase",
            Meaning = "Phase at t = 0.",
            Example = "\"90 deg\"",
            Default = "0",
        };
        return new("Waveform: sine", "a sine", [offset, amplitude, frequency, phase], reader =>
        {
            var (mean, swing, rate, angle) = (reader.Get(offset), reader.Get(amplitude), reader.Get(frequency), reader.Get(phase));
            if (!reader.IsValid)
                return null;
            if (!quantity.Range.Contains(mean.Value - Math.Abs(swing.Value)))
                return reader.Fail<Waveform>(swing.Node,
                    $"the sine leaves the range of this {quantity.Kind.Name}", "write an amplitude of at most the offset");
            return new SineWaveform(mean.Value, swing.Value, rate.Value, angle.Value);
        });
    }

    private ObjectForm<Waveform> Table()
    {
        var time = new Key<IReadOnlyList<Setting<double>>>(new ListForm<double>(Quantities.Time, 1))
        {
            Name = "time",
            Meaning = "Times, strictly ascending.",
            Example = "[\"0 s\", \"1 us\"]",
        };
        var value = new Key<IReadOnlyList<Setting<double>>>(new ListForm<double>(quantity, 1))
        {
            Name = "value",
            Meaning = "Values at these times.",
            Example = $"[{low}, {high}]",
        };
        return new("Waveform: table", "a table", [time, value], reader =>
        {
            var (timeList, valueList) = (reader.Get(time), reader.Get(value));
            var (times, values) = (Quantities.Numbers(timeList), Quantities.Numbers(valueList));
            if (times is null || values is null || !Quantities.Ascend(timeList, times, reader.Context))
                return null;
            return times.Length == values.Length
                ? new TableWaveform(times, values)
                : reader.Fail<Waveform>(valueList.Node, $"{values.Length} values for {times.Length} times", "write one value per time");
        });
    }
}
