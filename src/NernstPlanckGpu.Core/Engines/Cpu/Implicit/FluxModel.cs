namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>What the fluxes depend on, as the compiler sees it: a constant, so that an ideal problem's loops hold nothing of the rest.</summary>
internal interface IFluxModel
{
    /// <summary>True where a flux depends on the other species through their activity coefficients.</summary>
    bool HasExcess { get; }
}

/// <summary>A flux depends on its own species and the potential.</summary>
internal readonly struct Ideal : IFluxModel
{
    public bool HasExcess => false;
}

/// <summary>And on all others through ln gamma.</summary>
internal readonly struct WithExcess : IFluxModel
{
    public bool HasExcess => true;
}
