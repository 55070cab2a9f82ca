using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Steady;

/// <summary>
/// The numbers of a steady state's Newton system, wherever they are kept: in arrays on the CPU, chosen face by face on a device. With
/// J = a c_L − b c_R and g = dJ/d(drop), the row of species s in cell i balances the flux of its left face ("lower") less that of its
/// right face ("upper"); where it balances one of them alone, the other's coefficients are 0.
/// </summary>
public interface ISteadyRows<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>a of the left face in the row of a cell, m³/s.</summary>
    /// <param name="cell">1 … n.</param>
    /// <param name="species">In the pack's order.</param>
    T LowerLeft(int cell, int species);

    /// <summary>b of the left face, m³/s.</summary>
    /// <param name="cell">1 … n.</param>
    /// <param name="species">In the pack's order.</param>
    T LowerRight(int cell, int species);

    /// <summary>g of the left face, mol/s.</summary>
    /// <param name="cell">1 … n.</param>
    /// <param name="species">In the pack's order.</param>
    T LowerSlope(int cell, int species);

    /// <summary>a of the right face, m³/s.</summary>
    /// <param name="cell">1 … n.</param>
    /// <param name="species">In the pack's order.</param>
    T UpperLeft(int cell, int species);

    /// <summary>b of the right face, m³/s.</summary>
    /// <param name="cell">1 … n.</param>
    /// <param name="species">In the pack's order.</param>
    T UpperRight(int cell, int species);

    /// <summary>g of the right face, mol/s.</summary>
    /// <param name="cell">1 … n.</param>
    /// <param name="species">In the pack's order.</param>
    T UpperSlope(int cell, int species);

    /// <summary>Derivative of the row by its own cell's potential alone: z c of a species at equilibrium, else 0.</summary>
    /// <param name="cell">1 … n.</param>
    /// <param name="species">In the pack's order.</param>
    T LocalSlope(int cell, int species);

    /// <summary>y = 1/b of a face, mol.</summary>
    /// <param name="face">0 … n.</param>
    T Field(int face);

    /// <summary>V of a cell, m³.</summary>
    /// <param name="cell">1 … n.</param>
    T Volume(int cell);

    /// <summary>z.</summary>
    /// <param name="species">In the pack's order.</param>
    T Valence(int species);
}
