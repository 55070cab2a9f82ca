using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>Shows how far a run is; disposed when the run has ended.</summary>
internal interface IProgressDisplay : IDisposable
{
    /// <summary>Called about ten times per second from the thread that computes: must return at once.</summary>
    void Report(RunProgress progress);
}

/// <summary>Chooses the display: a bar on a terminal, milestones in a log, nothing when asked to be quiet.</summary>
internal static class ProgressDisplay
{
    public static IProgressDisplay Create(bool quiet)
    {
        if (quiet)
            return new NoProgress();
        bool terminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");
        return terminal ? new ProgressBar() : new MilestoneProgress(Console.Error);
    }
}

/// <summary>Shows nothing.</summary>
internal sealed class NoProgress : IProgressDisplay
{
    public void Report(RunProgress progress)
    {
    }

    public void Dispose()
    {
    }
}
