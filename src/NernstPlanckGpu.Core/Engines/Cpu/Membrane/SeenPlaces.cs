using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>Where in the vector of what mechanisms see the things of one view stand; see <see cref="MembraneMechanisms"/>.</summary>
/// <param name="View">View.</param>
/// <param name="Species">Number of species.</param>
internal readonly record struct SeenPlaces(MechanismView View, int Species)
{
    /// <summary>Length for one view.</summary>
    private int Length => 2 * Species + 1;

    /// <summary>Length for both views.</summary>
    public int TotalLength => 2 * Length;

    public int Inside(int species) => (int)View * Length + species;

    public int Outside(int species) => (int)View * Length + Species + species;

    public int Drop => (int)View * Length + 2 * Species;
}

/// <summary>What the mechanisms of a problem see at a time.</summary>
/// <param name="seen">Concentrations and drops, as <see cref="MembraneMechanisms"/> lays them out.</param>
/// <param name="states">Gates and relative volumes.</param>
/// <param name="time">s.</param>
internal readonly ref struct MembraneSight(ReadOnlySpan<double> seen, ReadOnlySpan<double> states, double time)
{
    public ReadOnlySpan<double> Seen { get; } = seen;

    public ReadOnlySpan<double> States { get; } = states;

    public double Time { get; } = time;
}
