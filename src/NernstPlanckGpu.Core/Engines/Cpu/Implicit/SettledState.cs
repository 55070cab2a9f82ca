using System.Numerics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The steady state that a problem with mechanisms or activities settles into: integrated in time from the initial state, or from the last
/// solution, until nothing moves. Steps grow with time; a long one contracts what is left of a deviation as Newton's method would, so the end
/// is the steady state to rounding. It is a stable one, and where several have the same conserved amounts, the one that is reached.
/// </summary>
internal sealed class SettledState : ISteadyState
{
    /// <summary>Thirty years: nothing in a cell is slower. Whether it is settled is asked once a day has passed.</summary>
    private const double Horizon = 1e9, FirstDecade = 1e-9, Day = 86400, VoltageStep = 1e-5;
    private const int MostSteps = 20_000;

    /// <summary>
    /// Largest change in a decade of time of a state that is settled, over each species' largest concentration, in states and in F V/RT. Each
    /// decade contracts what is left by far more than this, until its steps are so long that rounding moves what time no longer does: the
    /// state before is taken then. A pump of constant rate leaves the sodium inside so ill conditioned that this is at 1e-8.
    /// </summary>
    private const double Settled = 1e-7;

    /// <summary>No decade can change less.</summary>
    private const double Rounding = 1e-13;

    private readonly DiscreteProblem problem;
    private readonly PnpProblem held;
    private readonly double[] resistance;
    private StateView view, before;
    private CellsInitialState? last;
    private double leftVoltage;
    // About the last solution, once an admittance was asked for.
    private ImplicitSystem<ScalarLane>? linearised;
    private SmallSignal? smallSignal;

    public SettledState(DiscreteProblem problem)
    {
        this.problem = problem;
        held = HeldProblem.Of(problem.Problem);
        resistance = problem.Resistances();
        (view, before) = (new(problem), new(problem));
        leftVoltage = held.Left.Electric.Electrode?.At(0) ?? 0;
    }

    /// <inheritdoc/>
    public double Voltage { get; private set; } = double.NaN;

    /// <inheritdoc/>
    public double ContinuityResidual { get; private set; } = double.NaN;

    /// <inheritdoc/>
    public SteadyResult Solve(CancellationToken cancellation)
    {
        Dispose();
        PnpProblem start = AtVoltage() with { Initial = last ?? held.Initial };
        DiscreteProblem discrete = Discretiser.Discretise(start, problem.Grid);
        var settings = new TimeSettings { End = Horizon, Integrator = IntegratorKind.Rodas4, MaximumSteps = MostSteps };
        using IBatch batch = new CpuEngine(new(1)).Start([discrete], settings);
        int steps = 0;
        (double Change, string What) moving = (double.PositiveInfinity, "");
        for (double target = FirstDecade; target <= Horizon * 1.1 && moving.Change > Rounding; target *= 10)
        {
            batch.Advance([target], null, cancellation);
            ProblemStatus status = batch.Status(0);
            steps = (int)(status.AcceptedSteps + status.RejectedSteps);
            if (status.Outcome != Outcome.Done) return Failed(status, steps);
            (view, before) = (before, view);
            batch.Read(0, view);
            if (target <= Day) continue;
            (double Change, string What) now = Moving(target);
            if (moving.Change <= Settled && now.Change >= moving.Change)
            {
                (view, before) = (before, view);
                break;
            }
            moving = now;
        }
        if (!(moving.Change <= Settled)) return new(Outcome.NotConverged, steps, "none", moving.What);
        Keep();
        return new(Outcome.Done, steps, SteadyMethod.Describe(held), null);
    }

    /// <inheritdoc/>
    public SteadyResult SolveAt(double voltage, CancellationToken cancellation)
    {
        if (held.Left.Electric.Electrode is null || held.Right.Electric.Electrode is not { } right)
            throw new InvalidOperationException("a voltage can be set only between two ends with an electrode potential");
        leftVoltage = right.At(0) + voltage;
        return Solve(cancellation);
    }

    /// <inheritdoc/>
    public double Conductance()
    {
        (double voltage, StateView here, CellsInitialState? kept, double residual) = (Voltage, view, last, ContinuityResidual);
        (double up, double down) = (CurrentAt(voltage + VoltageStep), CurrentAt(voltage - VoltageStep));
        (Voltage, view, before, last, ContinuityResidual) = (voltage, here, new(problem), kept, residual);
        leftVoltage = voltage + (held.Right.Electric.Electrode?.At(0) ?? 0);
        return (up - down) / (2 * VoltageStep);

        double CurrentAt(double at)
        {
            (view, before) = (new(problem), new(problem));
            return SolveAt(at, CancellationToken.None).IsFound ? view.TotalCurrent * PhysicalConstants.Faraday : double.NaN;
        }
    }

    /// <inheritdoc/>
    public Complex Admittance(double frequency)
    {
        if (!(frequency >= 0) || double.IsInfinity(frequency)) throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "a frequency is finite and not negative");
        if (held.Activity.Kind != ActivityKind.Ideal || !SteadyMethod.HasAdmittance(held.Mechanisms, held.Left, held.Right))
            throw new InvalidOperationException("an admittance is computed without activity coefficients, where mechanisms see an imposed voltage and baths");
        if (last is null) throw new InvalidOperationException("no steady state was found yet");
        if (frequency == 0) return Conductance();
        if (linearised is null)
        {
            linearised = new([Discretiser.Discretise(AtVoltage() with { Initial = last }, problem.Grid)], 1);
            smallSignal = Linearise(linearised);
        }
        double omega = 2 * Math.PI * frequency;
        return smallSignal!.CurrentPerVoltage(omega, linearised.Borders[0].Response(omega)) * (PhysicalConstants.Faraday / PhysicalConstants.ThermalVoltage(held.Temperature));
    }

    private unsafe SmallSignal Linearise(ImplicitSystem<ScalarLane> system)
    {
        double* u = system.Arrays.Vector(0);
        _ = system.Enter(0, 0);
        system.LoadConcentrations(0, u);
        system.Settle(0, u, 0, 0);
        MembraneBorder border = system.Borders[0];
        border.Start(u, last!.States);
        system.Fluxes(u, linearise: true);
        border.Linearise(u, 0, 1);
        return new(system.Arrays, system.Ends(0));
    }

    /// <inheritdoc/>
    public void Read(StateView state) => view.CopyTo(state);

    public void Dispose()
    {
        linearised?.Dispose();
        linearised = null;
    }

    private PnpProblem AtVoltage() =>
        held with { Left = held.Left with { Electric = held.Left.Electric.WithElectrode(new ConstantWaveform(leftVoltage)) } };

    private static SteadyResult Failed(ProblemStatus status, int steps)
    {
        string where = FormattableString.Invariant($"after {steps} steps, at t = {status.Time:g4} s");
        return status.Outcome switch
        {
            Outcome.StepBudgetSpent => new(Outcome.NotConverged, steps, "none", $"it does not settle but keeps changing, {where}; a membrane may fire without end"),
            Outcome.Interrupted => new(status.Outcome, steps, "none", status.Detail),
            Outcome.Burst => new(Outcome.NotConverged, steps, "none", $"the cell bursts on the way, {status.Detail}: it has no steady volume"),
            _ => new(Outcome.NotConverged, steps, "none", $"integration in time failed {where}: {status.Detail}"),
        };
    }

    private void Keep()
    {
        Voltage = Drop(view) * PhysicalConstants.ThermalVoltage(held.Temperature);
        last = view.ToInitialState(Voltage);
        ContinuityResidual = Residual();
    }

    // F (left electrode − right electrode)/RT.
    private double Drop(StateView state)
    {
        double sum = problem.SternResistance.Left * state.Charge[0] + problem.SternResistance.Right * state.Charge[^1];
        for (int f = 0; f < resistance.Length; f++) sum += resistance[f] * state.Charge[f];
        return sum;
    }

    // Largest change since the decade before, and of what.
    private (double Change, string What) Moving(double time)
    {
        (double Change, string Name) worst = (Math.Abs(Drop(view) - Drop(before)), "the voltage");
        for (int s = 0; s < view.Concentration.Length; s++)
        {
            double[] now = view.Concentration[s], then = before.Concentration[s];
            double largest = now.Max();
            if (largest > 0) Take(now.Zip(then, (a, b) => Math.Abs(a - b)).Max() / largest, problem.Problem.Species[s].Name);
        }
        Take(view.States.Zip(before.States, (a, b) => Math.Abs(a - b)).DefaultIfEmpty(0).Max(), "a gate or volume");
        return (worst.Change, FormattableString.Invariant($"{worst.Name} still changes, by {worst.Change:g3} from {time / 10:g1} to {time:g1} s"));

        void Take(double change, string name)
        {
            if (!(change <= worst.Change) && !double.IsNaN(worst.Change)) worst = (change, name);
        }
    }

    // Largest difference of the fluxes through two neighbouring faces, over what passes there to and fro.
    private double Residual()
    {
        double[][] conductance = problem.Conductance();
        foreach (InterfaceFace face in problem.Interfaces)
            for (int s = 0; s < conductance.Length; s++) conductance[s][face.Face] = Math.Min(face.LeftConductance[s], face.RightConductance[s]);
        double worst = 0;
        for (int s = 0; s < conductance.Length; s++)
        {
            // Where no source feeds a cell, what comes in goes out.
            if (held.Sources?[s] is not null) continue;
            double[] c = view.Concentration[s], flux = view.Flux[s];
            for (int i = 1; i <= problem.Cells; i++)
            {
                double passes = Math.Max(conductance[s][i - 1], conductance[s][i]) * c[i] + Math.Max(Math.Abs(flux[i - 1]), Math.Abs(flux[i]));
                if (passes > 0) worst = Math.Max(worst, Math.Abs(flux[i - 1] - flux[i]) / passes);
            }
        }
        return worst;
    }
}
