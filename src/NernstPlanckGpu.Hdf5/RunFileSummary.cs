using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5;

/// <summary>The results of a run, read from its file.</summary>
public sealed record RunFileSummary
{
    /// <summary>How it ended; <see cref="Outcome.Running"/> where it has not, or was killed.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Where and why it failed; empty where nothing is known beyond the outcome.</summary>
    public required string Detail { get; init; }

    /// <summary>What was computed: transient, steady, iv or impedance.</summary>
    public required string Mode { get; init; }

    /// <summary>Name of the axis of the snapshots: time or voltage.</summary>
    public required string SnapshotAxis { get; init; }

    /// <summary>Places of the complete snapshots on <see cref="SnapshotAxis"/>: times, s, or voltages, V.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Names of the species.</summary>
    public required IReadOnlyList<string> Species { get; init; }

    /// <summary>Cell centres, m.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Membrane potential at the end, V; not a number before.</summary>
    public required double MembranePotential { get; init; }

    /// <summary>Current per reference area at the end, A/m²; not a number before.</summary>
    public required double CurrentDensity { get; init; }

    /// <summary>What the run found besides, by dataset name; not a number before the end.</summary>
    public required IReadOnlyDictionary<string, double> Results { get; init; }

    /// <summary>Theory by dataset name, the run's values (<c>…_computed</c>) among them.</summary>
    public required IReadOnlyDictionary<string, double> Theory { get; init; }

    /// <summary>Certificate by dataset name, the limits (<c>…_limit</c>) and <c>holds</c> among them.</summary>
    public required IReadOnlyDictionary<string, double> Certificate { get; init; }

    /// <summary>Name of the axis of the traces: time, voltage or frequency.</summary>
    public required string TraceAxis { get; init; }

    /// <summary>Traces and curves by dataset name, their axis among them; all of the same length.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Traces { get; init; }

    /// <summary>Reads them.</summary>
    internal static RunFileSummary Of(RunFile run)
    {
        RunFileAxes axes = run.Axes;
        int samples = run.Shape(axes.TracePath)[0];
        return new RunFileSummary
        {
            Outcome = run.Outcome,
            Detail = Text(run, RunFileSchema.Detail.Name, ""),
            Mode = Text(run, RunFileSchema.Mode.Name, RunMode.Transient.Name()),
            SnapshotAxis = axes.Snapshot,
            Times = run.Times,
            Species = run.Species,
            X = run.Read(RunFileSchema.X),
            MembranePotential = run.ReadScalar(RunFileSchema.MembranePotential.Name),
            CurrentDensity = run.ReadScalar(RunFileSchema.CurrentDensity.Name),
            Results = run.Names("/").Contains(RunFileSchema.Result) ? Scalars(run, RunFileSchema.Result) : [],
            Theory = Scalars(run, RunFileSchema.Theory),
            Certificate = Scalars(run, RunFileSchema.Certificate),
            TraceAxis = axes.Trace,
            Traces = run.Names(axes.TraceGroup).ToDictionary(
                name => name, name => (IReadOnlyList<double>)run.Read($"{axes.TraceGroup}/{name}")[..samples]),
        };
    }

    /// <summary>A text of the provenance; files of version 0.1 lack some.</summary>
    private static string Text(RunFile run, string name, string fallback) =>
        run.IsDataset($"{RunFileSchema.Provenance}/{name}") ? run.ReadText($"{RunFileSchema.Provenance}/{name}") : fallback;

    private static Dictionary<string, double> Scalars(RunFile run, string group) =>
        run.Names(group).ToDictionary(name => name, name => run.ReadScalar($"{group}/{name}"));
}
