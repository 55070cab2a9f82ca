namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The two ghost blocks of one problem in a <see cref="FluxReduction{T}"/>, scalar. A row of a ghost is held (bath, imposed potential),
/// or passes its flux on to a store: J = r − V/(h gamma) c of a reservoir, q = r − psi/R of a Stern layer, q = r + sum zV c of a
/// charged wall, q = h gamma (r − sum z J of baths) + sum zV c of a clamped current.
/// </summary>
internal sealed unsafe class EndReduction(ImplicitArrays a, EndRows ends, int k)
{
    private readonly int m = a.Size, psi = a.Species;
    private readonly double[] d = new double[a.Size * a.Size], q = new double[a.Size * a.Size], x = new double[a.Size * a.Size];
    private readonly double[] first = new double[a.Size * a.Size], lastInverse = new double[a.Size * a.Size], lastSource = new double[a.Size * a.Size];
    private readonly double[] given = new double[a.Size], result = new double[a.Size];
    private readonly double[] valence = a.Shape.Valence;
    private double step;

    /// <summary>Eliminates the left ghost: its factor, and how it acts on cell 1.</summary>
    /// <param name="inverseStep">1/(h gamma), 1/s.</param>
    public void Begin(double inverseStep)
    {
        step = 1 / inverseStep;
        Array.Clear(d);
        Array.Clear(x);
        double field = a.InverseResistance[k];
        for (int s = 0; s < psi; s++)
        {
            IonEnd ion = ends.LeftIons[s];
            d[s * m + s] = 1;
            if (!ion.IsReservoir) continue;
            d[s * m + s] = ion.Volume * inverseStep + Left(0, s);
            d[s * m + psi] = x[s * m + psi] = Slope(0, s);
            x[s * m + s] = Right(0, s);
            AddExcess(s, s, 1);
        }
        d[psi * m + psi] = 1;
        switch (ends.Left.Kind)
        {
            case ElectricKind.Axis:
                x[psi * m + psi] = 1;
                break;
            case ElectricKind.Stern:
                d[psi * m + psi] = 1 / ends.Left.SternResistance + field;
                x[psi * m + psi] = field;
                break;
            case ElectricKind.Charge or ElectricKind.Current:
                Float(field);
                break;
        }
        Dense.Invert(d, m);
        d.CopyTo(q, 0);
        if (ends.Left.Kind == ElectricKind.Current)
            for (int r = 0; r < m; r++) q[r * m + psi] *= step;
        Multiply(d, x, x);
        // Everything there depends on the difference of the potentials alone.
        if (ends.Left.Kind is ElectricKind.Charge or ElectricKind.Current)
            for (int r = 0; r < m; r++) x[r * m + psi] = r == psi ? 1 : 0;
        for (int e = 0; e < m * m; e++) a.Upper[(long)e * a.Problems + k] = x[e];
        Act(inverseStep, field);
    }

    /// <summary>Factorises the right ghost from what lies left of it.</summary>
    /// <param name="inverseStep">1/(h gamma), 1/s.</param>
    public void Finish(double inverseStep)
    {
        Array.Clear(d);
        Array.Clear(lastSource);
        for (int s = 0; s < psi; s++)
        {
            IonEnd ion = ends.RightIons[s];
            if (!ion.IsReservoir)
            {
                d[s * m + s] = 1;
                continue;
            }
            AddFlow(s, s, 1);
            d[s * m + s] += ion.Volume * inverseStep;
        }
        switch (ends.Right.Kind)
        {
            case ElectricKind.Stern:
                AddFlow(psi, psi, 1);
                d[psi * m + psi] += 1 / ends.Right.SternResistance;
                break;
            case ElectricKind.Charge or ElectricKind.Current:
                AddFlow(psi, psi, 1);
                for (int s = 0; s < psi; s++)
                {
                    IonEnd ion = ends.RightIons[s];
                    d[psi * m + s] -= valence[s] * ion.Volume;
                    if (ends.Right.Kind == ElectricKind.Current && !ion.IsReservoir) AddFlow(psi, s, step * valence[s]);
                }
                break;
            default:
                d[psi * m + psi] = 1;
                break;
        }
        d.CopyTo(lastInverse, 0);
        Dense.Invert(lastInverse, m);
    }

    /// <summary>What the left ghost's right-hand side does: its own part, and the source left of cell 1.</summary>
    public void SolveFirst(double* rhs)
    {
        for (int r = 0; r < m; r++) given[r] = rhs[(long)r * a.Problems + k];
        for (int r = 0; r < m; r++)
        {
            double own = 0, source = 0;
            for (int c = 0; c < m; c++)
            {
                own += q[r * m + c] * given[c];
                source += first[r * m + c] * given[c];
            }
            rhs[(long)r * a.Problems + k] = own;
            a.Source[(long)r * a.Problems + k] = source;
        }
    }

    /// <summary>Solves the right ghost.</summary>
    public void SolveLast(double* rhs)
    {
        double* here = rhs + (long)(a.Blocks - 1) * m * a.Problems + k;
        for (int r = 0; r < m; r++)
        {
            double sum = here[(long)r * a.Problems];
            if (r == psi && ends.Right.Kind == ElectricKind.Current) sum *= -step;
            for (int c = 0; c < m; c++) sum += lastSource[r * m + c] * a.Source[(long)c * a.Problems + k];
            given[r] = sum;
        }
        for (int r = 0; r < m; r++)
        {
            result[r] = 0;
            for (int c = 0; c < m; c++) result[r] += lastInverse[r * m + c] * given[c];
            here[(long)r * a.Problems] = result[r];
        }
    }

    // The row of a charged wall or a clamped current: y (psi_0 − psi_1) − sum zV c_0 (+ h gamma sum z J of baths) = r.
    private void Float(double field)
    {
        double slope = field;
        for (int s = 0; s < psi; s++)
        {
            IonEnd ion = ends.LeftIons[s];
            d[psi * m + s] = -valence[s] * ion.Volume;
            if (ends.Left.Kind != ElectricKind.Current || ion.IsReservoir) continue;
            slope += step * valence[s] * Slope(0, s);
            d[psi * m + s] += step * valence[s] * Left(0, s);
            x[psi * m + s] = step * valence[s] * Right(0, s);
        }
        for (int s = 0; s < psi; s++)
            if (ends.Left.Kind == ElectricKind.Current && !ends.LeftIons[s].IsReservoir) AddExcess(psi, s, step * valence[s]);
        d[psi * m + psi] = x[psi * m + psi] = slope;
    }

    // a.Flow: E of what lies left of cell 1; first: its source by the ghost's right-hand side.
    private void Act(double inverseStep, double field)
    {
        for (int c = 0; c < m; c++)
        {
            // Of psi_0 − psi_1: what it takes of u_1, and what the right-hand side gives.
            double difference = (c == psi ? 1 : 0) - x[psi * m + c];
            for (int s = 0; s < psi; s++)
            {
                double store = ends.LeftIons[s].Volume * inverseStep;
                double flow = ends.LeftIons[s].IsReservoir
                    ? store * x[s * m + c]
                    : (c == s ? Right(0, s) : 0) + Slope(0, s) * difference + ExcessFlow(s, c);
                bool isStoreSmaller = ends.LeftIons[s].IsReservoir && store < Left(0, s);
                Set(s, c, flow, isStoreSmaller ? (c == s ? 1 : 0) - store * q[s * m + c] : Left(0, s) * q[s * m + c] + Slope(0, s) * q[psi * m + c] + ExcessSource(s, c));
            }
            bool passesBath = ends.Left.Kind == ElectricKind.Current && ends.LeftIons.Any(ion => !ion.IsReservoir);
            if (ends.Left.Kind == ElectricKind.Charge || (ends.Left.Kind == ElectricKind.Current && !passesBath))
            {
                double flow = 0, source = c == psi ? (ends.Left.Kind == ElectricKind.Current ? step : 1) : 0;
                for (int s = 0; s < psi; s++)
                {
                    flow -= valence[s] * ends.LeftIons[s].Volume * x[s * m + c];
                    source += valence[s] * ends.LeftIons[s].Volume * q[s * m + c];
                }
                Set(psi, c, flow, source);
            }
            else if (ends.Left.Kind == ElectricKind.Stern)
            {
                double layer = 1 / ends.Left.SternResistance;
                Set(psi, c, layer * x[psi * m + c], layer < field ? (c == psi ? 1 : 0) - layer * q[psi * m + c] : field * q[psi * m + c]);
            }
            else Set(psi, c, field * difference, field * q[psi * m + c]);
        }
    }

    // What the flux of species s through the left end adds to a row of d and x by its dependence on all species.
    private void AddExcess(int row, int s, double part)
    {
        if (a.Shape.IsIdeal) return;
        for (int t = 0; t < psi; t++)
        {
            d[row * m + t] += part * a.ExcessLeft[(long)s * a.Problems + k] * Weight(t);
            x[row * m + t] += part * a.ExcessRight[(long)s * a.Problems + k] * Weight(t);
        }
    }

    // −dJ_s of a bath by u_1 through ln gamma, on both sides: reservoirs of other species beside the bath move with u_1.
    private double ExcessFlow(int s, int c)
    {
        if (a.Shape.IsIdeal) return 0;
        double ghost = 0;
        for (int t = 0; t < psi; t++) ghost += Weight(t) * x[t * m + c];
        double beyond = c < psi ? a.ExcessRight[(long)s * a.Problems + k] * Weight(c) : 0;
        return beyond - a.ExcessLeft[(long)s * a.Problems + k] * ghost;
    }

    // dJ_s by the ghost's right-hand side through ln gamma.
    private double ExcessSource(int s, int c)
    {
        if (a.Shape.IsIdeal) return 0;
        double ghost = 0;
        for (int t = 0; t < psi; t++) ghost += Weight(t) * q[t * m + c];
        return a.ExcessLeft[(long)s * a.Problems + k] * ghost;
    }

    private double Weight(int t) => a.ActivityWeight[t * a.Problems + k];

    private void Set(int row, int column, double flow, double source)
    {
        a.Flow[(long)(row * m + column) * a.Problems + k] = flow;
        first[row * m + column] = source;
    }

    // The row takes its part of j = s − E u.
    private void AddFlow(int row, int flux, double part)
    {
        lastSource[row * m + flux] += part;
        for (int c = 0; c < m; c++) d[row * m + c] += part * a.Flow[(long)(flux * m + c) * a.Problems + k];
    }

    private void Multiply(double[] left, double[] right, double[] target)
    {
        var product = new double[m * m];
        for (int r = 0; r < m; r++)
            for (int c = 0; c < m; c++)
                for (int l = 0; l < m; l++) product[r * m + c] += left[r * m + l] * right[l * m + c];
        product.CopyTo(target, 0);
    }

    private double Left(int face, int s) => a.Left[((long)face * psi + s) * a.Problems + k];

    private double Right(int face, int s) => a.Right[((long)face * psi + s) * a.Problems + k];

    private double Slope(int face, int s) => a.Slope[((long)face * psi + s) * a.Problems + k];
}
