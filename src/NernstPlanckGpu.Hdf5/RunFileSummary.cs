using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5;

/// <summary>The results of a run, read from its file.</summary>
public sealed record RunFileSummary
{
    /// <summary>How it ended; <see cref="Outcome.Running"/> where it has not, or was killed.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Times of the complete snapshots, s.</summary>
    public required IReadOnlyList<double> Times { get; init; }

    /// <summary>Names of the species.</summary>
    public required IReadOnlyList<string> Species { get; init; }

    /// <summary>Cell centres, m.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Membrane potential at the end, V; not a number before.</summary>
    public required double MembranePotential { get; init; }

    /// <summary>Current per reference area at the end, A/m²; not a number before.</summary>
    public required double CurrentDensity { get; init; }

    /// <summary>Theory by dataset name, the run's values (<c>…_computed</c>) among them.</summary>
    public required IReadOnlyDictionary<string, double> Theory { get; init; }

    /// <summary>Certificate by dataset name, the limits (<c>…_limit</c>) and <c>holds</c> among them.</summary>
    public required IReadOnlyDictionary<string, double> Certificate { get; init; }

    /// <summary>Traces by dataset name, their <c>time</c> among them; all of the same length.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<double>> Traces { get; init; }

    /// <summary>Reads them.</summary>
    internal static RunFileSummary Of(RunFile run)
    {
        int samples = run.Shape("traces/time")[0];
        return new RunFileSummary
        {
            Outcome = run.Outcome,
            Times = run.Times,
            Species = run.Species,
            X = run.Read(RunFileSchema.X),
            MembranePotential = run.ReadScalar(RunFileSchema.MembranePotential.Name),
            CurrentDensity = run.ReadScalar(RunFileSchema.CurrentDensity.Name),
            Theory = Scalars(run, RunFileSchema.Theory),
            Certificate = Scalars(run, RunFileSchema.Certificate),
            Traces = run.Names(RunFileSchema.Traces).ToDictionary(
                name => name, name => (IReadOnlyList<double>)run.Read($"{RunFileSchema.Traces}/{name}")[..samples]),
        };
    }

    private static Dictionary<string, double> Scalars(RunFile run, string group) =>
        run.Names(group).ToDictionary(name => name, name => run.ReadScalar($"{group}/{name}"));
}
