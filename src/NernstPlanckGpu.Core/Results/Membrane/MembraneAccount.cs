using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Membrane;

/// <summary>
/// What passes the membrane in an engine's state, mechanism by mechanism and by diffusion and drift besides: per area of the membrane's left
/// face (the reference area), positive outward. Tests: MembraneAccountTests.
/// </summary>
internal sealed class MembraneAccount
{
    private readonly DiscreteProblem problem;
    private readonly FieldReconstruction field;
    private readonly double[] valence;

    public MembraneAccount(DiscreteProblem problem, FieldReconstruction field)
    {
        (this.problem, this.field) = (problem, field);
        Layout = MembraneLayout.Of(problem.Problem) ?? throw new ArgumentException("the problem has no mechanisms", nameof(problem));
        valence = [.. problem.Problem.Species.Select(species => species.Valence)];
    }

    public MembraneLayout Layout { get; }

    private IReadOnlyList<Mechanism> Mechanisms => problem.Problem.Mechanisms;

    /// <summary>Indices of a mechanism's fluxes in <see cref="MembraneLayout.Items"/>.</summary>
    public IEnumerable<int> ItemsOf(int mechanism) => Enumerable.Range(0, Layout.Items.Count).Where(i => Layout.Items[i].Mechanism == mechanism);

    /// <summary>One flux of a mechanism, mol/(m² s).</summary>
    public double Flux(StateView state, int item) => state.MechanismFlux[item] / field.ReferenceArea;

    /// <summary>Current of one flux, A/m².</summary>
    public double CurrentDensity(StateView state, int item) =>
        PhysicalConstants.Faraday * valence[Layout.Items[item].Species] * Flux(state, item);

    /// <summary>Current of a mechanism, all its ions, A/m².</summary>
    public double MechanismCurrentDensity(StateView state, int mechanism) => ItemsOf(mechanism).Sum(item => CurrentDensity(state, item));

    /// <summary>What one flux has moved since the start, mol/m².</summary>
    public double Transported(StateView state, int item) => state.Transported[item] / field.ReferenceArea;

    /// <summary>What of a species diffusion and drift have moved since the start, mol/m².</summary>
    public double Permeated(StateView state, int species) => state.Permeated[species] / field.ReferenceArea;

    /// <summary>Flux of a species by diffusion and drift: all that passes the membrane's left face but the mechanisms', mol/(m² s).</summary>
    public double Permeation(StateView state, int species)
    {
        double flux = state.Flux[species][problem.ReferenceFace];
        for (int i = 0; i < Layout.Items.Count; i++)
            if (Layout.Items[i].Species == species) flux -= state.MechanismFlux[i];
        return flux / field.ReferenceArea;
    }

    /// <summary>
    /// Passive flux of a species, mol/(m² s): by diffusion and drift, and by the mechanisms that are leaks or channels. With the pump and the
    /// cotransport it is all that passes.
    /// </summary>
    public double Leak(StateView state, int species)
    {
        double flux = Permeation(state, species);
        for (int i = 0; i < Layout.Items.Count; i++)
            if (Layout.Items[i].Species == species && Mechanisms[Layout.Items[i].Mechanism] is GoldmanLeak or OhmicLeak or GatedChannel) flux += Flux(state, i);
        return flux;
    }

    /// <summary>Cycles of a pump, or turns of a cotransport, per area, mol/(m² s).</summary>
    public double Cycles(StateView state, int mechanism)
    {
        int item = ItemsOf(mechanism).First();
        int each = Mechanisms[mechanism] switch
        {
            SodiumPotassiumPump => SodiumPotassiumPump.SodiumPerCycle,
            Cotransporter carrier => carrier.Ions[0].Count,
            _ => throw new ArgumentException("a leak has no cycles", nameof(mechanism)),
        };
        return Flux(state, item) / each;
    }

    /// <summary>
    /// Electrochemical work that a mechanism does on the ions that it moves, Σ J_i [RT ln(c_out/c_in) + z_i F (phi_out − phi_in)] with what
    /// the two ends hold, W/m²; positive where it works uphill. Not a number where it moves an ion that an end does not hold.
    /// Source: P. Läuger, Electrogenic Ion Pumps (1991). Test: MembraneAccountTests.
    /// </summary>
    public double Power(StateView state, double time, int mechanism)
    {
        (double left, double right) = field.EndPotentials(state, time);
        double thermal = PhysicalConstants.GasConstant * problem.Problem.Temperature, power = 0;
        foreach (int item in ItemsOf(mechanism))
        {
            int species = Layout.Items[item].Species;
            double flux = Flux(state, item);
            if (flux == 0) continue;
            double inside = field.EndConcentration(state, species, true), outside = field.EndConcentration(state, species, false);
            power += flux * (thermal * Math.Log(outside / inside) + valence[species] * PhysicalConstants.Faraday * (right - left));
        }
        return double.IsFinite(power) ? power : double.NaN;
    }

    /// <summary>Sum of all concentrations at an end, mol/m³.</summary>
    public static double Osmolarity(DiscreteProblem problem, FieldReconstruction field, StateView state, bool left) =>
        Enumerable.Range(0, problem.Species).Sum(species => field.EndConcentration(state, species, left));
}
