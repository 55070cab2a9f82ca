namespace NernstPlanckGpu.Core.Results.Checkpoints;

/// <summary>Stands for a sink that is opened only once the run is known to go on.</summary>
/// <param name="open">Opens it.</param>
internal sealed class LateSink(Func<IRunSink> open) : IRunSink
{
    private IRunSink? sink;

    /// <summary>Opens it.</summary>
    public void Open() => sink = open();

    public void Snapshot(Snapshot snapshot) => sink!.Snapshot(snapshot);

    public void Trace(in TraceSample sample) => sink!.Trace(sample);

    public void Complete(RunSummary summary) => sink!.Complete(summary);
}
