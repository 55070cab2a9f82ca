using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Sets points up, and does once what is the same for all of them: the grid, and the names of what they give. Safe for threads.</summary>
internal sealed class PointSetup
{
    private readonly SweepPlan plan;
    private readonly Func<RunConfiguration, RunConfiguration>? resolve;
    private readonly bool certifiesGrid;
    private readonly Grid? grid;
    private readonly RunLayout? shared;

    public PointSetup(SweepPlan plan, SweepLayout layout, SweepOptions options)
    {
        (this.plan, resolve, certifiesGrid) = (plan, options.Resolve, options.CertifiesGrid);
        Fields = new(layout.Fields);
        if (!layout.IsGridShared) return;
        grid = SweepLayouts.GridOf(layout.Run);
        // The file has the names of all points together, and a point its own numbers: only what a trace is must be the same.
        if (layout.ArePlacesShared && layout.Axes.Axes.All(axis => axis.IsNumeric)) shared = layout.Run;
    }

    /// <summary>Fields of the snapshots that are stored.</summary>
    public SnapshotFields Fields { get; }

    /// <summary>The run of a point.</summary>
    /// <exception cref="ArgumentException">The point is no valid configuration, or its grid cannot be built.</exception>
    /// <exception cref="GridRefinementException">Its grid cannot be refined.</exception>
    /// <exception cref="EngineRefusalException">The engine cannot compute it.</exception>
    public Simulation Simulate(int point, IEngine engine)
    {
        ConfigurationResult result = plan.Configuration(point);
        if (result.Configuration is not { } configuration) throw new ArgumentException(string.Join("; ", result.Errors));
        return new(resolve?.Invoke(configuration) ?? configuration, engine, grid, certifiesGrid);
    }

    /// <summary>Axes and names of a point; its configuration is its own.</summary>
    public RunLayout LayoutOf(Simulation simulation) => shared is null ? simulation.Layout : shared with { Configuration = simulation.Configuration };
}
