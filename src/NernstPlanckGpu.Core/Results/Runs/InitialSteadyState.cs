using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>Replaces an initial state that is the steady state of another problem by that state, and what counts from its potential.</summary>
internal static class InitialSteadyState
{
    /// <summary>The problem with its initial state cell by cell.</summary>
    /// <param name="Context">Null when none was found.</param>
    /// <param name="Voltage">Left minus right electrode of the initial state, V; null without one.</param>
    /// <param name="IsOpenCircuit">The initial state has no current.</param>
    /// <param name="Failure">How the search failed.</param>
    public sealed record Resolved(RunContext? Context, double? Voltage, bool IsOpenCircuit, SteadyResult? Failure)
    {
        /// <summary>There was a steady state to find.</summary>
        public bool IsSteady { get; init; }

        /// <summary>What it gives to the results of the run.</summary>
        public IEnumerable<ResultEntry> Results()
        {
            if (!IsSteady) yield break;
            yield return IsOpenCircuit
                ? new("restingPotential", Voltage ?? double.NaN, "V", "potential difference of the initial steady state, at which no current flows")
                : new("initialPotential", Voltage ?? double.NaN, "V", "potential difference of the initial steady state");
        }
    }

    /// <summary>Before it is found: its results have names and no values.</summary>
    public static Resolved Unknown(RunContext context) =>
        context.Configuration.Problem.Initial is SteadyInitialState initial
            ? new(null, null, SteadyOutput.IsOpenCircuit(initial.Problem), null) { IsSteady = true }
            : new(context, null, false, null);

    public static Resolved Resolve(RunContext context, CancellationToken cancellation)
    {
        PnpProblem problem = context.Configuration.Problem;
        Resolved unknown = Unknown(context);
        if (problem.Initial is not SteadyInitialState initial) return unknown;
        DiscreteProblem discrete = Discretiser.Discretise(initial.Problem, context.Discrete.Grid);
        using ISteadyState steady = context.Engine.Steady(discrete);
        SteadyResult found = steady.Solve(cancellation);
        if (!found.IsFound) return unknown with { Failure = found };
        var state = new StateView(discrete);
        steady.Read(state);
        (double left, double right) = new FieldReconstruction(discrete).EndPotentials(state, 0);
        PnpProblem resolved = problem with
        {
            Initial = new CellsInitialState(state.Concentration, state.Charge[0], steady.Voltage, States(problem, state)),
            Left = Shift(problem.Left, left),
            Right = Shift(problem.Right, right),
        };
        return unknown with { Context = context.With(resolved), Voltage = steady.Voltage };
    }

    // Gates as they are, unless the run says otherwise; a volume that was held by a bath is the run's initial one.
    private static double[]? States(PnpProblem problem, StateView state)
    {
        if (MembraneLayout.Of(problem) is not { States: > 0 } layout) return null;
        var states = new double[layout.States];
        for (int i = 0; i < layout.Gates.Count; i++) states[i] = layout.Gates[i].Gate.Initial ?? state.States[i];
        if (layout.LeftVolumeState >= 0) states[layout.LeftVolumeState] = state.RelativeVolume.Left;
        if (layout.RightVolumeState >= 0) states[layout.RightVolumeState] = state.RelativeVolume.Right;
        return states;
    }

    private static Boundary Shift(Boundary boundary, double potential) => boundary.Electric is PotentialBoundary { RelativeToInitial: true } relative
        ? boundary with { Electric = new PotentialBoundary(new ShiftedWaveform(relative.Potential, potential)) } : boundary;
}
