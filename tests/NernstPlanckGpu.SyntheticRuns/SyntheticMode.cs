using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.SyntheticRuns;

/// <summary>What the modes of a synthetic run differ in: axes, traces, results.</summary>
internal static class SyntheticMode
{
    /// <summary>A place on the axis of the traces: 1 ns, 10 mV or a decade from one sample to the next.</summary>
    internal static double Place(RunMode mode, int sample) => mode switch
    {
        RunMode.CurrentVoltage => -0.12 + (0.01 * sample),
        RunMode.Impedance => Math.Pow(10, sample),
        _ => SyntheticRun.Time(sample),
    };

    internal static double Value(RunMode mode, int column, double place) => mode switch
    {
        RunMode.CurrentVoltage => (column + 1) * (place + 0.07),
        RunMode.Impedance => (column + 1) / (1 + place),
        _ => SyntheticRun.TraceValue(column, place),
    };

    internal static RunConfiguration Configure(RunConfiguration configuration, RunMode mode, int samples)
    {
        double[] places = [.. Enumerable.Range(0, samples).Select(sample => Place(mode, sample))];
        return configuration with
        {
            Mode = mode,
            CurrentVoltage = mode == RunMode.CurrentVoltage ? new CurrentVoltageSettings(places) : null,
            Impedance = mode == RunMode.Impedance ? new ImpedanceSettings(places) : null,
        };
    }

    internal static RunLayout Arrange(RunLayout layout, RunMode mode, IEnumerable<string> species) => mode switch
    {
        RunMode.CurrentVoltage => layout with
        {
            SnapshotAxis = ResultAxis.Voltage,
            TraceAxis = ResultAxis.Voltage,
            TraceGroup = "iv",
            CurveColumns = [new ResultColumn("chordConductance", "S m-2", "current density over the distance from the reversal potential")],
            Traces =
            [
                new TraceColumn("currentDensity", "A m-2", "total current per reference area, positive from left to right"),
                new TraceColumn("slopeConductance", "S m-2", "slope of the current density"),
                .. species.Select(name => new TraceColumn($"currentDensity_{name}", "A m-2", $"current of {name} per reference area")),
            ],
        },
        RunMode.Impedance => layout with
        {
            TraceAxis = ResultAxis.Frequency,
            TraceGroup = "impedance",
            Traces =
            [
                new TraceColumn("impedanceReal", "ohm m2", "real part of the impedance"),
                new TraceColumn("impedanceImaginary", "ohm m2", "imaginary part of the impedance"),
                new TraceColumn("admittanceReal", "S m-2", "real part of the admittance"),
                new TraceColumn("admittanceImaginary", "S m-2", "imaginary part of the admittance"),
                new TraceColumn("phase", "degree", "phase of the impedance"),
            ],
        },
        _ => layout,
    };

    internal static IReadOnlyList<ResultEntry> Results(RunMode mode) => mode switch
    {
        RunMode.CurrentVoltage =>
        [
            new ResultEntry("reversalPotential", -0.07, "V", "voltage at which no current flows"),
            new ResultEntry("restingPotential", double.NaN, "V", "not found"),
        ],
        RunMode.Impedance => [new ResultEntry("capacitance", 0.01, "F m-2", "capacitance at the highest frequency")],
        _ => [],
    };

    internal static IReadOnlyList<ResultCurve> Curves(RunMode mode, RunLayout layout, int samples) =>
    [
        .. layout.CurveColumns.Select(curve => new ResultCurve(
            curve.Name, curve.Unit, curve.Meaning, [.. Enumerable.Range(0, samples).Select(sample => 2 * Place(mode, sample))])),
    ];
}
