using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Keeps what a point's run hands out, of the snapshots no more than what is stored.</summary>
internal sealed class PointSink(SnapshotFields fields) : IRunSink
{
    private readonly List<Snapshot> snapshots = [];
    private readonly List<(double Place, double[] Values)> traces = [];
    private RunSummary? summary;

    public void Snapshot(Snapshot snapshot) => snapshots.Add(new()
    {
        Time = snapshot.Time,
        Concentration = fields.Kept("concentration", snapshot.Concentration),
        Potential = fields.Kept("potential", snapshot.Potential),
        ElectricField = fields.Kept("electric_field", snapshot.ElectricField),
        Displacement = fields.Kept("displacement", snapshot.Displacement),
        ChargeDensity = fields.Kept("charge_density", snapshot.ChargeDensity),
        Flux = fields.Kept("flux", snapshot.Flux),
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
            Message = Message(summary),
            Layout = layout,
            Summary = summary,
            Snapshots = snapshots,
            Traces = traces,
        };
    }

    private static string Message(RunSummary summary) => summary.Outcome switch
    {
        Outcome.Done => summary.Detail ?? "",
        Outcome outcome when outcome.IsComplete() => "",
        Outcome outcome => summary.Detail ?? outcome.Describe(),
    };
}

/// <summary>Which fields of the snapshots are stored.</summary>
/// <param name="names">Their names.</param>
internal sealed class SnapshotFields(IReadOnlyList<string> names)
{
    private readonly HashSet<string> stored = [.. names];

    /// <summary>How many.</summary>
    public int Count => stored.Count;

    /// <summary>A copy of a field that is stored; nothing of another.</summary>
    public double[] Kept(string name, double[] values) => stored.Contains(name) ? [.. values] : [];
}
