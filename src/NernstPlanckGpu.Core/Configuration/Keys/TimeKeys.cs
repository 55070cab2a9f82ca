using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Model;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>Keys of the time integration.</summary>
internal static class TimeKeys
{
    private static readonly TimeSettings Defaults = new() { End = 1 };

    private static readonly Key<double> End = new(Quantities.Duration)
    {
        Name = "end",
        Meaning = "End time; the run starts at 0. For a current–voltage curve by steps: the time after the step at which the current is taken.",
        Example = "\"10 us\"",
    };

    private static readonly Key<IntegratorKind> Integrator = new(new WordForm<IntegratorKind>(
        [("auto", IntegratorKind.Auto), ("euler", IntegratorKind.Euler), ("rkc2", IntegratorKind.Rkc2),
            ("rodas4", IntegratorKind.Rodas4), ("rodas5", IntegratorKind.Rodas5)]))
    {
        Name = "integrator",
        Meaning = "How to step: \"auto\" takes the cheaper by estimate, \"rkc2\" for short runs and \"rodas4\" for longer ones, and the choice is printed and stored; \"euler\" is explicit with fixed steps; \"rkc2\" is explicit Runge–Kutta–Chebyshev, second order, adaptive; \"rodas4\" is implicit (Rosenbrock), fourth order, adaptive; \"rodas5\" is its fifth-order sister, for tolerances below 1e-5.",
        Example = "\"rodas4\"",
        Default = "\"auto\"",
    };

    private static readonly Key<double> RelativeTolerance = new(new NumberForm(new Range(0, 1, OpenAtMinimum: true)),
        Defaults.RelativeTolerance)
    {
        Name = "relativeTolerance",
        Meaning = "Relative tolerance of a step: error weight relativeTolerance (|c| + absoluteTolerance).",
        Example = "1e-5",
        Default = "1e-4",
    };

    private static readonly Key<double> AbsoluteTolerance = new(Quantities.PositiveConcentration, Defaults.AbsoluteTolerance)
    {
        Name = "absoluteTolerance",
        Meaning = "Concentration below which the error no longer shrinks with it; lower it for tracers.",
        Example = "\"1 uM\"",
        Default = "\"0.1 mM\"",
    };

    private static readonly Key<double> Step = new(Quantities.Duration)
    {
        Name = "step",
        Meaning = "Fixed step, of any integrator.",
        Example = "\"1 ps\"",
        Default = "euler: 0.9 of its stability limit; rkc2 and rodas4: adaptive",
    };

    private static readonly Key<long> MaximumSteps = new(new IntegerForm(1, 1_000_000_000_000), Defaults.MaximumSteps)
    {
        Name = "maximumSteps",
        Meaning = "Steps, accepted and rejected, after which the run gives up.",
        Example = "1000000",
        Default = "100000000",
    };

    public static ObjectForm<TimeSettings> Form { get; } = new("Time", "the time settings",
        [End, Integrator, RelativeTolerance, AbsoluteTolerance, Step, MaximumSteps], Build)
    { DefinitionName = "time" };

    private static TimeSettings? Build(ObjectReader reader)
    {
        var (end, integrator, relative) = (reader.Get(End), reader.Get(Integrator), reader.Get(RelativeTolerance));
        var (absolute, step, maximum) = (reader.Get(AbsoluteTolerance), reader.Get(Step), reader.Get(MaximumSteps));
        if (!reader.IsValid)
            return null;
        return new()
        {
            End = end.Value,
            Integrator = integrator.Value,
            RelativeTolerance = relative.Value,
            AbsoluteTolerance = absolute.Value,
            Step = step.IsPresent ? step.Value : null,
            MaximumSteps = maximum.Value,
        };
    }
}

/// <summary>Output times as they are written.</summary>
internal sealed record RawTimes(
    ConfigurationNode? Node, Setting<long> Count, Setting<TimeSpacing> Spacing, Setting<double> First,
        Setting<IReadOnlyList<Setting<double>>> Times);

/// <summary>Output settings as they are written.</summary>
internal sealed record RawOutput(Setting<RawTimes> Snapshots, Setting<RawTimes> TraceSamples,
    Setting<IReadOnlyList<Setting<string>>> Traces);

/// <summary>Keys of the output.</summary>
internal static class OutputKeys
{
    public const long DefaultSnapshots = 50;

    public const long DefaultTraceSamples = 200;

    private static readonly Key<double> First = new(Quantities.Duration)
    {
        Name = "first",
        Meaning = "First time after 0 of a log spacing.",
        Example = "\"1 ns\"",
        Default = "end × 1e-6",
    };

    private static readonly Key<IReadOnlyList<Setting<double>>> Times = new(new ListForm<double>(Quantities.Time, 1))
    {
        Name = "times",
        Meaning = "The times themselves, strictly ascending, instead of the other keys; 0 and the end are added where they are missing.",
        Example = "[\"1 us\", \"2 us\", \"10 us\"]",
        Default = "from count and spacing",
    };

    private static readonly Key<IReadOnlyList<Setting<string>>> Traces = new(
        new ListForm<string>(new WordForm<string>([.. OutputSettings.TraceNames.Select(trace => (trace.Name, trace.Name))])))
    {
        Name = "traces",
        Meaning = "Quantities to record against time: " + string.Join("; ", OutputSettings.TraceNames.Select(trace =>
            $"{trace.Name} ({trace.Meaning})")) + ".",
        Example = "[\"membranePotential\", \"leftCharge\"]",
        Default = "[\"membranePotential\", \"currentDensity\"]",
    };

    private static readonly Key<RawTimes> Snapshots = new(Sampling("Snapshots", DefaultSnapshots,
        "Number of snapshots, the one at 0 and the one at the end included.", "\"log\""))
    {
        Name = "snapshots",
        Meaning = "When to write the whole state.",
        Example = "{\"count\": 50, \"spacing\": \"log\"}",
        Default = "50 times, log spacing",
    };

    private static readonly Key<RawTimes> TraceSamples = new(Sampling("Trace samples", DefaultTraceSamples,
        "Number of samples; the snapshot times are added.", "as the snapshots"))
    {
        Name = "traceSamples",
        Meaning = "When to write the traces, besides the snapshot times.",
        Example = "{\"count\": 1000, \"spacing\": \"linear\"}",
        Default = "200 times, spaced as the snapshots",
    };

    public static ObjectForm<RawOutput> Form { get; } = new("Output", "the output settings", [Snapshots, Traces, TraceSamples],
        reader => new(reader.Get(Snapshots), reader.Get(TraceSamples), reader.Get(Traces)))
    { DefinitionName = "output" };

    private static ObjectForm<RawTimes> Sampling(string title, long count, string meaning, string spacingDefault)
    {
        var spacing = new Key<TimeSpacing>(new WordForm<TimeSpacing>([("linear", TimeSpacing.Linear), ("log",
            TimeSpacing.Logarithmic)]), TimeSpacing.Logarithmic)
        {
            Name = "spacing",
            Meaning = "\"linear\": equal intervals from 0 to the end; \"log\": 0, then equal ratios from first to the end.",
            Example = "\"linear\"",
            Default = spacingDefault,
        };
        var counted = new Key<long>(new IntegerForm(2, 1_000_000), count)
        {
            Name = "count",
            Meaning = meaning,
            Example = count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Default = count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        return new(title, "a choice of times", [counted, spacing, First, Times],
            reader => new(reader.Node, reader.Get(counted), reader.Get(spacing), reader.Get(First), reader.Get(Times)));
    }
}
