using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>
/// The problem whose steady state a run starts from: the configuration's own tree with overrides merged into it, read like any
/// other.
/// </summary>
/// <param name="raw">The run as it is written.</param>
/// <param name="overrides">The overrides as they are written.</param>
/// <param name="context">Receives the errors that the overrides bring about.</param>
internal sealed class SteadyStateBuilder(RawConfiguration raw, ConfigurationNode overrides, ReadContext context)
{
    /// <summary>Keys that say what is done with a problem, not what it is.</summary>
    private static readonly string[] KeysOfTheRun = ["initial", "mode", "iv", "impedance", "time", "output", "sweep"];

    /// <summary>The problem; null when something is wrong. Call it when all errors of the run itself are known.</summary>
    public PnpProblem? Build(string fileName)
    {
        var patched = new ReadContext([], overrides) { SpeciesNames = context.SpeciesNames, Memory = context.Memory };
        var own = raw.Node.With(raw.Node.Members.Where(member => !KeysOfTheRun.Contains(member.Name)));
        var steady = RootKeys.Form.Read(RootKeys.Form.Merge(own, overrides, patched), patched).Value;
        var problem = steady is null ? null : new ProblemBuilder(steady, patched).Build(fileName, end: 0);
        if (steady is not null)
            CheckRegions(steady, patched);
        context.Adopt(patched);
        return problem;
    }

    /// <summary>Both problems share one grid, and what is in a region must be able to be there in the run.</summary>
    private void CheckRegions(RawConfiguration steady, ReadContext patched)
    {
        if (overrides.Find("regions") is not { } place || raw.Regions.Value is not { } own || steady.Regions.Value is not { } others)
            return;
        if (others.Count != own.Count)
        {
            patched.Report(place, $"there are {own.Count} regions in the run, but {others.Count} here",
                "write all regions of /regions, in the same order");
            return;
        }

        for (var i = 0; i < own.Count; i++)
        {
            if (own[i].Value is { } run && others[i].Value is { } other)
                CheckRegion(run, other, i, patched);
        }
    }

    private static void CheckRegion(RawRegion run, RawRegion other, int index, ReadContext patched)
    {
        Differ("name", run.Name, other.Name);
        Differ("length", run.Length, other.Length);
        Differ("grid", run.Grid, other.Grid);
        var open = Names(other.Impermeable);
        foreach (var name in Names(run.Impermeable).Where(name => !open.Contains(name)))
        {
            patched.Report(other.Impermeable.Node ?? other.Node, $"\"{name}\" can enter this region here, but not in the run, where it would be caught in it",
                $"write \"{name}\" into \"impermeable\" here too");
        }

        void Differ<T>(string key, Setting<T> own, Setting<T> here)
        {
            if (own.IsValid && here.IsValid && !EqualityComparer<T>.Default.Equals(own.Value, here.Value))
            {
                patched.Report(here.Node ?? other.Node, $"the {key} of this region differs from that in the run",
                    $"write the {key} of /regions/{index}: the run goes on from this state on the same grid");
            }
        }
    }

    private static HashSet<string> Names(Setting<IReadOnlyList<Setting<string>>> list) =>
        [.. (list.Value ?? []).Where(item => item.IsValid).Select(item => item.Value!)];
}
