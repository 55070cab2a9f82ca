using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>A line for every tenth of the run or every ten seconds, whichever comes first, but at most two lines per second.</summary>
internal sealed class MilestoneProgress(TextWriter writer) : IProgressDisplay
{
    private const double LongestSilence = 10;
    private const double ShortestSilence = 0.5;

    private int tenthsTold;
    private double lastLine;

    public void Report(ProgressLine progress)
    {
        int tenths = (int)(10 * progress.Fraction);
        double silence = progress.Elapsed - lastLine;
        if (silence < ShortestSilence || (tenths <= tenthsTold && silence < LongestSilence))
            return;
        tenthsTold = tenths;
        lastLine = progress.Elapsed;
        writer.WriteLine("  " + progress.Text);
    }

    public void Dispose()
    {
    }
}

/// <summary>The words of a progress line.</summary>
internal static class ProgressText
{
    public static string Of(RunProgress progress)
    {
        double fraction = progress.Fraction;
        string place = progress.Points is { } points
            ? $"{progress.Time:F0} of {progress.End:F0} {points}"
            : $"t = {Quantity.Format(progress.Time, "s")}, step {progress.Steps} of {Quantity.Format(progress.StepSize, "s")}";
        string done = $"{100 * fraction,3:F0} %  {place}";
        string remaining = fraction > 0 ? $", {Duration(progress.Elapsed * (1 - fraction) / fraction)} left" : "";
        return $"{done}, {Duration(progress.Elapsed)} gone{remaining}";
    }

    public static string Of(SweepProgress progress)
    {
        int done = progress.Present + progress.Done;
        string failed = progress.Failed > 0 ? $", {progress.Failed} failed" : "";
        string remaining = double.IsFinite(progress.Remaining) ? $", {Duration(progress.Remaining)} left" : "";
        return $"{100 * progress.Fraction,3:F0} %  {done} of {progress.Total} points{failed}, {Quantity.Number(progress.Rate, 3)}/s, {Duration(progress.Elapsed)} gone{remaining}";
    }

    /// <summary>What a panel shows of a run: rates are means since its start.</summary>
    public static (string Name, string Value)[] Facts(RunProgress progress)
    {
        double fraction = progress.Fraction, seconds = progress.Elapsed;
        string left = fraction > 0 ? Duration(seconds * (1 - fraction) / fraction) : "not known yet";
        (string, string)[] wall = [("gone", Duration(seconds)), ("left", left)];
        if (progress.Points is { } points)
            return [(points, $"{progress.Time:F0} of {progress.End:F0}"), ("rate", PerSecond(progress.Time, seconds, "")), .. wall];
        return
        [
            ("time", $"{Quantity.Format(progress.Time, "s")} of {Quantity.Format(progress.End, "s")}"),
            ("speed", seconds > 0 ? $"{Quantity.Format(progress.Time / seconds, "s", 3)} per s" : "not known yet"),
            ("steps", $"{progress.Steps}, {PerSecond(progress.Steps, seconds, "")}"), ("step", Quantity.Format(progress.StepSize, "s", 3)),
            .. wall,
        ];
    }

    /// <summary>What a panel shows of a sweep.</summary>
    public static (string Name, string Value)[] Facts(SweepProgress progress) =>
    [
        ("points", $"{progress.Present + progress.Done} of {progress.Total}"), ("failed", $"{progress.Failed}"),
        ("rate", PerSecond(progress.Done, progress.Elapsed, " points")), ("gone", Duration(progress.Elapsed)),
        ("left", double.IsFinite(progress.Remaining) ? Duration(progress.Remaining) : "not known yet"),
    ];

    private static string PerSecond(double count, double seconds, string what) =>
        seconds > 0 ? $"{Quantity.Number(count / seconds, 3)}{what}/s" : "not known yet";

    /// <summary>Wall time in the largest units that say it: 0.42 s, 3 min 20 s, 2 h 5 min.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 1e-3 => Quantity.Format(seconds, "s"),
        < 10 => $"{seconds:F2} s",
        < 100 => $"{seconds:F0} s",
        < 6000 => $"{Math.Floor(seconds / 60):F0} min {seconds % 60:F0} s",
        < 360000 => $"{Math.Floor(seconds / 3600):F0} h {seconds % 3600 / 60:F0} min",
        < 1e8 => $"{seconds / 86400:F1} days",
        _ => $"{Quantity.Number(seconds / (365.25 * 86400))} years",
    };
}
