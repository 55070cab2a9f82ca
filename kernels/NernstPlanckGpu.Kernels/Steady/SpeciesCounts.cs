namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>Number of species as the compiler sees it: a constant, so that loops over a block unroll.</summary>
public interface ISpeciesCount
{
    /// <summary>N.</summary>
    static abstract int Species { get; }
}

/// <summary>One species.</summary>
public readonly struct OneSpecies : ISpeciesCount
{
    /// <inheritdoc/>
    public static int Species => 1;
}

/// <summary>Two species.</summary>
public readonly struct TwoSpecies : ISpeciesCount
{
    /// <inheritdoc/>
    public static int Species => 2;
}

/// <summary>Three species.</summary>
public readonly struct ThreeSpecies : ISpeciesCount
{
    /// <inheritdoc/>
    public static int Species => 3;
}

/// <summary>Four species.</summary>
public readonly struct FourSpecies : ISpeciesCount
{
    /// <inheritdoc/>
    public static int Species => 4;
}

/// <summary>Five species.</summary>
public readonly struct FiveSpecies : ISpeciesCount
{
    /// <inheritdoc/>
    public static int Species => 5;
}

/// <summary>Six species.</summary>
public readonly struct SixSpecies : ISpeciesCount
{
    /// <inheritdoc/>
    public static int Species => 6;
}

/// <summary>Seven species.</summary>
public readonly struct SevenSpecies : ISpeciesCount
{
    /// <inheritdoc/>
    public static int Species => 7;
}

/// <summary>Eight species.</summary>
public readonly struct EightSpecies : ISpeciesCount
{
    /// <inheritdoc/>
    public static int Species => 8;
}
