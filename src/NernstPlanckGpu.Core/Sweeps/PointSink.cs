using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Keeps what a point's run hands out.</summary>
internal sealed class PointSink : IRunSink
{
    private readonly List<Snapshot> snapshots = [];
    private readonly List<(double Place, double[] Values)> traces = [];
    private RunSummary? summary;

    public void Snapshot(Snapshot snapshot) => snapshots.Add(new()
    {
        Time = snapshot.Time,
        Concentration = [.. snapshot.Concentration],
        Potential = [.. snapshot.Potential],
        ElectricField = [.. snapshot.ElectricField],
        Displacement = [.. snapshot.Displacement],
        ChargeDensity = [.. snapshot.ChargeDensity],
        Flux = [.. snapshot.Flux],
        LeftPotential = snapshot.LeftPotential,
        RightPotential = snapshot.RightPotential,
    });

    public void Trace(in TraceSample sample) => traces.Add((sample.Time, sample.Values.ToArray()));

    public void Complete(RunSummary summary) => this.summary = summary;

    /// <summary>The point's result; null when it was interrupted.</summary>
    public PointResult? ToResult(int point, RunLayout layout)
    {
        if (summary is null or { Outcome: Outcome.Interrupted }) return null;
        return new()
        {
            Index = point,
            Status = (PointStatus)summary.Outcome,
            Message = summary.Outcome.IsComplete() ? "" : summary.Detail ?? summary.Outcome.Describe(),
            Layout = layout,
            Summary = summary,
            Snapshots = snapshots,
            Traces = traces,
        };
    }
}
