using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>
/// The Newton system of a thread's problem: one way through the cells eliminates for all right-hand sides at once (the residual and one
/// column per border), one way back solves and sums the rows of the borders, so that every block is written and read once.
/// </summary>
internal static unsafe class SteadyElimination
{
    /// <summary>To the right: upper blocks, and solutions so far.</summary>
    /// <param name="p">Problem.</param>
    /// <param name="d">Room for a block.</param>
    /// <param name="y">Room for a column.</param>
    /// <param name="response">True for a change of the left electrode's potential in place of the residual.</param>
    /// <typeparam name="TSize">Number of species.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TSize>(SteadyThread p, DeviceLane* d, DeviceLane* y, bool response)
        where TSize : struct, ISpeciesCount
    {
        int species = TSize.Species, m = species + 1, n = p.Layout.Cells;
        int stride = p.Stride;
        var rows = new ThreadRows(p);
        LeftGhost(p, m, response);
        for (int i = 1; i <= n; i++)
        {
            double* upper = p.At(p.Layout.UpperAt + i * m * m);
            SteadyBlocks<DeviceLane>.Diagonal(rows, species, i, new(0.0), d);
            SteadyBlocks<DeviceLane>.Eliminate(rows, species, i, p.At(p.Layout.UpperAt + (i - 1) * m * m), stride, d);
            Block<DeviceLane>.Invert(m, d);
            SteadyBlocks<DeviceLane>.Upper(rows, species, i, d, y, upper, stride);
            for (int column = 0; column < p.Layout.Columns; column++)
            {
                RightHandSide(p, species, i, column, response, y);
                SteadyBlocks<DeviceLane>.Forward(rows, species, i, p.Solution(i - 1, column), stride, y);
                SteadyBlocks<DeviceLane>.Multiply(m, d, y, p.Solution(i, column), stride);
            }
        }
        RightGhost(p, m);
    }

    /// <summary>
    /// To the left: leaves the potentials of all columns in the solutions, and sums what the rows of the borders ask: fluxes, amounts,
    /// potentials of ends.
    /// </summary>
    /// <param name="p">Problem.</param>
    /// <param name="next">Room for all columns of a cell.</param>
    /// <param name="y">Room for a column.</param>
    /// <param name="sums">Receives them, [border][column].</param>
    /// <typeparam name="TSize">Number of species.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TSize>(SteadyThread p, DeviceLane* next, DeviceLane* y, double* sums)
        where TSize : struct, ISpeciesCount
    {
        int species = TSize.Species, m = species + 1, n = p.Layout.Cells, columns = p.Layout.Columns;
        int stride = p.Stride;
        for (int e = 0; e < p.Layout.Borders * columns; e++) sums[e] = 0;
        for (int column = 0; column < columns; column++)
        {
            for (int r = 0; r < m; r++) next[column * m + r] = new(*(p.Solution(n + 1, column) + r * stride));
            AddEnd(p, n + 1, column, next[column * m + species].Value, sums);
        }
        for (int i = n; i >= 0; i--)
        {
            double* upper = p.At(p.Layout.UpperAt + i * m * m);
            for (int column = 0; column < columns; column++)
            {
                double* here = p.Solution(i, column);
                double beyond = next[column * m + species].Value;
                for (int r = 0; r < m; r++)
                    y[r] = SteadyBlocks<DeviceLane>.Backward(m, upper + r * m * stride, stride, new(*(here + r * stride)), next + column * m);
                for (int r = 0; r < m; r++) next[column * m + r] = y[r];
                here[species * stride] = y[species].Value;
                AddCell(p, i, column, y[species].Value - beyond, y, sums);
                if (i == 0) AddEnd(p, 0, column, y[species].Value, sums);
            }
        }
    }

    // What cell i and its right face add to the sums of the borders.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddCell(SteadyThread p, int i, int column, double drop, DeviceLane* x, double* sums)
    {
        for (int b = 0; b < p.Layout.Borders; b++)
        {
            int kind = p.Border(b, 0), s = p.Border(b, 1), part = p.Border(b, 2);
            if (kind == SteadyLayout.FluxBorder) sums[b * p.Layout.Columns + column] += *p.At(p.Layout.WeightAt + i * p.Layout.Species + s) * drop;
            else if (kind == SteadyLayout.AmountBorder && p.Part(part, 1) <= i && i <= p.Part(part, 2))
                sums[b * p.Layout.Columns + column] += p.Constant(p.Layout.VolumeAt + i) * x[s].Value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEnd(SteadyThread p, int ghost, int column, double potential, double* sums)
    {
        for (int b = 0; b < p.Layout.Borders; b++)
            if (p.Border(b, 0) == SteadyLayout.BathBorder && p.Border(b, 2) == ghost) sums[b * p.Layout.Columns + column] += potential;
    }

    // (weight + coupling) psi_0 − coupling psi_1 = right-hand side; concentrations stay.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LeftGhost(SteadyThread p, int m, bool response)
    {
        int species = m - 1;
        double weight = p.Value(0), coupling = p.Value(1), pivot = weight + coupling, first = *p.Potential(0);
        double* upper = p.At(p.Layout.UpperAt);
        for (int e = 0; e < m * m - 1; e++) upper[e * p.Stride] = 0;
        upper[(m * m - 1) * p.Stride] = -coupling / pivot;
        double residual = weight * (p.Value(2) - first) + p.Value(3) - coupling * (first - *p.Potential(1));
        if (p.Layout.SeeksLeft != 0) residual = 0;
        for (int column = 0; column < p.Layout.Columns; column++)
        {
            double* solution = p.Solution(0, column);
            for (int s = 0; s < species; s++) solution[s * p.Stride] = 0;
            // 1.0 and not 1: of an int that is chosen and then made a double, ILGPU 1.5.3 stores the int's bits on OpenCL.
            double right = column == 0 ? response ? weight : residual : IsSought(p, column - 1, 0) ? 1.0 : 0.0;
            solution[species * p.Stride] = right / pivot;
        }
        // The right ghost's right-hand sides wait where its solutions will stand.
        int last = p.Layout.Blocks - 1, end = SteadyLayout.RightEndAt;
        double psi = *p.Potential(last);
        residual = p.Value(end) * (p.Value(end + 2) - psi) + p.Value(end + 3) + p.Value(end + 1) * (*p.Potential(last - 1) - psi);
        if (response || p.Layout.SeeksRight != 0) residual = 0;
        *(p.Solution(last, 0) + species * p.Stride) = residual;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RightGhost(SteadyThread p, int m)
    {
        int last = p.Layout.Blocks - 1, species = m - 1, end = SteadyLayout.RightEndAt;
        double weight = p.Value(end), coupling = p.Value(end + 1);
        double pivot = weight + coupling + coupling * *p.At(p.Layout.UpperAt + (last - 1) * m * m + m * m - 1);
        for (int column = 0; column < p.Layout.Columns; column++)
        {
            double* solution = p.Solution(last, column);
            double right = column == 0 ? solution[species * p.Stride] : IsSought(p, column - 1, last) ? 1.0 : 0.0;
            for (int s = 0; s < species; s++) solution[s * p.Stride] = 0;
            solution[species * p.Stride] = (right + coupling * *(p.Solution(last - 1, column) + species * p.Stride)) / pivot;
        }
    }

    private static bool IsSought(SteadyThread p, int border, int ghost) =>
        p.Border(border, 0) == SteadyLayout.VoltageBorder && p.Border(border, 2) == ghost;

    // Poisson's residual alone, for continuity holds; or the column of a border.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RightHandSide(SteadyThread p, int species, int i, int column, bool response, DeviceLane* y)
    {
        DeviceLane zero = new(0.0);
        for (int r = 0; r <= species; r++) y[r] = zero;
        if (column == 0)
        {
            if (!response) y[species] = Poisson(p, species, i);
            return;
        }
        int kind = p.Border(column - 1, 0), s = p.Border(column - 1, 1), part = p.Border(column - 1, 2);
        if (kind == SteadyLayout.FluxBorder) y[s] = new(i <= p.Meeting[s] ? -1.0 : 1.0);
        else if (kind != SteadyLayout.VoltageBorder && BelongsTo(p, kind, part, s, i)) y[s] = new(*p.Concentration(i, s));
    }

    // A bath's compartment is the one of its species that touches its end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool BelongsTo(SteadyThread p, int kind, int part, int s, int i)
    {
        if (kind == SteadyLayout.AmountBorder) return p.Part(part, 1) <= i && i <= p.Part(part, 2);
        int wanted = part == 0 ? SteadyLayout.BesideLeft : SteadyLayout.BesideRight;
        bool belongs = false;
        for (int q = 0; q < p.Layout.Parts; q++)
            belongs |= p.Part(q, 0) == s && p.Part(q, 3) == wanted && p.Part(q, 1) <= i && i <= p.Part(q, 2);
        return belongs;
    }

    // q_left − q_right + V sum z c + fixed charge.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DeviceLane Poisson(SteadyThread p, int species, int i)
    {
        double psi = *p.Potential(i);
        DeviceLane charge = new(0.0);
        for (int s = 0; s < species; s++) charge = DeviceLane.MultiplyAdd(new(p.Valence(s)), new(*p.Concentration(i, s)), charge);
        charge = DeviceLane.MultiplyAdd(new(p.Constant(p.Layout.VolumeAt + i)), charge, new(p.Constant(p.Layout.FixedChargeAt + i)));
        double before = p.Field(i - 1) * (*p.Potential(i - 1) - psi), after = p.Field(i) * (psi - *p.Potential(i + 1));
        return new(before - after + charge.Value);
    }
}
