namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>What the fluxes depend on, as the compiler sees it: a constant, so that an ideal problem's loops hold nothing of the rest.</summary>
public interface IFluxModel
{
    /// <summary>True where a flux depends on the other species through their activity coefficients.</summary>
    bool HasExcess { get; }
}

/// <summary>A flux depends on its own species and the potential.</summary>
public readonly struct Ideal : IFluxModel
{
    /// <inheritdoc/>
    public bool HasExcess => false;
}

/// <summary>And on all others through ln gamma.</summary>
public readonly struct WithExcess : IFluxModel
{
    /// <inheritdoc/>
    public bool HasExcess => true;
}
