using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Factorises and solves a step's linear system of a pack, ends included: <see cref="FluxElimination{T}"/> and <see cref="EndElimination{T}"/>.</summary>
internal static unsafe class FluxReduction<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Factorises; the faces are linearised.</summary>
    /// <param name="a">Arrays.</param>
    /// <param name="ends">Ends of each problem of the lane.</param>
    /// <param name="inverseStep">1/(h gamma) per problem, 1/s.</param>
    public static void Factorise(ImplicitArrays a, EndReduction[] ends, double* inverseStep)
    {
        for (int k = 0; k < T.Width; k++) ends[k].Begin(inverseStep[k]);
        T* scratch = stackalloc T[3 * a.Size * a.Size];
        if (a.Shape.IsIdeal) Factorise(a.View(), default(Ideal), T.Load(inverseStep), scratch);
        else Factorise(a.View(), default(WithExcess), T.Load(inverseStep), scratch);
        for (int k = 0; k < T.Width; k++) ends[k].Finish(inverseStep[k]);
    }

    /// <summary>Solves in place for a right-hand side.</summary>
    public static void Solve(ImplicitArrays a, EndReduction[] ends, double* x)
    {
        for (int k = 0; k < T.Width; k++) ends[k].SolveFirst(x);
        T* scratch = stackalloc T[2 * a.Size];
        ImplicitView view = a.View();
        if (a.Shape.IsIdeal) Forward(view, default(Ideal), x, scratch);
        else Forward(view, default(WithExcess), x, scratch);
        for (int k = 0; k < T.Width; k++) ends[k].SolveLast(x);
        switch (a.Species)
        {
            case 1: FluxElimination<T>.Back(view, default(Species1), x, scratch); break;
            case 2: FluxElimination<T>.Back(view, default(Species2), x, scratch); break;
            case 3: FluxElimination<T>.Back(view, default(Species3), x, scratch); break;
            case 4: FluxElimination<T>.Back(view, default(Species4), x, scratch); break;
            case 5: FluxElimination<T>.Back(view, default(Species5), x, scratch); break;
            case 6: FluxElimination<T>.Back(view, default(Species6), x, scratch); break;
            default: FluxElimination<T>.Back(view, new AnySpecies(a.Species), x, scratch); break;
        }
    }

    private static void Factorise<TModel>(ImplicitView a, TModel model, T rate, T* scratch)
        where TModel : struct, IFluxModel
    {
        switch (a.Species)
        {
            case 1: FluxElimination<T>.Factorise(a, default(Species1), model, rate, scratch); break;
            case 2: FluxElimination<T>.Factorise(a, default(Species2), model, rate, scratch); break;
            case 3: FluxElimination<T>.Factorise(a, default(Species3), model, rate, scratch); break;
            case 4: FluxElimination<T>.Factorise(a, default(Species4), model, rate, scratch); break;
            case 5: FluxElimination<T>.Factorise(a, default(Species5), model, rate, scratch); break;
            case 6: FluxElimination<T>.Factorise(a, default(Species6), model, rate, scratch); break;
            default: FluxElimination<T>.Factorise(a, new AnySpecies(a.Species), model, rate, scratch); break;
        }
    }

    private static void Forward<TModel>(ImplicitView a, TModel model, double* x, T* scratch)
        where TModel : struct, IFluxModel
    {
        switch (a.Species)
        {
            case 1: FluxElimination<T>.Forward(a, default(Species1), model, x, scratch); break;
            case 2: FluxElimination<T>.Forward(a, default(Species2), model, x, scratch); break;
            case 3: FluxElimination<T>.Forward(a, default(Species3), model, x, scratch); break;
            case 4: FluxElimination<T>.Forward(a, default(Species4), model, x, scratch); break;
            case 5: FluxElimination<T>.Forward(a, default(Species5), model, x, scratch); break;
            case 6: FluxElimination<T>.Forward(a, default(Species6), model, x, scratch); break;
            default: FluxElimination<T>.Forward(a, new AnySpecies(a.Species), model, x, scratch); break;
        }
    }
}
