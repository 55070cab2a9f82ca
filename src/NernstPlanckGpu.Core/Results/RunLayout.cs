using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Membrane;

namespace NernstPlanckGpu.Core.Results;

/// <summary>What stays the same through a run: axes, names, and the facts for the file's header.</summary>
public sealed record RunLayout
{
    /// <summary>The run.</summary>
    public required RunConfiguration Configuration { get; init; }

    /// <summary>Cell centres, m; n values.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>Cell faces, m; n + 1 values, both ends included.</summary>
    public required IReadOnlyList<double> XFace { get; init; }

    /// <summary>Index of the region of each cell; n values.</summary>
    public required IReadOnlyList<int> RegionOfCell { get; init; }

    /// <summary>Face areas A, m² (planar 1; see <see cref="Geometry"/>); n + 1 values.</summary>
    public required IReadOnlyList<double> FaceArea { get; init; }

    /// <summary>Volume of each cell, m³ (planar: per m²); n values.</summary>
    public required IReadOnlyList<double> CellVolume { get; init; }

    /// <summary>Axis of the snapshots: time, or the voltage of a current–voltage curve.</summary>
    public ResultAxis SnapshotAxis { get; init; } = ResultAxis.Time;

    /// <summary>Axis of the traces: time, voltage or frequency.</summary>
    public ResultAxis TraceAxis { get; init; } = ResultAxis.Time;

    /// <summary>Group of the traces in the file: traces, iv or impedance.</summary>
    public string TraceGroup { get; init; } = "traces";

    /// <summary>Single numbers that <see cref="RunSummary.Results"/> will have; see <see cref="TheoryColumns"/>.</summary>
    public IReadOnlyList<ResultColumn> ResultColumns { get; init; } = [];

    /// <summary>Curves over the trace axis that <see cref="RunSummary.Curves"/> will have, in the group of the traces.</summary>
    public IReadOnlyList<ResultColumn> CurveColumns { get; init; } = [];

    /// <summary>Traces in the order of <see cref="TraceSample.Values"/>: name (with species where it is per species), unit, meaning.</summary>
    public required IReadOnlyList<TraceColumn> Traces { get; init; }

    /// <summary>Who computes: engine, lane, threads ("CPU, AVX-512, 1 thread").</summary>
    public required string Engine { get; init; }

    /// <summary>Integrator taken, and why when the configuration said auto.</summary>
    public required string Integrator { get; init; }

    /// <summary>
    /// Entries that <see cref="RunSummary.Theory"/> will have: a file makes their places at the start, so that nothing but
    /// numbers is written at the end. Entries not listed here are added at the end all the same, after the file is closed once.
    /// </summary>
    public IReadOnlyList<ResultColumn> TheoryColumns { get; init; } = [];

    /// <summary>Entries that <see cref="RunSummary.Membrane"/> will have; none without mechanisms. See <see cref="TheoryColumns"/>.</summary>
    public IReadOnlyList<ResultColumn> MembraneColumns { get; init; } = [];

    /// <summary>Entries that <see cref="RunSummary.Certificate"/> will have; see <see cref="TheoryColumns"/>.</summary>
    public IReadOnlyList<ResultColumn> CertificateColumns { get; init; } = [];
}

/// <summary>A number that the end of a run will give: a dataset of the group <c>result</c>, <c>theory</c>, <c>membrane</c> or <c>certificate</c>.</summary>
/// <param name="Name">Dataset name.</param>
/// <param name="Unit">UDUNITS unit.</param>
/// <param name="Meaning">Long name.</param>
/// <param name="Remedy">Of an entry of the certificate: what to change where it is violated; empty for others.</param>
public sealed record ResultColumn(string Name, string Unit, string Meaning, string Remedy = "");

/// <summary>What snapshots or traces are taken along.</summary>
/// <param name="Name">Name of the coordinate.</param>
/// <param name="Unit">UDUNITS unit.</param>
/// <param name="Meaning">Long name.</param>
public sealed record ResultAxis(string Name, string Unit, string Meaning)
{
    /// <summary>Time.</summary>
    public static ResultAxis Time { get; } = new("time", "s", "time");

    /// <summary>Voltage between the electrodes.</summary>
    public static ResultAxis Voltage { get; } = new("voltage", "V", "potential of the left electrode minus that of the right one");

    /// <summary>Frequency.</summary>
    public static ResultAxis Frequency { get; } = new("frequency", "Hz", "frequency of the small signal");
}

/// <summary>A number that a run found, such as its resting or reversal potential.</summary>
/// <param name="Name">Dataset name in the group <c>result</c>, and key in the terminal's JSON.</param>
/// <param name="Value">Value; not a number where there is none.</param>
/// <param name="Unit">UDUNITS unit.</param>
/// <param name="Meaning">Long name.</param>
public sealed record ResultEntry(string Name, double Value, string Unit, string Meaning);

/// <summary>A curve that is known only at the end of a run.</summary>
/// <param name="Name">Dataset name.</param>
/// <param name="Unit">UDUNITS unit.</param>
/// <param name="Meaning">Long name.</param>
/// <param name="Values">One value per sample of the trace axis.</param>
public sealed record ResultCurve(string Name, string Unit, string Meaning, IReadOnlyList<double> Values);

/// <summary>One trace: a dataset of the group <c>traces</c>.</summary>
/// <param name="Name">Dataset name.</param>
/// <param name="Unit">UDUNITS unit.</param>
/// <param name="Meaning">Long name.</param>
public sealed record TraceColumn(string Name, string Unit, string Meaning);

/// <summary>State at one output time. Arrays are row-major, species first, and valid only during the call.</summary>
public sealed class Snapshot
{
    /// <summary>Place on <see cref="RunLayout.SnapshotAxis"/>: time, s, or voltage, V.</summary>
    public double Time { get; set; }

    /// <summary>Concentration, mol/m³, [species, cell].</summary>
    public required double[] Concentration { get; init; }

    /// <summary>Potential at cell centres, V.</summary>
    public required double[] Potential { get; init; }

    /// <summary>Electric field at faces, V/m, positive towards +x; where permittivity jumps, the mean between the two cell centres.</summary>
    public required double[] ElectricField { get; init; }

    /// <summary>Electric displacement at faces, C/m² (continuous everywhere).</summary>
    public required double[] Displacement { get; init; }

    /// <summary>Charge density in cells, fixed charge included, C/m³.</summary>
    public required double[] ChargeDensity { get; init; }

    /// <summary>Flux density through faces, mol/(m² s), positive towards +x, [species, face].</summary>
    public required double[] Flux { get; init; }

    /// <summary>Potential of the left end, V.</summary>
    public double LeftPotential { get; set; }

    /// <summary>Potential of the right end, V.</summary>
    public double RightPotential { get; set; }
}

/// <summary>All traces at one time.</summary>
/// <param name="Time">Place on <see cref="RunLayout.TraceAxis"/>: time, s, voltage, V, or frequency, Hz.</param>
/// <param name="Values">One value per <see cref="RunLayout.Traces"/>; valid only during the call.</param>
public readonly record struct TraceSample(double Time, ReadOnlyMemory<double> Values);

/// <summary>A checked invariant of the run.</summary>
/// <param name="Name">Dataset name in the group <c>certificate</c>, such as massDrift_K.</param>
/// <param name="Value">Measured value.</param>
/// <param name="Limit">Largest absolute value allowed; infinity when only reported.</param>
/// <param name="Unit">UDUNITS unit ("1" for none).</param>
/// <param name="Meaning">What was measured, one line.</param>
/// <param name="Remedy">What to change where it is violated, one sentence without its full stop.</param>
public sealed record CertificateEntry(string Name, double Value, double Limit, string Unit, string Meaning, string Remedy = "")
{
    /// <summary>Within the limit; what is only reported holds, be it not a number.</summary>
    public bool Holds => double.IsPositiveInfinity(Limit) || Math.Abs(Value) <= Limit;
}

/// <summary>A textbook value beside the run's.</summary>
/// <param name="Name">Dataset name in the group <c>theory</c>, such as ghk or nernst_K.</param>
/// <param name="Value">Theory's value.</param>
/// <param name="Computed">The run's value, or null when the run has none.</param>
/// <param name="Unit">UDUNITS unit.</param>
/// <param name="Meaning">What it is, and why the two may differ, one line.</param>
public sealed record TheoryEntry(string Name, double Value, double? Computed, string Unit, string Meaning);

/// <summary>How a run ended.</summary>
public sealed record RunSummary
{
    /// <summary>Outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Time reached, s.</summary>
    public required double Time { get; init; }

    /// <summary>Accepted steps.</summary>
    public required long AcceptedSteps { get; init; }

    /// <summary>Rejected steps.</summary>
    public required long RejectedSteps { get; init; }

    /// <summary>Evaluations of the right-hand side.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Wall time of the integration, s.</summary>
    public required double WallTime { get; init; }

    /// <summary>Certificate.</summary>
    public required IReadOnlyList<CertificateEntry> Certificate { get; init; }

    /// <summary>Theory beside the run.</summary>
    public required IReadOnlyList<TheoryEntry> Theory { get; init; }

    /// <summary>Membrane potential at the end, V: left end minus right end.</summary>
    public required double MembranePotential { get; init; }

    /// <summary>Total current at the end per reference area, A/m².</summary>
    public required double CurrentDensity { get; init; }

    /// <summary>What the run found besides: resting, reversal potential, …</summary>
    public IReadOnlyList<ResultEntry> Results { get; init; } = [];

    /// <summary>What passes the membrane at the end, and what the reservoirs hold; null without mechanisms, and where there is no state.</summary>
    public MembraneSummary? Membrane { get; init; }

    /// <summary>Curves over the trace axis.</summary>
    public IReadOnlyList<ResultCurve> Curves { get; init; } = [];

    /// <summary>
    /// Where and why it failed: equation, place, cause; of one that is done, what the CPU had to do for the engine. Null where nothing is known
    /// beyond the outcome.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>True when every certificate entry holds; false when there is none, as where a run never started.</summary>
    public bool CertificateHolds => Certificate.Count > 0 && Certificate.All(entry => entry.Holds);
}

/// <summary>Where a run's results go: a file, a test's memory. Calls come from one thread, in time order.</summary>
public interface IRunSink
{
    /// <summary>Receives the state at a snapshot time.</summary>
    /// <param name="snapshot">State; copy what you keep.</param>
    void Snapshot(Snapshot snapshot);

    /// <summary>Receives the traces at a trace time.</summary>
    /// <param name="sample">Values; copy what you keep.</param>
    void Trace(in TraceSample sample);

    /// <summary>The run ended, however it ended.</summary>
    /// <param name="summary">How.</param>
    void Complete(RunSummary summary);
}

/// <summary>How far a run is; handed to a progress display a few times per second.</summary>
/// <param name="Time">Simulated time, s; points done where <paramref name="Points"/> says what they are.</param>
/// <param name="End">End time, s; points in all.</param>
/// <param name="Steps">Accepted steps.</param>
/// <param name="StepSize">Latest step, s.</param>
/// <param name="Elapsed">Wall time, s.</param>
/// <param name="Points">What is counted, in the plural: voltages, frequencies; null for a run in time.</param>
public readonly record struct RunProgress(double Time, double End, long Steps, double StepSize, double Elapsed, string? Points = null)
{
    /// <summary>What is done of the whole, from 0 to 1.</summary>
    public double Fraction => End > 0 ? Time / End : 0;
}
