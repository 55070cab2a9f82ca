using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>
/// The rows of the cells of M du/dt = F(t, u) in concentrations and reduced potential together, and what the stages of a Rosenbrock step make
/// of vectors of unknowns:
/// <code>V dc/dt = J_left − J_right,    0 = q_left − q_right + V sum z c + fixed charge,    q = (psi_L − psi_R)/b.</code>
/// </summary>
/// <typeparam name="T">Lane.</typeparam>
/// <remarks>Checked by <c>ImplicitSystemTests</c> and <c>RosenbrockOrderTests</c>.</remarks>
public static unsafe class CellRows<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>F of all cells, from a state and its fluxes.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    /// <param name="rate">Receiver.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Balance(ImplicitView a, double* u, double* rate)
    {
        int m = a.Size, species = a.Species;
        int w = a.Stride;
        T before = Field(a, u, 0);
        for (int i = 1; i <= a.Cells; i++)
        {
            double* here = u + i * m * w, row = rate + i * m * w;
            double* left = a.Flux + (i - 1) * species * w, right = left + species * w;
            T charge = T.Of(0.0);
            for (int s = 0; s < species; s++)
            {
                T.Store(T.Load(left + s * w) - T.Load(right + s * w), row + s * w);
                charge = T.MultiplyAdd(T.Of(a.Valence[s]), T.Load(here + s * w), charge);
            }
            T after = Field(a, u, i);
            charge = T.MultiplyAdd(T.Load(a.Volume + i * w), charge, T.Load(a.FixedCharge + i * w));
            T.Store(before - after + charge, row + species * w);
            before = after;
        }
    }

    /// <summary>q = A D/F of a face, mol.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    /// <param name="face">Face.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Field(ImplicitView a, double* u, int face)
    {
        double* left = u + (face * a.Size + a.Species) * a.Stride;
        return T.Load(a.InverseResistance + face * a.Stride) * (T.Load(left) - T.Load(left + a.Size * a.Stride));
    }

    /// <summary>target = u + sum of coefficient times stage: the argument of a stage.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    /// <param name="stages">The first stage; the others follow it.</param>
    /// <param name="coefficients">a_ij of the stage's row.</param>
    /// <param name="count">How many.</param>
    /// <param name="target">Receiver.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(ImplicitView a, double* u, double* stages, double* coefficients, int count, double* target)
    {
        int length = a.VectorLength, w = a.Stride;
        for (int e = 0; e < length; e += w)
        {
            T sum = T.Load(u + e);
            double* stage = stages + e;
            for (int j = 0; j < count; j++, stage += length) sum = T.MultiplyAdd(T.Of(coefficients[j]), T.Load(stage), sum);
            T.Store(sum, target + e);
        }
    }

    /// <summary>stage += M sum of C U/h in the cells.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="stages">The first stage; the others follow it.</param>
    /// <param name="coefficients">C_ij of the stage's row.</param>
    /// <param name="count">How many.</param>
    /// <param name="inverse">1/h, 1/s.</param>
    /// <param name="stage">Right-hand side of the stage.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddMass(ImplicitView a, double* stages, double* coefficients, int count, T inverse, double* stage)
    {
        int m = a.Size, species = a.Species, cells = a.Cells;
        int length = a.VectorLength, w = a.Stride;
        for (int i = 1; i <= cells; i++)
        {
            T volume = T.Load(a.Volume + i * w) * inverse;
            for (int s = 0; s < species; s++)
            {
                int e = (i * m + s) * w;
                T sum = T.Of(0.0);
                double* each = stages + e;
                for (int j = 0; j < count; j++, each += length) sum = T.MultiplyAdd(T.Of(coefficients[j]), T.Load(each), sum);
                T.Store(T.MultiplyAdd(volume, sum, T.Load(stage + e)), stage + e);
            }
        }
    }

    /// <summary>
    /// Scaled error of a concentration, error/(rtol (max(|start|, |end|) + atol)); 1 is the tolerance.
    /// </summary>
    /// <param name="error">Estimate of the last stage, mol/m³.</param>
    /// <param name="start">At the start of the step, mol/m³.</param>
    /// <param name="end">At its end, mol/m³.</param>
    /// <param name="relative">rtol.</param>
    /// <param name="absolute">atol, mol/m³.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ScaledError(T error, T start, T end, T relative, T absolute) =>
        error / (relative * (T.Max(T.Abs(start), T.Abs(end)) + absolute));
}
