using System.Numerics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Membrane;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The mechanisms of one problem in an implicit step. They take J_s from the cell left of the membrane, give it to the one right of it, and
/// have states y of their own (gates, relative volumes of reservoirs), so that beside the blocks A stand a few rows and columns,
/// <code>A x − P j − E y = r,    j = G_x x + G_y y,    y/(h gamma) − f_x x − f_y y = s,</code>
/// with P: −1 left, +1 right of the membrane; E: what a reservoir's volume does. The blocks are factorised without them;
/// every column of P and E costs one solution per step, and (j, y) follow from a small dense system in what the mechanisms see. x enters
/// it only there. How much each flux moved since the start is integrated along, by the same method, so that budgets close.
/// </summary>
/// <remarks>
/// Sherman, Morrison and Woodbury's formula; checked by <c>MembraneStepTests</c>.
/// </remarks>
internal sealed unsafe class MembraneBorder
{
    private readonly ImplicitArrays a;
    private readonly int k, leftCell, rightCell, states;
    private readonly MembraneMechanisms mechanisms;
    private readonly MembraneLayout layout;
    private readonly int[] moved, volumeState;
    private readonly MembraneDerivatives derivatives;
    private readonly double[] seen, flux, rates, unknown;
    // What is seen of the solutions for P and E.
    private readonly double[,] seenOfColumn;
    private readonly SwellingReservoirs swelling;
    private readonly BlockSight sight;
    private readonly Dense.Factors factors;
    private double inverseStep;

    public MembraneBorder(DiscreteProblem problem, MembraneLayout layout, ImplicitArrays arrays, EndRows ends, int k)
    {
        (a, this.k, this.layout) = (arrays, k, layout);
        mechanisms = new(problem, arrays.Shape, layout);
        (int first, int last) = layout.Cells(problem.Grid);
        (leftCell, rightCell, states) = (first - 1, last + 1, layout.States);
        moved = [.. mechanisms.ItemSpecies.Distinct().Order()];
        volumeState = [.. new[] { layout.LeftVolumeState, layout.RightVolumeState }.Where(state => state >= 0)];
        derivatives = new(layout.Items.Count, states, mechanisms.SeenLength);
        (seen, flux, rates) = (new double[mechanisms.SeenLength], new double[layout.Items.Count], new double[states]);
        swelling = new(arrays, ends, k, layout);
        sight = new(arrays, mechanisms, ends, k, leftCell, rightCell);
        seenOfColumn = new double[seen.Length, Columns];
        unknown = new double[moved.Length + states];
        factors = new(unknown.Length);
        (State, Argument, Burst) = (new double[Extras], new double[Extras], BurstLimit.Of(layout));
    }

    /// <summary>Columns of P and E.</summary>
    public int Columns => moved.Length + volumeState.Length;

    /// <summary>
    /// States, then what each flux moved, what permeated of each species, and what crossed of each in all: a pump and a leak that balance
    /// move a thousand times what the cell holds in a month, and the sum of both would have lost it.
    /// </summary>
    public int Extras => CrossedAt + a.Species;

    private int PermeatedAt => states + flux.Length;

    private int CrossedAt => PermeatedAt + a.Species;

    public MembraneLayout Layout => layout;

    /// <summary>Reservoirs whose volume changes.</summary>
    public SwellingReservoirs Swelling => swelling;

    /// <summary>At the start of the step.</summary>
    public double[] State { get; }

    /// <summary>Where fluxes and rates are taken: the state, or the argument of a stage.</summary>
    public double[] Argument { get; }

    /// <summary>Volume of a reservoir over its initial one, at the argument.</summary>
    public double LeftVolume => layout.LeftVolumeState < 0 ? 1 : Argument[layout.LeftVolumeState];

    public double RightVolume => layout.RightVolumeState < 0 ? 1 : Argument[layout.RightVolumeState];

    /// <summary>When the cell bursts; null: never.</summary>
    public BurstLimit? Burst { get; }

    /// <summary>Relative volume of the reservoir inside, and what it would be.</summary>
    public (double Before, double After) Volume(double[] extras) => (State[layout.LeftVolumeState], extras[layout.LeftVolumeState]);

    /// <summary>Fluxes of the mechanisms at the last evaluation, mol/s, and the pack's species of each.</summary>
    public ReadOnlySpan<double> Flux => flux;

    public int[] FluxSpecies => mechanisms.ItemSpecies;

    /// <summary>Faces that the mechanisms' fluxes pass, from the membrane's left to its right one.</summary>
    public (int First, int Last) Faces => (leftCell, rightCell - 1);

    /// <summary>What crossed the membrane's left face outward since the start, mol.</summary>
    public double Crossed(int species) => State[CrossedAt + species];

    /// <summary>What crosses it to and fro, mol/s, as it was evaluated last.</summary>
    public double Gross(int species)
    {
        double sum = Math.Abs(a.Flux[Face(species)]);
        for (int item = 0; item < flux.Length; item++) if (mechanisms.ItemSpecies[item] == species) sum += Math.Abs(flux[item]);
        return sum;
    }

    public double Enter(double time) => mechanisms.Enter(time);

    /// <summary>Enters the initial volumes; the ghosts' concentrations become amounts over the volumes at the problem's own start.</summary>
    public void LoadVolumes(double* u, double[]? given)
    {
        foreach (int state in volumeState) State[state] = given?[state] ?? 1;
        State.CopyTo(Argument, 0);
        for (int s = 0; s < a.Species; s++)
        {
            u[At(0, s)] *= LeftVolume;
            u[At(a.Blocks - 1, s)] *= RightVolume;
        }
    }

    /// <summary>Initial states, given or at rest in the initial concentrations and potential.</summary>
    public void Start(double* u, double[]? given)
    {
        if (given is not null) given.CopyTo(State, 0);
        else
        {
            sight.See(u, LeftVolume, RightVolume, seen);
            mechanisms.InitialStates(seen, State.AsSpan(0, states));
        }
        State.CopyTo(Argument, 0);
    }

    /// <summary>Moves species by the fluxes at the argument: into the rates of the cells beside the membrane.</summary>
    public void AddRates(double* u, double* rate, double time)
    {
        sight.See(u, LeftVolume, RightVolume, seen);
        mechanisms.Evaluate(seen, Argument.AsSpan(0, states), time, flux, rates);
        for (int item = 0; item < flux.Length; item++) Cross(rate, mechanisms.ItemSpecies[item], flux[item]);
    }

    /// <summary>Copies states, fluxes and what moved; fluxes are taken anew.</summary>
    public void Read(double* u, double time, StateView view)
    {
        sight.See(u, LeftVolume, RightVolume, seen);
        mechanisms.Evaluate(seen, Argument.AsSpan(0, states), time, flux, rates);
        flux.CopyTo(view.MechanismFlux, 0);
        State.AsSpan(0, states).CopyTo(view.States);
        State.AsSpan(states, flux.Length).CopyTo(view.Transported);
        for (int s = 0; s < a.Species; s++) view.Permeated[a.Shape.Order[s]] = State[PermeatedAt + s];
        view.RelativeVolume = (LeftVolume, RightVolume);
    }

    /// <summary>Exchanges the state.</summary>
    public void Exchange(RecordExchange exchange)
    {
        MembraneExtras.Exchange(exchange, layout, a.Shape, isRate: false, i => ref State[i]);
        exchange.Values("state/crossed", "mol", a.Species, s => ref State[CrossedAt + a.Shape.Place[s]]);
    }

    /// <summary>Rates of the states and of what moved, after <see cref="AddRates"/>.</summary>
    public void Rates(Span<double> target)
    {
        rates.CopyTo(target);
        flux.CopyTo(target[states..]);
        for (int s = 0; s < a.Species; s++) target[PermeatedAt + s] = target[CrossedAt + s] = a.Flux[Face(s)];
        for (int item = 0; item < flux.Length; item++) target[CrossedAt + mechanisms.ItemSpecies[item]] += flux[item];
    }

    /// <summary>Derivatives at the start of a step.</summary>
    /// <param name="u">State.</param>
    /// <param name="time">s.</param>
    /// <param name="inverse">1/(h gamma).</param>
    public void Linearise(double* u, double time, double inverse)
    {
        inverseStep = inverse;
        sight.See(u, LeftVolume, RightVolume, seen);
        sight.Linearise(LeftVolume, RightVolume);
        mechanisms.Linearise(seen, Argument.AsSpan(0, states), time, derivatives);
        swelling.Linearise(u, LeftVolume, RightVolume);
    }

    /// <summary>
    /// What the mechanisms move per small drop e^(iωt) from end to end where the concentrations that they see stay: gates follow with
    /// y = f_u/(iω − f_y), and lag behind. After <see cref="Linearise"/>.
    /// </summary>
    /// <param name="omega">ω, rad/s.</param>
    public SmallSignal.MembraneResponse Response(double omega)
    {
        var response = new Complex[a.Species];
        int drop = mechanisms.Drop(MechanismView.Ends);
        for (int item = 0; item < flux.Length; item++)
        {
            Complex sum = derivatives.FluxBySeen[item, drop];
            for (int y = 0; y < states; y++)
                sum += derivatives.FluxByState[item, y] * derivatives.RateBySeen[y, drop] / new Complex(-derivatives.RateByState[y, y], omega);
            response[mechanisms.ItemSpecies[item]] += sum;
        }
        return new(leftCell, rightCell, response);
    }

    /// <summary>target += factor times the derivatives by time of the waveforms; of blocks and of extras.</summary>
    public void AddTimeDerivative(double* target, Span<double> extras, double factor)
    {
        for (int item = 0; item < flux.Length; item++)
        {
            Cross(target, mechanisms.ItemSpecies[item], factor * derivatives.FluxByTime[item]);
            extras[states + item] += factor * derivatives.FluxByTime[item];
            extras[CrossedAt + mechanisms.ItemSpecies[item]] += factor * derivatives.FluxByTime[item];
        }
        for (int y = 0; y < states; y++) extras[y] += factor * derivatives.RateByTime[y];
    }

    /// <summary>target += factor times column j of P or E.</summary>
    public void AddColumn(int j, double factor, double* target)
    {
        if (j < moved.Length)
        {
            Cross(target, moved[j], factor);
            return;
        }
        swelling.AddVolume(volumeState[j - moved.Length] == layout.LeftVolumeState, factor, inverseStep, target);
    }

    /// <summary>target += P j + E y of the last solution.</summary>
    public void AddSolved(double* target)
    {
        for (int j = 0; j < Columns; j++) AddColumn(j, unknown[UnknownOf(j)], target);
    }

    /// <summary>Factorises the small system; the columns are solved.</summary>
    /// <param name="columns">First element of the columns.</param>
    public void Factorise(double* columns)
    {
        Span<double> of = stackalloc double[seen.Length];
        for (int j = 0; j < Columns; j++)
        {
            sight.SeeChange(columns + j * a.VectorLength, of);
            for (int o = 0; o < of.Length; o++) seenOfColumn[o, j] = of[o];
        }
        double[,] m = factors.Matrix;
        Array.Clear(m);
        for (int item = 0; item < flux.Length; item++)
            Fill(Array.IndexOf(moved, mechanisms.ItemSpecies[item]), derivatives.FluxBySeen, item, derivatives.FluxByState);
        for (int y = 0; y < states; y++) Fill(moved.Length + y, derivatives.RateBySeen, y, derivatives.RateByState);
        for (int j = 0; j < unknown.Length; j++) m[j, j] += j < moved.Length ? 1 : inverseStep;
        factors.Factorise();

        void Fill(int row, double[,] bySeen, int index, double[,] byState)
        {
            for (int j = 0; j < Columns; j++) m[row, UnknownOf(j)] -= Times(bySeen, index, seenOfColumn, j);
            for (int y = 0; y < states; y++) m[row, moved.Length + y] -= byState[index, y];
        }
    }

    /// <summary>
    /// Completes the solution of a stage: x is that of the blocks alone and extras the right-hand sides of the extras. Returns true where x has lost
    /// digits: in a long step nothing but the mechanisms holds the voltage, and x is a small difference of large solutions. The fluxes j are
    /// right all the same, and a solution for r + P j + E y is x to all digits.
    /// </summary>
    public bool Complete(double* columns, double* x, Span<double> extras)
    {
        Span<double> change = stackalloc double[seen.Length];
        sight.SeeChange(x, change);
        double size = Math.Abs(change[mechanisms.Drop(MechanismView.Ends)]);
        Array.Clear(unknown);
        for (int item = 0; item < flux.Length; item++)
            unknown[Array.IndexOf(moved, mechanisms.ItemSpecies[item])] += Times(derivatives.FluxBySeen, item, change);
        for (int y = 0; y < states; y++) unknown[moved.Length + y] = extras[y] + Times(derivatives.RateBySeen, y, change);
        factors.Solve(unknown);
        for (int j = 0; j < Columns; j++)
        {
            double part = unknown[UnknownOf(j)];
            double* column = columns + j * a.VectorLength;
            for (long e = k; e < a.VectorLength; e += a.Problems) x[e] += part * column[e];
            for (int o = 0; o < seen.Length; o++) change[o] += part * seenOfColumn[o, j];
        }
        for (int y = 0; y < states; y++) extras[y] = unknown[moved.Length + y];
        double drop = Math.Abs(change[mechanisms.Drop(MechanismView.Ends)]);
        return size > MostCancellation * drop && size * MostCancellation > 1;
    }

    /// <summary>Makes what was moved of its right-hand sides, from the solution of the blocks.</summary>
    public void Integrate(double* x, Span<double> extras)
    {
        Span<double> change = stackalloc double[seen.Length];
        sight.SeeChange(x, change);
        for (int j = 0; j < moved.Length; j++)
        {
            // The last flux of a species takes what is left of j, so that all of them are what the blocks were given.
            double left = unknown[j];
            extras[CrossedAt + moved[j]] += left;
            int last = Array.LastIndexOf(mechanisms.ItemSpecies, moved[j]);
            for (int item = 0; item <= last; item++)
            {
                if (mechanisms.ItemSpecies[item] != moved[j]) continue;
                double part = item == last ? left : Times(derivatives.FluxBySeen, item, change);
                for (int y = 0; y < states && item != last; y++) part += derivatives.FluxByState[item, y] * extras[y];
                left -= part;
                extras[states + item] = (extras[states + item] + part) / inverseStep;
            }
        }
        for (int s = 0; s < a.Species; s++)
        {
            ref double permeated = ref extras[PermeatedAt + s], crossed = ref extras[CrossedAt + s];
            long at = Face(s);
            double drop = x[At(leftCell, a.Species)] - x[At(leftCell + 1, a.Species)];
            double passed = a.Left[at] * x[At(leftCell, s)] - a.Right[at] * x[At(leftCell + 1, s)] + a.Slope[at] * drop;
            if (!a.Shape.IsIdeal) passed += a.ExcessLeft[at] * MeasureChange(x, leftCell) - a.ExcessRight[at] * MeasureChange(x, leftCell + 1);
            permeated = (permeated + passed) / inverseStep;
            crossed = (crossed + passed) / inverseStep;
        }
    }

    private double MeasureChange(double* x, int cell)
    {
        double sum = 0;
        for (int s = 0; s < a.Species; s++) sum += a.ActivityWeight[s * a.Problems + k] * x[At(cell, s)];
        return sum;
    }

    /// <summary>Largest scaled error of the states.</summary>
    /// <param name="extras">Error of the extras.</param>
    /// <param name="trial">Extras at the end of the step.</param>
    /// <param name="tolerance">Relative tolerance.</param>
    public double Error(ReadOnlySpan<double> extras, ReadOnlySpan<double> trial, double tolerance)
    {
        double worst = 0;
        for (int y = 0; y < states; y++)
            worst = Math.Max(worst, Math.Abs(extras[y]) / (tolerance * (Math.Max(Math.Abs(State[y]), Math.Abs(trial[y])) + MembraneMechanisms.StateFloor)));
        return worst;
    }

    /// <summary>A drop that is this much smaller than those it is the difference of is taken anew, unless all are small.</summary>
    private const double MostCancellation = 100;

    private int UnknownOf(int column) => column < moved.Length ? column : moved.Length + volumeState[column - moved.Length];

    private void Cross(double* target, int species, double amount)
    {
        target[At(leftCell, species)] -= amount;
        target[At(rightCell, species)] += amount;
    }

    private static double Times(double[,] rows, int row, double[,] columns, int column)
    {
        double sum = 0;
        for (int o = 0; o < rows.GetLength(1); o++) sum += rows[row, o] * columns[o, column];
        return sum;
    }

    private static double Times(double[,] rows, int row, ReadOnlySpan<double> vector)
    {
        double sum = 0;
        for (int o = 0; o < vector.Length; o++) sum += rows[row, o] * vector[o];
        return sum;
    }

    private long At(int block, int row) => ((long)block * a.Size + row) * a.Problems + k;

    private long Face(int species) => ((long)leftCell * a.Species + species) * a.Problems + k;
}
