using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>
/// Rows of the border unknowns: the flux of a passing species is that of the state, the amount of a closed compartment stays, a bath's electrochemical
/// potential follows the potential of its end, and the sought voltage lets the given current flow.
/// </summary>
internal static unsafe class SteadyBorderRows
{
    /// <summary>Rows of the passing fluxes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MakePassing(SteadyThread p)
    {
        int stride = p.Layout.Species * p.Stride;
        for (int b = 0; b < p.Layout.Borders; b++)
        {
            int s = p.Border(b, 1);
            if (p.Border(b, 0) != SteadyLayout.FluxBorder) continue;
            SteadyChain.PassingRow(
                p.Layout.Cells, p.At(p.Layout.LeftAt + s), p.At(p.Layout.RightAt + s), p.At(p.Layout.SlopeAt + s), stride, p.At(p.Layout.WeightAt + s), stride);
        }
    }

    /// <summary>Finds the border unknowns.</summary>
    /// <param name="p">Problem.</param>
    /// <param name="response">True where no row has a target but to stay.</param>
    /// <param name="sums">Of the way back, [border][column].</param>
    /// <param name="border">Room: the matrix, then receives the unknowns, then two vectors.</param>
    /// <param name="order">Room for an order of rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Solve(SteadyThread p, bool response, double* sums, double* border, int* order)
    {
        int count = p.Layout.Borders;
        double* unknown = border + count * count, scale = unknown + count, moved = scale + count;
        for (int i = 0; i < count; i++)
        {
            int kind = p.Border(i, 0);
            double target = kind == SteadyLayout.VoltageBorder && !response ? p.Value(SteadyLayout.CurrentAt) - Flowing(p) : 0;
            unknown[i] = target - RowTimes(p, i, sums, 0);
            bool isItself = kind == SteadyLayout.FluxBorder || kind == SteadyLayout.BathBorder;
            // Of a species that is not there the potential is not asked.
            if (kind == SteadyLayout.AmountBorder && p.Value(p.Layout.AmountAt + p.Border(i, 2)) == 0) isItself = true;
            for (int j = 0; j < count; j++) border[i * count + j] = RowTimes(p, i, sums, j + 1) + (i == j && isItself ? 1.0 : 0.0);
        }
        BorderElimination.Factorise(count, border, scale, order);
        BorderElimination.Solve(count, border, scale, order, moved, unknown);
    }

    /// <summary>sum z A J of the passing species, whose fluxes are unknowns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Current(SteadyThread p, double* unknown)
    {
        double sum = 0;
        for (int b = 0; b < p.Layout.Borders; b++)
            if (p.Border(b, 0) == SteadyLayout.FluxBorder) sum += p.Valence(p.Border(b, 1)) * unknown[b];
        return sum;
    }

    // Row i of a column, from the sums.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double RowTimes(SteadyThread p, int i, double* sums, int column)
    {
        int kind = p.Border(i, 0), columns = p.Layout.Columns;
        if (kind == SteadyLayout.VoltageBorder)
        {
            double current = 0;
            for (int b = 0; b < p.Layout.Borders; b++)
                if (p.Border(b, 0) == SteadyLayout.FluxBorder) current += p.Valence(p.Border(b, 1)) * sums[b * columns + column];
            return current;
        }
        double factor = kind == SteadyLayout.FluxBorder ? -1.0 : kind == SteadyLayout.AmountBorder ? 1.0 : -p.Valence(p.Border(i, 1));
        return factor * sums[i * columns + column];
    }

    // sum z A J that flows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Flowing(SteadyThread p)
    {
        double current = 0;
        for (int s = 0; s < p.Layout.Species; s++) current += p.Valence(s) * *p.At(p.Layout.FluxAt + s);
        return current;
    }
}
