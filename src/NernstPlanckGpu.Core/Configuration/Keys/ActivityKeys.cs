using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>The activity model as it is written.</summary>
/// <param name="Kind">Model.</param>
/// <param name="SolventSize">Size of the solvent, m; null: the common size of all species.</param>
internal sealed record RawActivity(ActivityKind Kind, double? SolventSize = null);

/// <summary>Forms of the activity model.</summary>
internal static class ActivityKeys
{
    private static readonly Key<double> SolventSize = new(Quantities.Length)
    {
        Name = "solventSize",
        Meaning = "Size of a molecule of the solvent.",
        Example = "\"2.75 angstrom\"",
    };

    private static readonly ObjectForm<RawActivity> Bikerman = new("Activity model: bikerman", "a steric model", [SolventSize], reader =>
    {
        var size = reader.Get(SolventSize);
        return reader.IsValid ? new(ActivityKind.Bikerman, size.Value) : null;
    });

    public static UnionForm<RawActivity> Form { get; } = new("Activity model", "an activity model",
    [
        Alternative<RawActivity>.Word("ideal", new(ActivityKind.Ideal), "No activity coefficients."),
        Alternative<RawActivity>.Word("debyeHuckel", new(ActivityKind.DebyeHuckel),
            "Extended law of Debye and Hückel, up to about 100 mM; every charged species needs its size."),
        Alternative<RawActivity>.Word("davies", new(ActivityKind.Davies), "Davies' law, up to about 500 mM; no sizes."),
        Alternative<RawActivity>.Word("bikerman", new(ActivityKind.Bikerman), "Steric model of Bikerman: all species have one size."),
        Alternative<RawActivity>.Tagged("bikerman", Bikerman, activity => activity,
            "Steric model with a solvent of its own size; every species has its own.", "{\"solventSize\": \"2.75 angstrom\"}"),
    ])
    { DefinitionName = "activity" };
}
