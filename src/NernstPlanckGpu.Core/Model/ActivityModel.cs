namespace NernstPlanckGpu.Core.Model;

/// <summary>Model of the excess chemical potential RT ln gamma of ions.</summary>
public enum ActivityKind
{
    /// <summary>gamma = 1.</summary>
    Ideal,

    /// <summary>Extended Debye–Hückel; each ion with its size.</summary>
    DebyeHuckel,

    /// <summary>Davies; no sizes.</summary>
    Davies,

    /// <summary>Steric: ln gamma_i = −(a_i/a_0)³ ln(1 − N_A Σ a_j³ c_j).</summary>
    Bikerman,
}

/// <summary>
/// The activity model of a problem. It holds in every region but membranes, where gamma = 1 and the standard chemical potential W says what
/// an ion meets.
/// </summary>
/// <param name="Kind">Model.</param>
/// <param name="SolventSize">a_0 of the steric model, m; 0 for the others. With one size for all it is Bikerman's own.</param>
public sealed record ActivityModel(ActivityKind Kind, double SolventSize = 0)
{
    /// <summary>No activity coefficients.</summary>
    public static ActivityModel Ideal { get; } = new(ActivityKind.Ideal);
}
