using System.CommandLine;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>The options that say when a run saves itself, and whether it goes on from that.</summary>
internal sealed class CheckpointOptions
{
    private const string Off = "off";
    private const double ShortestSeconds = 1e-3, LongestSeconds = 30 * 86400;

    public Option<string> Interval { get; } = new("--checkpoint")
    {
        Description = "Wall time between checkpoints of a run in time, which are also written when it is interrupted; off for none.",
        HelpName = "INTERVAL|off",
        DefaultValueFactory = _ => "5 min",
    };

    public Option<bool> Resume { get; } = new("--resume")
    {
        Description = "Go on from the checkpoint of an earlier start; begin where there is none, and do nothing where the run is done.",
    };

    public CheckpointOptions() => Interval.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: { } text }] && text != Off && Seconds(text) is not (>= ShortestSeconds and <= LongestSeconds))
            result.AddError($"--checkpoint takes a time from 1 ms to 30 days (720 h), such as \"10 min\", or off, not '{text}'.");
    });

    /// <summary>Wall time between checkpoints; null for none at all.</summary>
    public TimeSpan? IntervalOf(ParseResult parsed) =>
        parsed.GetRequiredValue(Interval) is var text && text == Off ? null : TimeSpan.FromSeconds(Seconds(text));

    private static double Seconds(string text) =>
        Quantity.TryParse(text, QuantityKind.Time, out double value, out _, out _) ? value : double.NaN;
}
