using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>A state of a problem as an engine leaves it, without configuration, output or certificate.</summary>
internal sealed class EngineRun
{
    private EngineRun(DiscreteProblem problem, StateView state, ProblemStatus status)
    {
        (Problem, State, Status) = (problem, state, status);
        Volumes = problem.Volumes();
        Resistances = problem.Resistances();
    }

    public DiscreteProblem Problem { get; }

    public StateView State { get; }

    public ProblemStatus Status { get; }

    public double[] Volumes { get; }

    public double[] Resistances { get; }

    /// <summary>Integrates to a time; it has to get there.</summary>
    public static EngineRun To(PnpProblem problem, TimeSettings settings)
    {
        EngineRun run = Try(problem, settings);
        Assert.True(run.Status.Outcome == Outcome.Done, $"{settings.Integrator}: {run.Status}");
        return run;
    }

    /// <summary>Integrates to a time, whatever becomes of it.</summary>
    public static EngineRun Try(PnpProblem problem, TimeSettings settings) => Try(Discretiser.Discretise(problem), settings);

    public static EngineRun Try(DiscreteProblem discrete, TimeSettings settings)
    {
        using IBatch batch = new CpuEngine(new(1)).Start([discrete], settings);
        batch.Advance([settings.End], null, CancellationToken.None);
        var view = new StateView(discrete);
        batch.Read(0, view);
        return new(discrete, view, batch.Status(0));
    }

    /// <summary>The steady state that a solver found last.</summary>
    public static EngineRun Of(DiscreteProblem problem, ISteadyState steady)
    {
        var view = new StateView(problem);
        steady.Read(view);
        return new(problem, view, default);
    }

    /// <summary>Potential of the left end less that of the right, V, Stern layers not counted.</summary>
    public double Drop => PhysicalConstants.ThermalVoltage(Problem.Problem.Temperature) * Resistances.Zip(State.Charge, (b, q) => b * q).Sum();

    /// <summary>Potential of the left electrode (or end) less that of the right, V.</summary>
    public double Voltage => Drop + PhysicalConstants.ThermalVoltage(Problem.Problem.Temperature)
        * (Problem.SternResistance.Left * State.Charge[0] + Problem.SternResistance.Right * State.Charge[^1]);

    /// <summary>Potential of each cell less that of the left end, V.</summary>
    public double[] Potentials
    {
        get
        {
            double scale = PhysicalConstants.ThermalVoltage(Problem.Problem.Temperature), potential = 0;
            return [.. Enumerable.Range(0, Problem.Cells).Select(i => potential -= scale * Resistances[i] * State.Charge[i])];
        }
    }

    /// <summary>Largest violation of Gauss's law in a cell, mol/m³.</summary>
    public double GaussResidual => Enumerable.Range(0, Problem.Cells)
        .Max(i => Math.Abs((State.Charge[i + 1] - State.Charge[i]) / Volumes[i] - Problem.FixedCharge(i) - Charge(i)));

    /// <summary>Amount of a species in the stack and its reservoirs, mol.</summary>
    public double Amount(int s)
    {
        double sum = Enumerable.Range(0, Problem.Cells).Sum(i => Volumes[i] * State.Concentration[s][i + 1]);
        if (Problem.LeftGhostInverseVolume[s] > 0) sum += State.Concentration[s][0] / Problem.LeftGhostInverseVolume[s];
        if (Problem.RightGhostInverseVolume[s] > 0) sum += State.Concentration[s][^1] / Problem.RightGhostInverseVolume[s];
        return sum;
    }

    /// <summary>Charge of the ions in a cell over F, mol/m³.</summary>
    public double Charge(int cell) => Enumerable.Range(0, Problem.Species)
        .Sum(s => Problem.Problem.Species[s].Valence * State.Concentration[s][cell + 1]);

    /// <summary>Largest difference of a concentration, over |c| + 0.1 mol/m³: the weight that steps are judged by.</summary>
    public static double Distance(StateView a, StateView b)
    {
        double worst = 0;
        for (int s = 0; s < a.Concentration.Length; s++)
        {
            for (int i = 0; i < a.Concentration[s].Length; i++)
                worst = Math.Max(worst, Math.Abs(a.Concentration[s][i] - b.Concentration[s][i]) / (Math.Abs(b.Concentration[s][i]) + 0.1));
        }
        return worst;
    }

    /// <summary>Largest difference of displacements over the largest of them.</summary>
    public static double ChargeDistance(StateView a, StateView b) =>
        a.Charge.Zip(b.Charge, (p, q) => Math.Abs(p - q)).Max() / b.Charge.Max(Math.Abs);

    /// <summary>Largest difference of fluxes over the largest of that species.</summary>
    public static double FluxDistance(StateView a, StateView b) => a.Flux.Zip(b.Flux, (p, q) =>
        p.Zip(q, (x, y) => Math.Abs(x - y)).Max() / Math.Max(q.Max(Math.Abs), 1e-300)).Max();
}
