using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>Passes a run on to its file, and the samples of its curve to the report too.</summary>
internal sealed class CurveSink(IRunSink file, Curve curve) : IRunSink
{
    public void Snapshot(Snapshot snapshot) => file.Snapshot(snapshot);

    public void Trace(in TraceSample sample)
    {
        curve.Add(sample);
        file.Trace(sample);
    }

    public void Complete(RunSummary summary) => file.Complete(summary);
}
