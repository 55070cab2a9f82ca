using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// Border unknowns of a steady state's Newton system, each with one column and one row outside the blocks. A species at equilibrium
/// has local rows c + z c psi = c alpha; alpha, its electrochemical potential, follows from its amount, or from the potential of
/// its bath. A passing species has in each cell the row of one face, towards the bath that its concentration was found from, and its
/// flux is an unknown: a well behind high barriers would make rows of J_left − J_right singular to rounding. The sought voltage
/// follows from the current. The blocks are factorised once; every border costs one solution.
/// </summary>
internal sealed unsafe class SteadyBorders
{
    // A passing species' flux, a part at equilibrium (closed, or with the ghost of its bath), or the voltage at a ghost.
    private readonly record struct Border(int Species, SteadyTransport.Part? Part, int Ghost)
    {
        public bool IsFlux => Species >= 0 && Part is null;
    }

    private readonly ImplicitArrays a;
    private readonly SteadyTransport[] transport;
    private readonly SteadyEnds values;
    private readonly int firstColumn;
    private readonly List<Border> borders = [];
    private readonly double[][] passing;
    private readonly bool[] local;

    public SteadyBorders(ImplicitArrays arrays, EndRows ends, SteadyTransport[] transport, SteadyEnds values, int firstColumn)
    {
        (a, this.transport, this.values, this.firstColumn) = (arrays, transport, values, firstColumn);
        passing = [.. transport.Select(t => t.Passes ? new double[a.Cells + 1] : [])];
        local = new bool[a.Blocks * a.Species];
        // The left electrode's potential moves in the response to a voltage, even where Newton's method leaves it.
        bool rightMoves = Moves(ends.Right, values.SeeksRight);
        for (int s = 0; s < a.Species; s++)
        {
            foreach (SteadyTransport.Part part in transport[s].Parts)
            {
                Compartment c = part.Compartment;
                if (!part.IsEquilibrium || part.IsInert) continue;
                int from = c.FirstBlock, to = c.LastBlock;
                for (int i = from; i <= to; i++) local[i * a.Species + s] = true;
                // Of a species that is not there the potential is not asked.
                if (part.IsClosed && part.Amount == 0) continue;
                if (part.IsClosed) borders.Add(new(s, part, -1));
                else if (c.OpenLeft || rightMoves) borders.Add(new(s, part, c.OpenLeft ? 0 : a.Blocks - 1));
            }
        }
        for (int s = 0; s < a.Species; s++) if (transport[s].Passes) borders.Add(new(s, null, 0));
        if (values.SeeksLeft || values.SeeksRight) borders.Add(new(-1, null, values.SeeksLeft ? 0 : a.Blocks - 1));
    }

    /// <summary>Makes the rows of the passing fluxes before local rows clear any coefficient, see <see cref="SteadyChain.PassingRow"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void LinearisePassing()
    {
        for (int s = 0; s < a.Species; s++)
        {
            if (!transport[s].Passes) continue;
            fixed (double* weights = passing[s]) SteadyChain.PassingRow(a.Cells, a.Left + s, a.Right + s, a.Slope + s, a.Species, weights, 1);
        }
    }

    /// <summary>Turns continuity rows into local ones (equilibrium) and rows of one face (passing species).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MakeRows(double* u)
    {
        long faces = (long)(a.Cells + 1) * a.Species;
        for (long f = 0; f < faces; f++) (a.LowerLeft[f], a.LowerRight[f], a.LowerSlope[f]) = (a.Left[f], a.Right[f], a.Slope[f]);
        for (int s = 0; s < a.Species; s++)
        {
            foreach (SteadyTransport.Part part in transport[s].Parts)
            {
                Compartment c = part.Compartment;
                bool towardsLeft = c is { OpenLeft: true, OpenRight: false };
                int meeting = c is { OpenLeft: true, OpenRight: true } ? transport[s].Meeting : towardsLeft ? c.LastCell : c.FirstCell - 1;
                if (part.IsEquilibrium)
                {
                    for (int f = c.FirstCell - 1; f <= c.LastCell; f++) ClearBoth(Face(f, s));
                    continue;
                }
                for (int i = c.FirstCell; i <= c.LastCell; i++)
                {
                    if (i <= meeting) Clear(a.Left, a.Right, a.Slope, Face(i, s));
                    else Clear(a.LowerLeft, a.LowerRight, a.LowerSlope, Face(i - 1, s));
                }
            }
        }
        for (int i = 0; i < a.Blocks; i++)
            for (int s = 0; s < a.Species; s++)
                a.LocalSlope[i * a.Species + s] = local[i * a.Species + s] ? a.Shape.Valence[s] * u[(long)i * a.Size + s] : 0;
    }

    private void ClearBoth(long at)
    {
        Clear(a.Left, a.Right, a.Slope, at);
        Clear(a.LowerLeft, a.LowerRight, a.LowerSlope, at);
    }

    private static void Clear(double* left, double* right, double* slope, long at) => left[at] = right[at] = slope[at] = 0;

    /// <summary>The same in the ghost blocks, for reservoirs at equilibrium; after the end rows were written.</summary>
    public void MakeLocalGhostRows()
    {
        int m = a.Size, last = a.Blocks - 1;
        for (int s = 0; s < a.Species; s++)
        {
            if (local[s]) Set(a.Factor, a.FirstUpper, 0);
            if (local[last * a.Species + s]) Set(a.Factor + (long)last * m * m, a.LastLower, last);

            void Set(double* block, double* neighbour, int ghost)
            {
                for (int c = 0; c < m; c++) block[s * m + c] = neighbour[s * m + c] = 0;
                block[s * m + s] = 1;
                block[s * m + a.Species] = a.LocalSlope[ghost * a.Species + s];
            }
        }
    }

    /// <summary>Completes the update by the border unknowns.</summary>
    public void Solve(double* u, double* update)
    {
        int count = borders.Count;
        if (count == 0) return;
        for (int j = 0; j < count; j++)
        {
            double* column = a.Vector(firstColumn + j);
            FillColumn(u, j, column);
            BlockTridiagonal<ScalarLane>.Solve(a, column);
        }
        Complete(u, update, withTargets: true);
    }

    /// <summary>d(sum z A J)/d(left reduced potential) with the factors of the last Newton system.</summary>
    public double CurrentPerVoltage() => Current(Response());

    /// <summary>d(psi)/d(left reduced potential) of all blocks, likewise.</summary>
    public double[] PotentialPerVoltage()
    {
        double* response = Response();
        return [.. Enumerable.Range(0, a.Blocks).Select(i => response[(long)i * a.Size + a.Species])];
    }

    // The borders react: their rows stay at 0.
    private double* Response()
    {
        double* column = a.Vector(firstColumn + borders.Count);
        for (long e = 0; e < a.VectorLength; e++) column[e] = 0;
        column[a.Species] = LeftPotentialWeight;
        BlockTridiagonal<ScalarLane>.Solve(a, column);
        Complete(null, column, withTargets: false);
        return column;
    }

    /// <summary>What the left electrode's potential weighs in its row: 1, or 1/Stern resistance.</summary>
    public double LeftPotentialWeight { get; set; } = 1;

    // Adds the columns so that the border rows hold: with their targets, or unchanged.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Complete(double* u, double* x, bool withTargets)
    {
        int count = borders.Count;
        if (count == 0) return;
        var factors = new Dense.Factors(count);
        var unknown = new double[count];
        for (int i = 0; i < count; i++)
        {
            unknown[i] = (withTargets ? Target(i, u) : 0) - RowTimes(i, x);
            bool isItself = borders[i].IsFlux || borders[i] is { Ghost: >= 0, Part: not null };
            for (int j = 0; j < count; j++)
                factors.Matrix[i, j] = RowTimes(i, a.Vector(firstColumn + j)) + (i == j && isItself ? 1 : 0);
        }
        factors.Factorise();
        factors.Solve(unknown);
        for (int j = 0; j < count; j++)
        {
            double* column = a.Vector(firstColumn + j);
            for (long e = 0; e < a.VectorLength; e++) x[e] += unknown[j] * column[e];
        }
    }

    // A potential that is prescribed and not sought stays: then a bath at its end moves nothing.
    private static bool Moves(ElectricEnd end, bool sought) => sought || end.Kind is not (ElectricKind.Potential or ElectricKind.Gauge);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillColumn(double* u, int j, double* column)
    {
        for (long e = 0; e < a.VectorLength; e++) column[e] = 0;
        Border border = borders[j];
        if (border.IsFlux)
        {
            int meeting = transport[border.Species].Meeting;
            for (int i = 1; i <= a.Cells; i++) column[(long)i * a.Size + border.Species] = i <= meeting ? -1 : 1;
            return;
        }
        if (border.Part is null)
        {
            column[(long)border.Ghost * a.Size + a.Species] = 1;
            return;
        }
        Compartment c = border.Part.Compartment;
        int from = c.FirstBlock, to = c.LastBlock;
        for (int i = from; i <= to; i++) column[(long)i * a.Size + border.Species] = u[(long)i * a.Size + border.Species];
    }

    private double Target(int i, double* u)
    {
        if (borders[i].Part is not null || borders[i].IsFlux) return 0;
        if (values.Invariant is { } invariant) return invariant.Missing(u);
        double current = 0;
        int face = values.SeeksLeft ? 0 : a.Cells;
        for (int s = 0; s < a.Species; s++) current += a.Shape.Valence[s] * transport[s].Flux[face];
        return values.Current - current;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double RowTimes(int i, double* x)
    {
        Border border = borders[i];
        if (border.IsFlux) return -Flux(border.Species, x);
        if (border.Part is null) return values.Invariant?.Change(x) ?? Current(x);
        if (border.Ghost >= 0) return -a.Shape.Valence[border.Species] * x[(long)border.Ghost * a.Size + a.Species];
        Compartment c = border.Part.Compartment;
        double sum = 0;
        int from = c.FirstBlock, to = c.LastBlock;
        for (int b = from; b <= to; b++) sum += transport[border.Species].Volume(c, b) * x[(long)b * a.Size + border.Species];
        return sum;
    }

    // Change of sum z A J.
    private double Current(double* x)
    {
        double sum = 0;
        for (int s = 0; s < a.Species; s++) if (transport[s].Passes) sum += a.Shape.Valence[s] * Flux(s, x);
        return sum;
    }

    // Change of the flux of a passing species.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Flux(int s, double* x)
    {
        double sum = 0;
        double[] weight = passing[s];
        for (int f = 0; f <= a.Cells; f++)
            sum += weight[f] * (x[(long)f * a.Size + a.Species] - x[(long)(f + 1) * a.Size + a.Species]);
        return sum;
    }

    private long Face(int face, int species) => (long)face * a.Species + species;
}
