namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Number of species as the compiler sees it: a constant for one to six, so that loops over a block unroll.</summary>
internal interface IBlockSize
{
    /// <summary>Species.</summary>
    int Species { get; }
}

internal readonly struct Species1 : IBlockSize
{
    public int Species => 1;
}

internal readonly struct Species2 : IBlockSize
{
    public int Species => 2;
}

internal readonly struct Species3 : IBlockSize
{
    public int Species => 3;
}

internal readonly struct Species4 : IBlockSize
{
    public int Species => 4;
}

internal readonly struct Species5 : IBlockSize
{
    public int Species => 5;
}

internal readonly struct Species6 : IBlockSize
{
    public int Species => 6;
}

internal readonly struct AnySpecies(int count) : IBlockSize
{
    public int Species => count;
}
