using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results.Membrane;

/// <summary>The columns of a trace about the membrane and its reservoirs: one per mechanism, flux, gate, species or side.</summary>
internal static class MembraneTraces
{
    /// <summary>What the columns of each trace are one of.</summary>
    private const string Current = "mechanismCurrentDensity", Flux = "mechanismFlux", Moved = "transported", Permeated = "permeated",
        Gates = "gates", Power = "pumpPower", Volume = "relativeVolume", Osmolarity = "osmolarity";

    /// <summary>Those that a state without a past has, for steady states and curves.</summary>
    public static IReadOnlyList<string> OfStates { get; } = [Current, Flux, Gates, Power, Volume, Osmolarity];

    /// <summary>True for a trace of this class.</summary>
    public static bool Has(string trace) => trace is Current or Flux or Moved or Permeated or Gates or Power or Volume or Osmolarity;

    /// <summary>Columns of a trace, each with what it is one of, and how it comes from a state; none without mechanisms, where it is about them.</summary>
    public static IEnumerable<(TraceColumn Column, Func<StateView, double, double> Value)> Columns(
        string trace, DiscreteProblem problem, FieldReconstruction field)
    {
        (_, string unit, string meaning) = OutputSettings.TraceNames.First(entry => entry.Name == trace);
        return Parts(trace, problem, field).Select(part =>
            (new TraceColumn($"{trace}_{string.Join('_', part.Of)}", unit, $"{Short(meaning)}: {string.Join(' ', part.Of)}"), part.Value));
    }

    // What follows ", per" says what the columns are.
    private static string Short(string meaning) => meaning[..meaning.IndexOf(", per ", StringComparison.Ordinal)];

    private static IEnumerable<(string[] Of, Func<StateView, double, double> Value)> Parts(string trace, DiscreteProblem problem, FieldReconstruction field)
    {
        if (trace is Volume or Osmolarity)
        {
            foreach (bool left in new[] { true, false })
                yield return ([left ? "left" : "right"], trace == Volume
                    ? (state, _) => left ? state.RelativeVolume.Left : state.RelativeVolume.Right
                    : (state, _) => MembraneAccount.Osmolarity(problem, field, state, left));
            yield break;
        }
        if (problem.Problem.Mechanisms.Count == 0) yield break;
        var account = new MembraneAccount(problem, field);
        foreach ((string[] of, Func<StateView, double, double> value) in trace switch
        {
            Current => OfMechanisms(account, problem.Problem, mechanism => account.ItemsOf(mechanism).Any(),
                mechanism => (state, _) => account.MechanismCurrentDensity(state, mechanism)),
            Power => OfMechanisms(account, problem.Problem, mechanism => problem.Problem.Mechanisms[mechanism] is SodiumPotassiumPump,
                mechanism => (state, time) => account.Power(state, time, mechanism)),
            Flux => OfItems(account, problem.Problem, item => (state, _) => account.Flux(state, item)),
            Moved => OfItems(account, problem.Problem, item => (state, _) => account.Transported(state, item)),
            Permeated => problem.Problem.Species.Select((species, s) =>
                (new[] { species.Name }, (Func<StateView, double, double>)((state, _) => account.Permeated(state, s)))),
            _ => OfGates(account, problem.Problem),
        })
            yield return (of, value);
    }

    private static IEnumerable<(string[], Func<StateView, double, double>)> OfMechanisms(
        MembraneAccount account, PnpProblem problem, Func<int, bool> include, Func<int, Func<StateView, double, double>> value) =>
        Enumerable.Range(0, problem.Mechanisms.Count).Where(include).Select(mechanism => (new[] { problem.Mechanisms[mechanism].Name }, value(mechanism)));

    private static IEnumerable<(string[], Func<StateView, double, double>)> OfItems(
        MembraneAccount account, PnpProblem problem, Func<int, Func<StateView, double, double>> value) =>
        account.Layout.Items.Select((item, i) => (new[] { problem.Mechanisms[item.Mechanism].Name, problem.Species[item.Species].Name }, value(i)));

    private static IEnumerable<(string[], Func<StateView, double, double>)> OfGates(MembraneAccount account, PnpProblem problem) =>
        account.Layout.Gates.Select((gate, i) =>
            (new[] { problem.Mechanisms[gate.Mechanism].Name, gate.Gate.Name }, (Func<StateView, double, double>)((state, _) => state.States[i])));
}
