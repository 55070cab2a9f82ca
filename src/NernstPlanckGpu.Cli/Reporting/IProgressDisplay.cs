using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>Shows how far a run is; disposed when the run has ended.</summary>
internal interface IProgressDisplay : IDisposable
{
    /// <summary>Called about ten times per second from the thread that computes: must return at once.</summary>
    void Report(ProgressLine progress);
}

/// <summary>How far something is, for a display.</summary>
/// <param name="Fraction">From 0 to 1.</param>
/// <param name="Elapsed">Wall time, s.</param>
/// <param name="Text">One line.</param>
/// <param name="Facts">The same and more in pieces, each with its name, for a panel.</param>
internal readonly record struct ProgressLine(double Fraction, double Elapsed, string Text, (string Name, string Value)[] Facts);

/// <summary>What progress is reported of.</summary>
internal static class ProgressReports
{
    public static void Report(this IProgressDisplay display, RunProgress progress) =>
        display.Report(new ProgressLine(progress.Fraction, progress.Elapsed, ProgressText.Of(progress), ProgressText.Facts(progress)));

    public static void Report(this IProgressDisplay display, SweepProgress progress) =>
        display.Report(new ProgressLine(progress.Fraction, progress.Elapsed, ProgressText.Of(progress), ProgressText.Facts(progress)));
}

/// <summary>Chooses the display: a live panel on a terminal, milestones in a log, nothing when asked to be quiet.</summary>
internal static class ProgressDisplay
{
    public static IProgressDisplay Create(bool quiet)
    {
        if (quiet)
            return new NoProgress();
        return Terminal.IsErrorRich ? new ProgressBar() : new MilestoneProgress(Console.Error);
    }
}

/// <summary>Shows nothing.</summary>
internal sealed class NoProgress : IProgressDisplay
{
    public void Report(ProgressLine progress)
    {
    }

    public void Dispose()
    {
    }
}
