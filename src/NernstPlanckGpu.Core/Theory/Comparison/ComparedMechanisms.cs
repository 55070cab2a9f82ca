using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>The mechanisms of a membrane in the terms in which the kinds of theory ask for them.</summary>
internal sealed class ComparedMechanisms(PnpProblem problem, RunMeasurement run)
{
    private readonly IReadOnlyList<MechanismItem> items = MembraneLayout.Of(problem)?.Items ?? [];

    /// <summary>The first pump; null without one.</summary>
    public SodiumPotassiumPump? Pump => problem.Mechanisms.OfType<SodiumPotassiumPump>().FirstOrDefault();

    /// <summary>Constant-field permeability of all leaks of a species, m/s; null where it has no such leak.</summary>
    public double? LeakPermeability(int species)
    {
        GoldmanLeak[] leaks = [.. problem.Mechanisms.OfType<GoldmanLeak>().Where(leak => leak.Species == species)];
        return leaks.Length == 0 ? null : leaks.Sum(leak => leak.Permeability.At(run.Time));
    }

    /// <summary>Mechanisms move a species.</summary>
    public bool Move(int species) => items.Any(item => item.Species == species);

    /// <summary>What moves a species is at rest at its Nernst potential.</summary>
    public bool RestAtNernst(int species) => items.Where(item => item.Species == species).All(item => problem.Mechanisms[item.Mechanism] is
        GoldmanLeak or OhmicLeak { Reversal: null } or GatedChannel { Reversal: null });

    /// <summary>Current of a species without that of some of its mechanisms, A/m²; null when not known.</summary>
    public double? CurrentWithout(int species, Func<Mechanism, bool> isLeftOut)
    {
        if (run.IonicCurrentDensity?[species] is not { } current) return null;
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i].Species != species || !isLeftOut(problem.Mechanisms[items[i].Mechanism])) continue;
            if (run.MechanismCurrentDensity is not { } currents) return null;
            current -= currents[i];
        }
        return current;
    }

    /// <summary>What constant-field theory leaves out, each with the reason: "Na (gates), pump (moves ions by itself)"; empty without.</summary>
    public string BesideGoldman => string.Join(", ", problem.Mechanisms.Select(Reason).Where(text => text.Length > 0));

    private static string Reason(Mechanism mechanism) => mechanism switch
    {
        SodiumPotassiumPump or Cotransporter => $"{mechanism.Name} (moves ions by itself)",
        GatedChannel => $"{mechanism.Name} (gates)",
        OhmicLeak { Reversal: not null } => $"{mechanism.Name} (reversal potential of its own)",
        OhmicLeak => $"{mechanism.Name} (ohmic)",
        _ => "",
    };
}
