namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>Number of species as the compiler sees it: a constant for one to eight, so that loops over a block unroll.</summary>
public interface IBlockSize
{
    /// <summary>Number of species; a block has one unknown more, the reduced potential.</summary>
    int Species { get; }
}

/// <summary>One species.</summary>
public readonly struct Species1 : IBlockSize
{
    /// <inheritdoc/>
    public int Species => 1;
}

/// <summary>Two species.</summary>
public readonly struct Species2 : IBlockSize
{
    /// <inheritdoc/>
    public int Species => 2;
}

/// <summary>Three species.</summary>
public readonly struct Species3 : IBlockSize
{
    /// <inheritdoc/>
    public int Species => 3;
}

/// <summary>Four species.</summary>
public readonly struct Species4 : IBlockSize
{
    /// <inheritdoc/>
    public int Species => 4;
}

/// <summary>Five species.</summary>
public readonly struct Species5 : IBlockSize
{
    /// <inheritdoc/>
    public int Species => 5;
}

/// <summary>Six species.</summary>
public readonly struct Species6 : IBlockSize
{
    /// <inheritdoc/>
    public int Species => 6;
}

/// <summary>Seven species.</summary>
public readonly struct Species7 : IBlockSize
{
    /// <inheritdoc/>
    public int Species => 7;
}

/// <summary>Eight species.</summary>
public readonly struct Species8 : IBlockSize
{
    /// <inheritdoc/>
    public int Species => 8;
}

/// <summary>Any number of species, known at run time only.</summary>
/// <param name="count">Number of species.</param>
public readonly struct AnySpecies(int count) : IBlockSize
{
    /// <inheritdoc/>
    public int Species => count;
}
