namespace NernstPlanckGpu.Core.Model;

/// <summary>A run: the problem, how to integrate it, and what to write.</summary>
public sealed record RunConfiguration
{
    /// <summary>Title for the file and the terminal.</summary>
    public required string Title { get; init; }

    /// <summary>What is computed.</summary>
    public RunMode Mode { get; init; } = RunMode.Transient;

    /// <summary>The problem.</summary>
    public required PnpProblem Problem { get; init; }

    /// <summary>The points of a current–voltage curve; not null when <see cref="Mode"/> asks for one.</summary>
    public CurrentVoltageSettings? CurrentVoltage { get; init; }

    /// <summary>The frequencies of an impedance spectrum; not null when <see cref="Mode"/> asks for one.</summary>
    public ImpedanceSettings? Impedance { get; init; }

    /// <summary>Time integration; its end is 0 where <see cref="Mode"/> integrates nothing.</summary>
    public required TimeSettings Time { get; init; }

    /// <summary>What to write.</summary>
    public required OutputSettings Output { get; init; }

    /// <summary>The configuration text as read, with overrides applied when there were any (stored in the file verbatim).</summary>
    public required string Source { get; init; }

    /// <summary>Remarks of the validation that are not errors (25 °C diffusivities at another temperature, …).</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>What a run computes.</summary>
public enum RunMode
{
    /// <summary>Integrates in time from the initial state.</summary>
    Transient,

    /// <summary>The steady state of the boundary values at time 0.</summary>
    Steady,

    /// <summary>A current–voltage curve.</summary>
    CurrentVoltage,

    /// <summary>The small-signal admittance about the steady state.</summary>
    Impedance,
}

/// <summary>How each point of a current–voltage curve is taken.</summary>
public enum CurrentVoltageProtocol
{
    /// <summary>The steady state at each voltage.</summary>
    Steady,

    /// <summary>
    /// From the steady state at the configuration's own (holding) potentials the voltage steps at time 0; the current is taken at
    /// <see cref="TimeSettings.End"/>.
    /// </summary>
    Step,
}

/// <summary>A current–voltage curve: V = left minus right electrode; the left electrode's potential is what is set.</summary>
/// <param name="Voltages">Voltages, V; at least two, strictly ascending or strictly descending.</param>
/// <param name="Protocol">How each point is taken.</param>
public sealed record CurrentVoltageSettings(IReadOnlyList<double> Voltages, CurrentVoltageProtocol Protocol = CurrentVoltageProtocol.Steady);

/// <summary>An impedance spectrum.</summary>
/// <param name="Frequencies">Frequencies, Hz; at least one, > 0, strictly ascending.</param>
public sealed record ImpedanceSettings(IReadOnlyList<double> Frequencies);

/// <summary>Which integrator steps.</summary>
public enum IntegratorKind
{
    /// <summary>The cheapest that fits; the choice is printed and stored.</summary>
    Auto,

    /// <summary>Explicit Euler with fixed steps: the oracle.</summary>
    Euler,

    /// <summary>Runge–Kutta–Chebyshev, second order, adaptive.</summary>
    Rkc2,

    /// <summary>Rosenbrock, fourth order, L-stable, adaptive: concentrations and potential coupled.</summary>
    Rodas4,

    /// <summary>The same with a fifth-order method: fewer steps at tight tolerances.</summary>
    Rodas5,
}

/// <summary>Time integration.</summary>
public sealed record TimeSettings
{
    /// <summary>End time, s; > 0.</summary>
    public required double End { get; init; }

    /// <summary>Integrator.</summary>
    public IntegratorKind Integrator { get; init; } = IntegratorKind.Auto;

    /// <summary>Relative tolerance of a step.</summary>
    public double RelativeTolerance { get; init; } = 1e-4;

    /// <summary>Absolute tolerance, mol/m³: error weight is RelativeTolerance (|c| + AbsoluteTolerance).</summary>
    public double AbsoluteTolerance { get; init; } = 0.1;

    /// <summary>Fixed step, s; null: euler takes 0.9 of its stability limit, rkc2 and rodas4 adapt.</summary>
    public double? Step { get; init; }

    /// <summary>Accepted and rejected steps after which the run ends with an outcome that says so.</summary>
    public long MaximumSteps { get; init; } = 100_000_000;
}

/// <summary>Spacing of output times.</summary>
public enum TimeSpacing
{
    /// <summary>Equal intervals from 0 to the end.</summary>
    Linear,

    /// <summary>0, then equal ratios up to the end.</summary>
    Logarithmic,
}

/// <summary>What to write, and when.</summary>
public sealed record OutputSettings
{
    /// <summary>Snapshot times, s, ascending; the first is 0 and the last is the end.</summary>
    public required IReadOnlyList<double> SnapshotTimes { get; init; }

    /// <summary>Trace times, s, ascending: a superset of the snapshot times.</summary>
    public required IReadOnlyList<double> TraceTimes { get; init; }

    /// <summary>Names of traces to write, each one of <see cref="TraceNames"/>.</summary>
    public IReadOnlyList<string> Traces { get; init; } = ["membranePotential", "currentDensity"];

    /// <summary>Every trace that can be asked for: name in the configuration, unit (UDUNITS), meaning.</summary>
    public static IReadOnlyList<(string Name, string Unit, string Meaning)> TraceNames { get; } =
    [
        ("membranePotential", "V", "potential of the left end minus that of the right end"),
        ("currentDensity", "A m-2", "total current per reference area, positive from left to right"),
        ("ionicCurrentDensity", "A m-2", "ionic current through the reference face, positive from left to right"),
        ("speciesCurrentDensity", "A m-2", "current through the reference face, positive from left to right, per species"),
        ("displacementCurrentDensity", "A m-2", "displacement current through the reference face, positive from left to right"),
        ("leftCharge", "C m-2", "charge of the ions and fixed charge left of the middle of the membrane (or of the stack), per reference area"),
        ("leftConcentration", "mol m-3", "concentration at the left end, per species"),
        ("rightConcentration", "mol m-3", "concentration at the right end, per species"),
        ("mechanismCurrentDensity", "A m-2", "current of a mechanism through the membrane, positive from left to right, per mechanism"),
        ("mechanismFlux", "mol m-2 s-1", "flux of a mechanism through the membrane, positive from left to right, per mechanism and ion"),
        ("transported", "mol m-2", "amount that a mechanism moved from left to right since the start, per mechanism and ion"),
        ("permeated", "mol m-2", "amount that diffusion and drift moved from left to right through the membrane since the start, per species"),
        ("gates", "1", "open fraction of a gate, per channel and gate"),
        ("pumpPower", "W m-2", "electrochemical work of a pump on its ions, positive uphill, per pump"),
        ("relativeVolume", "1", "volume of a reservoir over its initial one, per side"),
        ("osmolarity", "mol m-3", "sum of all concentrations at an end, per side"),
    ];
}
