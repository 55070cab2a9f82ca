using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Fluxes of all faces of a state of unknowns, and their derivatives; lanes run across problems.</summary>
internal static unsafe class FaceFluxes<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>A J of every face and species.</summary>
    public static void Evaluate(ImplicitArrays a, double* state)
    {
        if (a.Shape.IsIdeal) FacePass<T>.Evaluate(a.View(), state, default(FluxesAlone));
        else ActivityFluxes<T>.Evaluate(a, state, derivatives: false);
    }

    /// <summary>A J, its two coefficients and its slope by the drop of the potential.</summary>
    public static void Linearise(ImplicitArrays a, double* state)
    {
        if (a.Shape.IsIdeal) FacePass<T>.Evaluate(a.View(), state, default(WithDerivatives));
        else ActivityFluxes<T>.Evaluate(a, state, derivatives: true);
    }
}
