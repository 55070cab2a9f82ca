using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>The two ghost blocks of one problem in a <see cref="FluxReduction{T}"/>: <see cref="EndElimination{T}"/>, scalar.</summary>
internal sealed unsafe class EndReduction(ImplicitArrays a, int k)
{
    private readonly ScalarLane[] scratch = new ScalarLane[3 * a.Size * a.Size];
    private readonly ImplicitView view = a.View(k);
    private readonly bool isIdeal = a.Shape.IsIdeal;
    private double inverseStep;

    /// <summary>Eliminates the left ghost: its factor, and how it acts on cell 1.</summary>
    /// <param name="rate">1/(h gamma), 1/s.</param>
    public void Begin(double rate)
    {
        inverseStep = rate;
        fixed (ScalarLane* room = scratch)
        {
            if (isIdeal) EndElimination<ScalarLane>.Begin(view, default(Ideal), new(rate), room);
            else EndElimination<ScalarLane>.Begin(view, default(WithExcess), new(rate), room);
        }
    }

    /// <summary>Factorises the right ghost from what lies left of it.</summary>
    /// <param name="rate">1/(h gamma), 1/s.</param>
    public void Finish(double rate)
    {
        fixed (ScalarLane* room = scratch) EndElimination<ScalarLane>.Finish(view, new(rate), room);
    }

    /// <summary>What the left ghost's right-hand side does: its own part, and the source left of cell 1.</summary>
    public void SolveFirst(double* rhs)
    {
        fixed (ScalarLane* room = scratch) EndElimination<ScalarLane>.SolveFirst(view, rhs + k, room);
    }

    /// <summary>Solves the right ghost.</summary>
    public void SolveLast(double* rhs)
    {
        fixed (ScalarLane* room = scratch) EndElimination<ScalarLane>.SolveLast(view, new(inverseStep), rhs + k, room);
    }
}
