using System.Numerics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// Steady states by several routes, the next when one fails: Newton's method; with a clamped current, states at given voltages and Newton's
/// method from the best; continuation in the imposed potentials and the charges, from the uncharged stack; integration in time until
/// nothing moves, and Newton's method from there.
/// </summary>
internal sealed class SteadyState(DiscreteProblem problem) : ISteadyState
{
    private const double FirstShare = 0.2, SmallestShare = 1e-3;
    private const int MostPseudoSteps = 4000;

    /// <summary>Relative change of the largest displacement in a decade of time from which Newton's method is tried; after a second in any case.</summary>
    private const double LittleChange = 1e-6, Second = 0.5;
    private readonly SteadySolver solver = new(problem);
    private readonly double perVolt = 1 / PhysicalConstants.ThermalVoltage(problem.Problem.Temperature);
    private bool hasSolution;
    private SmallSignal? smallSignal;

    /// <inheritdoc/>
    public double Voltage => solver.Voltage;

    /// <summary>Reduced potentials of all blocks at the last solution.</summary>
    public double[] Potentials => solver.Potential;

    /// <inheritdoc/>
    public double Conductance() => solver.Conductance();

    /// <inheritdoc/>
    public double ContinuityResidual => solver.ContinuityResidual();

    /// <inheritdoc/>
    public Complex Admittance(double frequency)
    {
        if (!(frequency >= 0) || double.IsInfinity(frequency)) throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "a frequency is finite and not negative");
        if (!HasElectrodes) throw new InvalidOperationException("an admittance is defined only between two ends with an electrode potential");
        if (!hasSolution) throw new InvalidOperationException("no steady state was found yet");
        if (frequency == 0) return Conductance();
        smallSignal ??= solver.Linearise();
        return smallSignal.CurrentPerVoltage(2 * Math.PI * frequency) * (PhysicalConstants.Faraday * perVolt);
    }

    /// <inheritdoc/>
    public void Read(StateView state) => solver.Read(state);

    private bool HasElectrodes => problem.Problem is { Left.Electric.Electrode: not null, Right.Electric.Electrode: not null };

    /// <inheritdoc/>
    public SteadyResult Solve(CancellationToken cancellation)
    {
        int iterations = 0;
        smallSignal = null;
        if (Try(hasSolution)) return Found("Newton");
        string? first = solver.Detail;
        if (solver.IsImpossible) return new(Outcome.NotConverged, 0, "none", first);
        if (cancellation.IsCancellationRequested) return new(Outcome.Interrupted, iterations, "none", null);
        if (solver.Values.SeeksCurrent && VoltageSearch.Potential(problem, solver.Values.Current, cancellation) is { } near)
        {
            solver.Potential = near;
            if (Try(warm: true)) return Found("states at given voltages, then Newton");
        }
        if (Continue(cancellation)) return Found("continuation in the imposed potentials and charges");
        if (cancellation.IsCancellationRequested) return new(Outcome.Interrupted, iterations, "none", null);
        foreach (double[] start in IntegrateInTime(cancellation))
        {
            solver.Potential = start;
            if (Try(warm: true)) return Found("integration in time, then Newton");
        }
        hasSolution = false;
        Outcome outcome = cancellation.IsCancellationRequested ? Outcome.Interrupted : Outcome.NotConverged;
        return new(outcome, iterations, "none", $"{first}; continuation and integration in time did not get there either");

        bool Try(bool warm)
        {
            bool found = solver.Solve(warm);
            iterations += solver.Iterations;
            return found;
        }

        SteadyResult Found(string route)
        {
            hasSolution = true;
            return new(Outcome.Done, iterations, route, null);
        }

        bool Continue(CancellationToken token)
        {
            double share = 0, step = FirstShare;
            double[]? last = null;
            while (share < 1 && step > SmallestShare && !token.IsCancellationRequested)
            {
                double next = Math.Min(1, share + step);
                solver.Scale(next);
                if (last is not null) solver.Potential = last;
                if (Try(last is not null))
                {
                    (share, last, step) = (next, solver.Potential, 2 * step);
                    continue;
                }
                step *= 0.25;
            }
            solver.Scale(1);
            return share >= 1;
        }
    }

    /// <inheritdoc/>
    public SteadyResult SolveAt(double voltage, CancellationToken cancellation)
    {
        if (!HasElectrodes)
            throw new InvalidOperationException("a voltage can be set only between two ends with an electrode potential");
        double before = solver.Values.HeldVoltage, after = voltage * perVolt;
        solver.Values.SetVoltage(after);
        // The change of voltage, spread as the last solution spreads a small one, is a better start than the last solution.
        if (hasSolution) solver.Predict(after - before);
        return Solve(cancellation);
    }

    public void Dispose() => solver.Dispose();

    // Potentials after decades of time; the next where Newton's method does not get there from one. Ends with the integration.
    private IEnumerable<double[]> IntegrateInTime(CancellationToken cancellation)
    {
        DiscreteProblem frozen = Discretiser.Discretise(HeldProblem.Of(problem.Problem), problem.Grid);
        var settings = new TimeSettings { End = 1, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-3, MaximumSteps = MostPseudoSteps };
        using IBatch batch = new CpuEngine(new(1)).Start([frozen], settings);
        var state = new StateView(frozen);
        double previous = double.NaN;
        for (double target = 1e-6; target < 1e9; target *= 10)
        {
            batch.Advance([target], null, cancellation);
            if (batch.Status(0).Outcome != Outcome.Done) yield break;
            batch.Read(0, state);
            double change = state.Charge.Max(Math.Abs) - previous;
            previous = state.Charge.Max(Math.Abs);
            if (target > Second || Math.Abs(change) < LittleChange * previous) yield return Potential(frozen, state);
        }
    }

    private double[] Potential(DiscreteProblem frozen, StateView state)
    {
        double[] resistance = frozen.Resistances();
        var psi = new double[frozen.Cells + 2];
        psi[^1] = problem.Problem.Right.Electric switch
        {
            PotentialBoundary b => b.Potential.At(0) * perVolt,
            SternBoundary b => b.Potential.At(0) * perVolt + problem.SternResistance.Right * state.Charge[^1],
            _ => 0,
        };
        for (int f = frozen.Cells; f >= 0; f--) psi[f] = psi[f + 1] + resistance[f] * state.Charge[f];
        double left = problem.Problem.Left.Electric switch
        {
            PotentialBoundary b => b.Potential.At(0) * perVolt,
            SternBoundary b => b.Potential.At(0) * perVolt - problem.SternResistance.Left * state.Charge[0],
            _ => psi[0],
        };
        double shift = left - psi[0];
        bool rightFloats = problem.Problem.Right.Electric is not (PotentialBoundary or SternBoundary);
        return rightFloats ? [.. psi.Select(value => value + shift)] : psi;
    }
}
