using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>How far a run goes, in the words of its mode.</summary>
internal static class ModeText
{
    /// <summary>To 10 us; 37 voltages from -120 mV to 60 mV; 56 frequencies from 1 Hz to 1 GHz; steady state.</summary>
    public static string Extent(RunConfiguration configuration) => configuration switch
    {
        { Mode: RunMode.Steady } => "steady state",
        { CurrentVoltage: { } curve } => Points(curve.Voltages, "V", "voltages") + AfterStep(curve.Protocol, configuration.Time),
        { Impedance: { } impedance } => Points(impedance.Frequencies, "Hz", "frequencies"),
        _ => $"to {Quantity.Format(configuration.Time.End, "s")}",
    };

    /// <summary>How far a run came that did not reach its end: after 12 of 37 voltages; at t = 3 ns.</summary>
    /// <param name="configuration">The run.</param>
    /// <param name="time">Time reached, s.</param>
    /// <param name="points">Points of its curve so far.</param>
    public static string Reached(RunConfiguration configuration, double time, int points) => configuration switch
    {
        { Mode: RunMode.Steady } => "",
        { CurrentVoltage: { } curve } => $" after {points} of {curve.Voltages.Count} voltages",
        { Impedance: { } impedance } => $" after {points} of {impedance.Frequencies.Count} frequencies",
        _ => $" at t = {Quantity.Format(time, "s")}",
    };

    private static string Points(IReadOnlyList<double> points, string unit, string plural) => points.Count == 1
        ? Quantity.Format(points[0], unit)
        : $"{points.Count} {plural} from {Quantity.Format(points[0], unit)} to {Quantity.Format(points[^1], unit)}";

    private static string AfterStep(CurrentVoltageProtocol protocol, TimeSettings time) =>
        protocol == CurrentVoltageProtocol.Step ? $", each {Quantity.Format(time.End, "s")} after a step" : "";
}
