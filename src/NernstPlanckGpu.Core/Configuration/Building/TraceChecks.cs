using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Traces of mechanisms that the problem does not have.</summary>
internal static class TraceChecks
{
    /// <summary>Reports each such trace at its place; false when there is one.</summary>
    public static bool Check(RawConfiguration raw, PnpProblem problem, ReadContext context)
    {
        bool valid = true;
        foreach (Setting<string> trace in raw.Output.Value?.Traces.Value ?? [])
        {
            (bool isThere, string what) = trace.Value switch
            {
                "gates" => (problem.Mechanisms.Any(one => one is GatedChannel), "channels"),
                "pumpPower" => (problem.Mechanisms.Any(one => one is SodiumPotassiumPump), "pumps"),
                "mechanismCurrentDensity" or "mechanismFlux" or "transported" or "permeated" => (problem.Mechanisms.Count > 0, "mechanisms"),
                _ => (true, ""),
            };
            if (isThere) continue;
            context.Report(trace.Node!, $"the trace \"{trace.Value}\" is of {what}, and the membrane has none", "remove it, or add one to \"mechanisms\"");
            valid = false;
        }
        return valid;
    }
}
