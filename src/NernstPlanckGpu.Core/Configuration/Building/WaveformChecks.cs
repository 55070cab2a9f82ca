using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Checks that waveforms do not have more corners than a run can stop at.</summary>
internal static class WaveformChecks
{
    private const double MostPeriods = 1e7;

    /// <summary>Checks an end.</summary>
    public static void Check(Setting<RawBoundary> setting, Boundary? boundary, double? end, ReadContext context)
    {
        if (setting.Value is { } raw && boundary is not null)
            Check(raw.Node, PrescribedWaveforms.Of(boundary), end, context);
    }

    /// <summary>Checks the waveforms that are written at a place.</summary>
    public static void Check(ConfigurationNode place, IEnumerable<Waveform> waveforms, double? end, ReadContext context)
    {
        if (end is not { } time)
            return;
        var shortest = double.PositiveInfinity;
        foreach (var waveform in waveforms)
            shortest = Math.Min(shortest, Period(waveform));
        if (time / shortest > MostPeriods)
            context.Report(place, $"a waveform here repeats more than {MostPeriods:0} times before the end of the run",
                "write a longer period, or an earlier /time/end");
    }

    private static double Period(Waveform waveform) => waveform switch
    {
        PulseWaveform { Period: { } period } => period,
        TriangleWaveform triangle => triangle.Period,
        _ => double.PositiveInfinity,
    };
}
