using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Membrane;

/// <summary>Makes the summary of a state.</summary>
internal static class MembraneSummaryBuilder
{
    /// <summary>The summary; null for a problem without mechanisms.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="field">Its fields.</param>
    /// <param name="state">State at the end.</param>
    /// <param name="time">s.</param>
    /// <param name="budgets">Balances since the start; null where the state has no past.</param>
    public static MembraneSummary? Of(
        DiscreteProblem problem, FieldReconstruction field, StateView state, double time, IReadOnlyList<IonBudget>? budgets)
    {
        PnpProblem model = problem.Problem;
        if (model.Mechanisms.Count == 0) return null;
        var account = new MembraneAccount(problem, field);
        bool hasPast = budgets is not null;
        IonFlux Ion(int species, double flux, double? moved) => new(
            model.Species[species].Name, flux, PhysicalConstants.Faraday * model.Species[species].Valence * flux, hasPast ? moved : null);
        return new()
        {
            Time = time,
            Area = RealArea(model.Geometry, field.ReferenceArea),
            Mechanisms = [.. Enumerable.Range(0, model.Mechanisms.Count).Where(i => model.Mechanisms[i] is not WaterFlux)
                .Select(i => Of(account, model, state, time, i, Ion))],
            Diffusion = [.. Enumerable.Range(0, problem.Species).Select(s => Ion(s, account.Permeation(state, s), account.Permeated(state, s)))],
            Leaks = [.. Enumerable.Range(0, problem.Species).Select(s => Ion(s, account.Leak(state, s), null))],
            Ends = [End(problem, field, state, true), End(problem, field, state, false)],
            Budgets = budgets ?? [],
        };
    }

    /// <summary>Names of the entries, before the run.</summary>
    public static IEnumerable<ResultColumn> Columns(DiscreteProblem problem, FieldReconstruction field, IReadOnlyList<IonBudget>? budgets) =>
        Of(problem, field, new StateView(problem), 0, budgets)?.Entries().Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning)) ?? [];

    private static MechanismResult Of(
        MembraneAccount account, PnpProblem model, StateView state, double time, int mechanism, Func<int, double, double?, IonFlux> ion)
    {
        Mechanism one = model.Mechanisms[mechanism];
        bool isCarrier = one is SodiumPotassiumPump or Cotransporter;
        return new(
            one.Name, one.Kind, account.MechanismCurrentDensity(state, mechanism),
            [.. account.ItemsOf(mechanism).Select(item =>
                ion(account.Layout.Items[item].Species, account.Flux(state, item), account.Transported(state, item)))],
            isCarrier ? account.Cycles(state, mechanism) : null,
            isCarrier ? account.Power(state, time, mechanism) : null,
            [.. account.Layout.Gates.Select((gate, i) => (gate.Mechanism, gate.Gate.Name, Open: state.States[i]))
                .Where(gate => gate.Mechanism == mechanism).Select(gate => (gate.Name, gate.Open))]);
    }

    private static EndResult End(DiscreteProblem problem, FieldReconstruction field, StateView state, bool left)
    {
        Boundary boundary = left ? problem.Problem.Left : problem.Problem.Right;
        return new(
            left ? "left" : "right",
            boundary.Ions.Any(ion => ion is ReservoirBoundary),
            left ? state.RelativeVolume.Left : state.RelativeVolume.Right,
            MembraneAccount.Osmolarity(problem, field, state, left),
            [.. problem.Problem.Species.Select((species, s) => (species.Name, field.EndConcentration(state, s, left)))]);
    }

    // 1 m² stands for "per area", a cylinder is per length.
    private static double? RealArea(Geometry geometry, double area) => geometry switch
    {
        CylindricalGeometry or PlanarGeometry { Area: 1 } => null,
        _ => area,
    };
}
