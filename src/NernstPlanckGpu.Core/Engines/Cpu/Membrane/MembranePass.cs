using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>
/// The mechanisms of one problem of a pack in explicit steps. Their fluxes pass every face of the membrane, so that they take from the cell
/// left of it, give to the one right of it, and move the charge of all faces between: Gauss's law holds as it does for diffusion. Their
/// states, what each moved and what permeated besides are the extras of a state, integrated by the same scheme.
/// </summary>
/// <remarks>Checked by <c>MechanismStepTests</c>.</remarks>
internal sealed unsafe class MembranePass
{
    private readonly PackShape shape;
    private readonly MembraneMechanisms mechanisms;
    private readonly MembraneLayout layout;
    private readonly MembraneDerivatives derivatives;
    private readonly int k, leftCell, rightCell, interfaceIndex;
    private readonly nint firstExtra;
    private readonly double[] seen, states, flux, rates, held;
    private readonly BurstLimit? burst;
    // Cells whose concentrations stand for those of the ends: ghosts of baths and reservoirs, else the outermost ones.
    private readonly int[] leftEnd, rightEnd;

    public MembranePass(DiscreteProblem problem, PackShape shape, MembraneLayout layout, PackArrays a, int k)
    {
        (this.shape, this.layout, this.k, firstExtra) = (shape, layout, k, a.FirstExtra);
        mechanisms = new(problem, shape, layout);
        (int first, int last) = layout.Cells(problem.Grid);
        (leftCell, rightCell) = (first - 1, last + 1);
        interfaceIndex = Array.IndexOf(shape.InterfaceFaces, leftCell);
        derivatives = new(layout.Items.Count, layout.States, mechanisms.SeenLength);
        (seen, states) = (new double[mechanisms.SeenLength], new double[layout.States]);
        (flux, rates) = (new double[layout.Items.Count], new double[layout.States]);
        held = new double[2 * shape.Species];
        static bool IsOpen(IonBoundary ion) => ion is BathBoundary or ReservoirBoundary;
        leftEnd = [.. shape.Order.Select(s => IsOpen(problem.Problem.Left.Ions[s]) ? 0 : 1)];
        rightEnd = [.. shape.Order.Select(s => IsOpen(problem.Problem.Right.Ions[s]) ? shape.Cells + 1 : shape.Cells)];
        burst = BurstLimit.Of(layout);
    }

    /// <summary>Where a state has the left reservoir's relative volume; −1: it is constant.</summary>
    public nint LeftVolume(PackArrays a) => layout.LeftVolumeState < 0 ? -1 : Extra(a, layout.LeftVolumeState);

    /// <summary>The same for the right one.</summary>
    public nint RightVolume(PackArrays a) => layout.RightVolumeState < 0 ? -1 : Extra(a, layout.RightVolumeState);

    /// <summary>Enters the pieces that hold from a time on; returns the next corner.</summary>
    public double Enter(double time) => mechanisms.Enter(time);

    /// <summary>Enters the initial volumes; the ghosts' concentrations become amounts over the volumes at the problem's own start.</summary>
    /// <param name="a">Arrays.</param>
    /// <param name="state">State with its concentrations.</param>
    /// <param name="given">Initial states; null: volumes 1.</param>
    public void LoadVolumes(PackArrays a, double* state, double[]? given)
    {
        foreach (int volume in new[] { layout.LeftVolumeState, layout.RightVolumeState })
        {
            if (volume < 0) continue;
            double initial = given?[volume] ?? 1;
            state[Extra(a, volume)] = initial;
            for (int s = 0; s < shape.Species; s++) Ghost(a, state, volume == layout.LeftVolumeState ? 0 : 1, s) *= initial;
        }
    }

    /// <summary>Initial states, given or at rest in the settled state, whose drops are known.</summary>
    public void Start(PackArrays a, double* state, double[]? given)
    {
        if (given is null)
        {
            See(a, state);
            given = new double[layout.States];
            mechanisms.InitialStates(seen, given);
        }
        for (int i = 0; i < given.Length; i++) state[Extra(a, i)] = given[i];
    }

    /// <summary>Makes concentrations of the amounts in a state's ghosts, for what is not linear in them; <see cref="Release"/> takes them back.</summary>
    public void Hold(PackArrays a, double* state)
    {
        Hold(layout.LeftVolumeState, 0);
        Hold(layout.RightVolumeState, 1);

        void Hold(int volume, int end)
        {
            if (volume < 0) return;
            double relative = state[Extra(a, volume)];
            for (int s = 0; s < shape.Species; s++)
            {
                ref double ghost = ref Ghost(a, state, end, s);
                held[2 * s + end] = ghost;
                ghost /= relative;
            }
        }
    }

    /// <summary>Puts the amounts back, to the last bit.</summary>
    public void Release(PackArrays a, double* state)
    {
        for (int s = 0; s < shape.Species; s++)
        {
            if (layout.LeftVolumeState >= 0) Ghost(a, state, 0, s) = held[2 * s];
            if (layout.RightVolumeState >= 0) Ghost(a, state, 1, s) = held[2 * s + 1];
        }
    }

    private ref double Ghost(PackArrays a, double* state, int end, int s) =>
        ref state[(long)s * a.Stride + end * (shape.Cells + 1) * a.Problems + k];

    /// <summary>Fluxes and rates of a state, whose drops, Bernoulli functions and interface fluxes are known.</summary>
    public void Evaluate(PackArrays a, double* state, double time)
    {
        See(a, state);
        mechanisms.Evaluate(seen, states, time, flux, rates);
        double* rate = a.ExtraRate + k;
        foreach (double value in rates) Next(value);
        foreach (double value in flux) Next(value);
        for (int s = 0; s < shape.Species; s++) Next(Permeation(a, state, s));

        void Next(double value)
        {
            *rate = value;
            rate += a.Problems;
        }
    }

    /// <summary>target += factor · rate for the species beside the membrane, and sum z A J of its faces for the charge.</summary>
    public void Move(PackArrays a, double* target, double factor)
    {
        int left = leftCell * a.Problems + k, right = rightCell * a.Problems + k;
        double current = 0;
        for (int item = 0; item < flux.Length; item++)
        {
            int s = mechanisms.ItemSpecies[item];
            double* c = target + (long)s * a.Stride;
            double moved = factor * flux[item];
            c[left] -= moved * a.InverseVolume[left];
            c[right] += moved * a.InverseVolume[right];
            current = Math.FusedMultiplyAdd(shape.Valence[s], flux[item], current);
        }
        for (int e = left; e < right; e += a.Problems) a.Current[e] += current;
    }

    /// <summary>Adds the evaluated fluxes, and what they add to sum z A J, to the flux arrays.</summary>
    public void Store(PackArrays a)
    {
        double* sum = a.Flux + (long)shape.Species * a.Stride;
        for (int item = 0; item < flux.Length; item++)
        {
            int s = mechanisms.ItemSpecies[item];
            for (int f = leftCell; f < rightCell; f++)
            {
                int e = f * a.Problems + k;
                a.Flux[(long)s * a.Stride + e] += flux[item];
                sum[e] += shape.Valence[s] * flux[item];
            }
        }
    }

    /// <summary>Copies the evaluated fluxes and the extras of a state, and makes concentrations of the ghosts' amounts.</summary>
    public void Read(PackArrays a, double* state, StateView view)
    {
        flux.CopyTo(view.MechanismFlux, 0);
        for (int i = 0; i < layout.States; i++) view.States[i] = state[Extra(a, i)];
        for (int i = 0; i < flux.Length; i++) view.Transported[i] = state[Extra(a, layout.States + i)];
        for (int s = 0; s < shape.Species; s++) view.Permeated[shape.Order[s]] = state[Extra(a, layout.States + flux.Length + s)];
        view.RelativeVolume = (Volume(a, state, layout.LeftVolumeState), Volume(a, state, layout.RightVolumeState));
        foreach (double[] concentration in view.Concentration)
        {
            concentration[0] /= view.RelativeVolume.Left;
            concentration[^1] /= view.RelativeVolume.Right;
        }
    }

    /// <summary>Exchanges the extras of a state, or of its rate.</summary>
    public void Exchange(PackArrays a, double* state, RecordExchange exchange, bool isRate) =>
        MembraneExtras.Exchange(exchange, layout, shape, isRate, i => ref state[Extra(a, i)]);

    /// <summary>
    /// Bound of the fastest rate that the mechanisms add, 1/s: how fast each flux empties the cells beside the membrane and discharges it, and
    /// each state relaxes. Drops of the state are known.
    /// </summary>
    public double Bound(PackArrays a, double* state, double time)
    {
        See(a, state);
        mechanisms.Linearise(seen, states, time, derivatives);
        double left = a.InverseVolume[leftCell * a.Problems + k], right = a.InverseVolume[rightCell * a.Problems + k];
        double resistance = 0, sum = 0;
        for (int f = leftCell; f < rightCell; f++) resistance += a.Resistance[f * a.Problems + k];
        for (int item = 0; item < flux.Length; item++)
        {
            double discharge = Math.Abs(shape.Valence[mechanisms.ItemSpecies[item]]) * resistance;
            foreach (MechanismView view in Views) sum += discharge * Math.Abs(derivatives.FluxBySeen[item, mechanisms.Drop(view)]);
            for (int s = 0; s < shape.Species; s++)
            {
                sum += left * Math.Abs(derivatives.FluxBySeen[item, mechanisms.Inside(MechanismView.Faces, s)])
                    + right * Math.Abs(derivatives.FluxBySeen[item, mechanisms.Outside(MechanismView.Faces, s)]);
            }
        }
        for (int i = 0; i < states.Length; i++) sum += Math.Abs(derivatives.RateByState[i, i]);
        return sum;
    }

    /// <summary>Largest scaled error of the states in a step from Start to StageA, with their rates in StartRate and StageB.</summary>
    public double Error(PackArrays a, double step, double tolerance)
    {
        double worst = 0;
        for (int i = 0; i < layout.States; i++)
        {
            nint e = Extra(a, i);
            double error = Math.Abs(StepControl.ScaledError<ScalarLane>(
                new(a.Start[e]), new(a.StageA[e]), new(step), new(a.StartRate[e]), new(a.StageB[e]), new(tolerance), new(MembraneMechanisms.StateFloor)).Value);
            worst = worst >= error || double.IsNaN(worst) ? worst : error;
        }
        return worst;
    }

    /// <summary>Longest step before the cell bursts, s, where a step between two states goes beyond; else infinite.</summary>
    public double StepToBurst(PackArrays a, double* start, double* end, double step) =>
        burst?.LongestStep(start[LeftVolume(a)], end[LeftVolume(a)], step) ?? double.PositiveInfinity;

    /// <summary>Time until the reservoir inside bursts if it swells as fast as now, s.</summary>
    public double TimeToBurst(PackArrays a, double* state, double time)
    {
        if (burst is not { } limit || limit.IsReached(state[LeftVolume(a)])) return double.PositiveInfinity;
        See(a, state);
        mechanisms.Evaluate(seen, states, time, flux, rates);
        double rate = rates[layout.LeftVolumeState];
        return rate > 0 ? (limit.Ratio - state[LeftVolume(a)]) / rate : double.PositiveInfinity;
    }

    /// <summary>Relative volume of the reservoir inside where it has reached that at which it bursts; else null.</summary>
    public double? BurstVolume(PackArrays a, double* state) =>
        burst is { } limit && limit.IsReached(state[LeftVolume(a)]) ? state[LeftVolume(a)] : null;

    private static readonly MechanismView[] Views = Enum.GetValues<MechanismView>();

    private nint Extra(PackArrays a, int index) => firstExtra + (nint)index * a.Problems + k;

    private double Volume(PackArrays a, double* state, int index) => index < 0 ? 1 : state[Extra(a, index)];

    private void See(PackArrays a, double* state)
    {
        for (int i = 0; i < states.Length; i++) states[i] = state[Extra(a, i)];
        double left = 1 / Volume(a, state, layout.LeftVolumeState), right = 1 / Volume(a, state, layout.RightVolumeState);
        int last = shape.Cells + 1;
        for (int s = 0; s < shape.Species; s++)
        {
            double* c = state + (long)s * a.Stride + k;
            seen[mechanisms.Inside(MechanismView.Ends, s)] = c[leftEnd[s] * a.Problems] * (leftEnd[s] == 0 ? left : 1);
            seen[mechanisms.Outside(MechanismView.Ends, s)] = c[rightEnd[s] * a.Problems] * (rightEnd[s] == last ? right : 1);
            seen[mechanisms.Inside(MechanismView.Faces, s)] = c[leftCell * a.Problems];
            seen[mechanisms.Outside(MechanismView.Faces, s)] = c[rightCell * a.Problems];
        }
        seen[mechanisms.Drop(MechanismView.Ends)] = SumOfDrops(a, 0, last);
        seen[mechanisms.Drop(MechanismView.Faces)] = SumOfDrops(a, leftCell, rightCell);
    }

    // Four sums at once: one alone would wait for every addition.
    private double SumOfDrops(PackArrays a, int from, int to)
    {
        int w = a.Problems;
        double* drop = a.Drop + k;
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int f = from;
        for (; f + 3 < to; f += 4)
        {
            s0 += drop[f * w];
            s1 += drop[(f + 1) * w];
            s2 += drop[(f + 2) * w];
            s3 += drop[(f + 3) * w];
        }
        for (; f < to; f++) s0 += drop[f * w];
        return (s0 + s1) + (s2 + s3);
    }

    // A J through the membrane's left face by diffusion and drift.
    private double Permeation(PackArrays a, double* state, int s)
    {
        if (interfaceIndex >= 0) return a.InterfaceFlux[(interfaceIndex * shape.Species + s) * a.Problems + k];
        int e = leftCell * a.Problems + k;
        double* c = state + (long)s * a.Stride + e;
        return ScharfetterGummel.Flux<ScalarLane>(
            new(a.Conductance[(long)s * a.Stride + e]), new(a.Bernoulli[e + a.GroupOf[s]]),
            a.DriveAt(s, e), new(c[0]), new(c[a.Problems])).Value;
    }
}
