using System.Numerics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Engines;

/// <summary>Steps batches of discretised problems in time. It knows nothing of JSON, files or terminals.</summary>
/// <remarks>
/// Two batches may be there at once, each made and advanced by a thread of its own, not always the one that opened the engine; read they are by
/// others too, as <see cref="IBatch.Read"/> and <see cref="ISteadyBatch"/> say. A device that fails throws a <see cref="DeviceException"/>; another
/// exception is taken for the fault of a problem.
/// </remarks>
public interface IEngine : IDisposable
{
    /// <summary>What computes, for people: "CPU, 512-bit lanes, 2 threads".</summary>
    string Description { get; }

    /// <summary>Problems of one shape that it steps together: a batch of so many is as quick per problem as a larger one.</summary>
    int Width { get; }

    /// <summary>
    /// Cells times evaluations that it does in a second, about, where it is there to check kernels and no more; infinite where it computes.
    /// </summary>
    double CellEvaluationsPerSecond => double.PositiveInfinity;

    /// <summary>Why it cannot step such a problem, a sentence without its full stop; null when it can. Safe for threads.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="settings">Time integration. Auto is resolved by the caller.</param>
    string? WhyNot(DiscreteProblem problem, TimeSettings settings);

    /// <summary>Takes problems over; each keeps its own time, step size and outcome. A single run is a batch of one.</summary>
    /// <param name="problems">Problems; shapes may differ.</param>
    /// <param name="settings">Time integration, shared. Auto is resolved by the caller.</param>
    IBatch Start(IReadOnlyList<DiscreteProblem> problems, TimeSettings settings);

    /// <summary>
    /// True when <see cref="Steady"/> computes where batches do. False when it hands back the CPU's: then runs that are about steady states take
    /// <see cref="SteadyBatch"/>, or are refused where it does not take their problem; those that begin with a steady state say where it is found.
    /// </summary>
    bool HasSteadyStates => false;

    /// <summary>Prepares a problem for its steady states; its waveforms are held at their values at time 0. Safe for threads.</summary>
    /// <param name="problem">Problem.</param>
    ISteadyState Steady(DiscreteProblem problem);

    /// <summary>Steady states that it finds together: a batch of so many is as quick per problem as a larger one.</summary>
    int SteadyWidth => Width;

    /// <summary>Why <see cref="SteadyBatch"/> does not take such a problem, a sentence without its full stop; null when it does. Safe for threads.</summary>
    /// <param name="problem">Problem.</param>
    string? WhyNoSteadyBatch(DiscreteProblem problem) => HasSteadyStates ? null : "it finds no steady states";

    /// <summary>Prepares problems for their steady states, found together; their waveforms are held at their values at time 0.</summary>
    /// <param name="problems">Problems; shapes may differ.</param>
    ISteadyBatch SteadyBatch(IReadOnlyList<DiscreteProblem> problems) => new SteadyOneByOne(this, problems, 1);
}

/// <summary>A steady state that was found.</summary>
public interface ISteadySolution
{
    /// <summary>Potential of the left electrode minus that of the right, V: found where a current is clamped.</summary>
    double Voltage { get; }

    /// <summary>Derivative dI/dV of the steady current by that voltage, total over the area, A/V.</summary>
    double Conductance();

    /// <summary>Copies it; fluxes are uniform to the last bit where nothing feeds them.</summary>
    /// <param name="state">Receiver, made for this problem.</param>
    void Read(StateView state);

    /// <summary>
    /// Largest difference between a flux and that of the concentrations on the two sides of its face, over what passes there to and fro;
    /// rounding. Known when it has been read.
    /// </summary>
    double ContinuityResidual { get; }
}

/// <summary>Steady states of one problem. Each solution starts from the last one, which is the one that can be read.</summary>
public interface ISteadyState : ISteadySolution, IDisposable
{
    /// <summary>Finds the steady state of the problem's own boundary values.</summary>
    /// <param name="cancellation">Ends the search.</param>
    SteadyResult Solve(CancellationToken cancellation);

    /// <summary>Finds the steady state at another voltage; both ends must impose a potential.</summary>
    /// <param name="voltage">Potential of the left electrode minus that of the right, V.</param>
    /// <param name="cancellation">Ends the search.</param>
    SteadyResult SolveAt(double voltage, CancellationToken cancellation);

    /// <summary>
    /// Small-signal admittance at the last solution: total current (ionic and displacement, positive from left to right) over the
    /// voltage (left electrode minus right), total over the area, A/V. At frequency 0 the conductance.
    /// </summary>
    /// <param name="frequency">Hz; ≥ 0.</param>
    /// <exception cref="InvalidOperationException">An end imposes no electrode potential, or no steady state was found.</exception>
    Complex Admittance(double frequency);
}

/// <summary>How a steady state was found, or where the search stuck.</summary>
/// <param name="Outcome">Done, NotConverged or Interrupted.</param>
/// <param name="Iterations">Newton iterations in all.</param>
/// <param name="Route">How: Newton, states at given voltages, continuation, or integration in time and Newton.</param>
/// <param name="Detail">Which equation stuck, where and why; null when found.</param>
public sealed record SteadyResult(Outcome Outcome, int Iterations, string Route, string? Detail)
{
    /// <summary>True when found.</summary>
    public bool IsFound => Outcome == Outcome.Done;

    /// <summary>The device did not find it, and the CPU's search was asked instead.</summary>
    public bool IsByHost { get; init; }
}

/// <summary>Problems in the hands of an engine.</summary>
public interface IBatch : IDisposable
{
    /// <summary>Number of problems.</summary>
    int Count { get; }

    /// <summary>
    /// Integrates each problem to its own target, landing exactly on it and on every corner of a waveform before it.
    /// Problems that failed stay where they failed.
    /// </summary>
    /// <param name="targets">Target time of each problem, s.</param>
    /// <param name="afterStep">Called after steps, accepted or not, with a problem's status, on the thread that steps it; or null.</param>
    /// <param name="cancellation">Ends the call after the current step; those not at their target are Interrupted.</param>
    void Advance(ReadOnlySpan<double> targets, Action<ProblemStatus>? afterStep, CancellationToken cancellation);

    /// <summary>How a problem stands.</summary>
    /// <param name="problem">Index.</param>
    ProblemStatus Status(int problem);

    /// <summary>
    /// Makes the states of all problems ready to be read: a device finds their fluxes together and copies everything at once. Needless where one
    /// thread alone reads: the first to be read then does it.
    /// </summary>
    void Gather()
    {
    }

    /// <summary>Copies a problem's state and fluxes. Safe for several threads after <see cref="Gather"/>, until the batch goes on.</summary>
    /// <param name="problem">Index.</param>
    /// <param name="state">Receiver, made for this problem.</param>
    void Read(int problem, StateView state);

    /// <summary>Writes down everything that a problem's further steps depend on: state, clock, step control, balances.</summary>
    /// <param name="problem">Index; not while <see cref="Advance"/> runs.</param>
    /// <param name="record">Receiver.</param>
    void Save(int problem, EngineRecord record);

    /// <summary>Puts a problem, made anew from the same configuration, where <see cref="Save"/> found it: it goes on with the same bits on the CPU.</summary>
    /// <param name="problem">Index; before its first <see cref="Advance"/>.</param>
    /// <param name="record">Record.</param>
    /// <exception cref="EngineRecordException">The record is not of such a problem and integrator.</exception>
    void Restore(int problem, EngineRecord record);
}

/// <summary>How a problem stands.</summary>
/// <param name="Outcome">Running until the target of the last Advance is reached, then Done.</param>
/// <param name="Time">s.</param>
/// <param name="StepSize">Latest accepted step, s.</param>
/// <param name="AcceptedSteps">Accepted steps.</param>
/// <param name="RejectedSteps">Rejected steps.</param>
/// <param name="Evaluations">Evaluations of the right-hand side.</param>
/// <param name="WorstScaledError">Largest scaled error of an accepted step (1 is the tolerance); 0 with fixed steps.</param>
/// <param name="SpectralBound">Latest bound of the spectral radius, 1/s.</param>
/// <param name="GaussDrift">Largest violation of Gauss's law that rounding built up before it was taken away, mol/m³.</param>
/// <param name="MassCorrection">Largest relative correction of a conserved amount that rounding of an implicit step had let drift.</param>
/// <param name="Detail">Where an implicit step failed; null where nothing is known.</param>
public readonly record struct ProblemStatus(
    Outcome Outcome, double Time, double StepSize, long AcceptedSteps, long RejectedSteps, long Evaluations, double WorstScaledError,
    double SpectralBound, double GaussDrift, double MassCorrection = 0, string? Detail = null);

/// <summary>A problem's state in the order of its species. Arrays are owned by the caller and reused.</summary>
public sealed class StateView
{
    /// <summary>Makes room for a problem.</summary>
    /// <param name="problem">Problem.</param>
    public StateView(DiscreteProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Concentration = [.. Enumerable.Range(0, problem.Species).Select(_ => new double[problem.Cells + 2])];
        Flux = [.. Enumerable.Range(0, problem.Species).Select(_ => new double[problem.Cells + 1])];
        Charge = new double[problem.Cells + 1];
        MembraneLayout? layout = MembraneLayout.Of(problem.Problem);
        MechanismFlux = new double[layout?.Items.Count ?? 0];
        Transported = new double[layout?.Items.Count ?? 0];
        Permeated = new double[layout is null ? 0 : problem.Species];
        States = new double[layout?.States ?? 0];
    }

    /// <summary>Concentration per species, ghosts included, mol/m³; n + 2.</summary>
    public double[][] Concentration { get; }

    /// <summary>A J per species and face, mol/s; n + 1. On the faces of the membrane that of the mechanisms is contained.</summary>
    public double[][] Flux { get; }

    /// <summary>A D/F per face, mol (q + Q); n + 1.</summary>
    public double[] Charge { get; }

    /// <summary>Total current over F, ionic and displacement, mol/s.</summary>
    public double TotalCurrent { get; set; }

    /// <summary>A J of each mechanism's fluxes, in the order of <see cref="MembraneLayout.Items"/>, mol/s, positive outward.</summary>
    public double[] MechanismFlux { get; }

    /// <summary>What each of them moved outward since the start, mol.</summary>
    public double[] Transported { get; }

    /// <summary>What passed the membrane's left face besides, by diffusion and drift, since the start; per species, mol. Empty without mechanisms.</summary>
    public double[] Permeated { get; }

    /// <summary>Gates, then relative volumes of the reservoirs, as <see cref="MembraneLayout"/> lays them out.</summary>
    public double[] States { get; }

    /// <summary>Volume of the reservoirs at the left and right end over their initial ones; 1 where nothing changes them.</summary>
    public (double Left, double Right) RelativeVolume { get; set; } = (1, 1);

    /// <summary>The state as one to start from.</summary>
    /// <param name="voltage">Potential of the left electrode minus that of the right, V.</param>
    public CellsInitialState ToInitialState(double voltage) =>
        new([.. Concentration.Select(c => (double[])c.Clone())], Charge[0], voltage, States.Length > 0 ? [.. States] : null);

    /// <summary>Copies everything.</summary>
    /// <param name="other">Receiver, made for the same problem.</param>
    public void CopyTo(StateView other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (int s = 0; s < Concentration.Length; s++)
        {
            Concentration[s].CopyTo(other.Concentration[s], 0);
            Flux[s].CopyTo(other.Flux[s], 0);
        }
        Charge.CopyTo(other.Charge, 0);
        MechanismFlux.CopyTo(other.MechanismFlux, 0);
        Transported.CopyTo(other.Transported, 0);
        Permeated.CopyTo(other.Permeated, 0);
        States.CopyTo(other.States, 0);
        (other.TotalCurrent, other.RelativeVolume) = (TotalCurrent, RelativeVolume);
    }
}
