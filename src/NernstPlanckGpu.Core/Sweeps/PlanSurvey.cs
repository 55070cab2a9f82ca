using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Reads every point of a sweep: what is wrong with which, and what they have in common.</summary>
/// <param name="points">Points.</param>
/// <param name="place">Where to say that points differ in what they must have in common.</param>
internal sealed class PlanSurvey(PlanPoints points, ConfigurationNode place)
{
    /// <summary>Errors that are told; the rest is counted.</summary>
    private const int MostErrors = 20;

    private readonly Lock gate = new();
    private readonly Dictionary<ConfigurationError, (int First, int Count)> found = [];
    private volatile bool isGridShared = true;
    private volatile bool arePlacesShared = true;

    /// <summary>See <see cref="SweepLayout.IsGridShared"/>.</summary>
    public bool IsGridShared => isGridShared;

    /// <summary>See <see cref="SweepLayout.ArePlacesShared"/>.</summary>
    public bool ArePlacesShared => arePlacesShared;

    /// <summary>What is wrong; an error names the first point that has it.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; private set; } = [];

    /// <summary>Reads all points.</summary>
    /// <param name="threads">Threads; 0: all processors.</param>
    public void Check(int threads)
    {
        var first = Read(0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = new EngineOptions(threads).ThreadCount };
        Parallel.For(1, points.Axes.Count, options, point => Compare(first, Read(point), point));
        if (first?.Problem.GridTolerance is not null)
            isGridShared = false;
        Errors = Told();
    }

    private RunConfiguration? Read(int point)
    {
        var errors = new List<ConfigurationError>();
        var run = points.Read(point, errors);
        foreach (var error in errors)
            Add(error, point);
        return run;
    }

    private void Compare(RunConfiguration? first, RunConfiguration? run, int point)
    {
        if (first is null || run is null)
            return;
        if (isGridShared && !PlanGrid.IsSame(first.Problem, run.Problem))
            isGridShared = false;
        if (arePlacesShared && !ArePlacesSame(first, run))
            arePlacesShared = false;
        if (!AreMechanismsSame(first.Problem, run.Problem))
        {
            Add(new(place.File, place.Line, place.Column, "/mechanisms", "its mechanisms have other names, ions or gates than those of point 0, so that results do not fit into one file",
                "vary numbers only, or write several sweeps"), point);
        }
    }

    private static bool ArePlacesSame(RunConfiguration one, RunConfiguration other) =>
        AreSame(one.Output.SnapshotTimes, other.Output.SnapshotTimes) && AreSame(one.Output.TraceTimes, other.Output.TraceTimes)
        && AreSame(one.CurrentVoltage?.Voltages, other.CurrentVoltage?.Voltages) && AreSame(one.Impedance?.Frequencies, other.Impedance?.Frequencies);

    private static bool AreSame(IReadOnlyList<double>? one, IReadOnlyList<double>? other) =>
        ReferenceEquals(one, other) || (one is not null && other is not null && one.SequenceEqual(other));

    private static bool AreMechanismsSame(PnpProblem one, PnpProblem other)
    {
        var (mine, others) = (one.Mechanisms, other.Mechanisms);
        if (ReferenceEquals(mine, others))
            return true;
        if (mine.Count != others.Count)
            return false;
        for (var i = 0; i < mine.Count; i++)
        {
            if (mine[i].Name != others[i].Name || mine[i].GetType() != others[i].GetType() || !mine[i].MovedSpecies.SequenceEqual(others[i].MovedSpecies)
                || !Gates(mine[i]).SequenceEqual(Gates(others[i])))
                return false;
        }

        return true;
    }

    private static IEnumerable<string> Gates(Mechanism mechanism) => mechanism is GatedChannel channel ? channel.Gates.Select(gate => gate.Name) : [];

    private void Add(ConfigurationError error, int point)
    {
        lock (gate)
        {
            var (first, count) = found.GetValueOrDefault(error, (point, 0));
            found[error] = (Math.Min(first, point), count + 1);
        }
    }

    private List<ConfigurationError> Told()
    {
        var ordered = found.OrderBy(pair => pair.Value.First).ThenBy(pair => pair.Key.Line == 0).ThenBy(pair => pair.Key.Line).ThenBy(pair => pair.Key.Column).ToList();
        List<ConfigurationError> told = [.. ordered.Take(MostErrors).Select(pair => Told(pair.Key, pair.Value.First, pair.Value.Count))];
        if (ordered.Count > MostErrors)
        {
            told.Add(ordered[MostErrors].Key with
            {
                Message = $"and {ordered.Count - MostErrors} more errors, the first in {points.Axes.Describe(ordered[MostErrors].Value.First)}",
                Remedy = "correct those above first",
            });
        }

        return told;
    }

    /// <summary>An error that all points have is not of a point.</summary>
    private ConfigurationError Told(ConfigurationError error, int first, int count)
    {
        if (count == points.Axes.Count && count > 1)
            return error;
        var others = count == 1 ? "" : $" and {count - 1} more";
        return error with { Message = $"{points.Axes.Describe(first)}{others}: {error.Message}" };
    }
}
