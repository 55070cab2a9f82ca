namespace NernstPlanckGpu.Core.Results;

/// <summary>What a run will cost, before it starts.</summary>
public sealed record RunEstimate
{
    /// <summary>Cells.</summary>
    public required int Cells { get; init; }

    /// <summary>Smallest and largest cell, m.</summary>
    public required (double Smallest, double Largest) CellSize { get; init; }

    /// <summary>Debye length of each region, m (infinite where there are no ions).</summary>
    public required IReadOnlyList<double> DebyeLength { get; init; }

    /// <summary>Largest stable Euler step of the initial state, s.</summary>
    public required double EulerStep { get; init; }

    /// <summary>Integrator that will be taken, and why when the configuration said auto.</summary>
    public required string Integrator { get; init; }

    /// <summary>Expected number of steps.</summary>
    public required double Steps { get; init; }

    /// <summary>Expected evaluations of the right-hand side.</summary>
    public required double Evaluations { get; init; }

    /// <summary>Expected wall time, s, from a short timing on this machine.</summary>
    public required double WallTime { get; init; }
}
