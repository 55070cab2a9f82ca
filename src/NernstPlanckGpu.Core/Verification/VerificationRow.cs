namespace NernstPlanckGpu.Core.Verification;

/// <summary>One line of the benchmark table: what a run of the engine gave beside what it should have given.</summary>
public sealed record VerificationRow
{
    /// <summary>What was computed, and under what limits.</summary>
    public required VerificationCheck Check { get; init; }

    /// <summary>Value expected, in the check's unit; of a profile at the place where it differs most.</summary>
    public required double Expected { get; init; }

    /// <summary>Value got there; not a number when the engine got nowhere.</summary>
    public required double Got { get; init; }

    /// <summary>Error that is judged, ≥ 0: of the check's unit, or a fraction where the check says so.</summary>
    public required double Error { get; init; }

    /// <summary>Order of convergence, fitted over at least four grids or step sizes; null where none was asked for.</summary>
    public double? Order { get; init; }

    /// <summary>Time that the row took, s.</summary>
    public required double WallTime { get; init; }

    /// <summary>Why there is no value; null where there is one.</summary>
    public string? Detail { get; init; }

    /// <summary>The engine cannot compute it, and says so: <see cref="Detail"/>. Neither a success nor a failure.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>The error lies within its limit and the order is the one claimed.</summary>
    public bool Holds => Error <= Check.Limit && (Check.LeastOrder is not { } least || Order >= least);
}
