using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Membrane;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>Some problems stepped together by one thread; the integrators are in the derived classes.</summary>
internal abstract class CpuPack : IDisposable
{
    /// <summary>The problems that are not padding.</summary>
    public abstract IReadOnlyList<ProblemControl> Controls { get; }

    /// <summary>Integrates every problem to its target.</summary>
    public abstract void Advance(Action<ProblemStatus>? afterStep, CancellationToken cancellation);

    /// <summary>Copies a problem's state.</summary>
    public abstract void Read(ProblemControl control, StateView state);

    /// <summary>Exchanges what a problem's further steps depend on beside its control; then enters the pieces that held.</summary>
    public abstract void Exchange(ProblemControl control, RecordExchange exchange);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>State, boundaries and evaluation of the right-hand side for a pack of problems of one shape.</summary>
internal abstract unsafe class CpuPack<T, TPacking> : CpuPack
    where T : unmanaged, ILane<T>
    where TPacking : struct, IPacking<T>
{
    private readonly ProblemControl[] controls;
    private readonly Circuit[] circuits;
    private readonly Ends[] ends;
    private readonly SourceFluxes[] sources;

    /// <summary>Takes up to as many problems as the packing holds; missing ones repeat the last and never run.</summary>
    protected CpuPack(IReadOnlyList<ProblemControl> problems, TimeSettings settings)
    {
        Settings = settings;
        Shape = PackShape.Of(problems[0].Problem);
        Arrays = new(Shape, TPacking.Problems);
        controls = [.. problems];
        circuits = new Circuit[controls.Length];
        ends = new Ends[controls.Length];
        sources = new SourceFluxes[controls.Length];
        for (int k = 0; k < TPacking.Problems; k++) Load(k);
        Membranes = new(controls, Shape, Arrays);
        Membranes.Load(ends);
        for (int k = 0; k < controls.Length; k++) Enter(k, 0);
        StartCircuits();
        StartMembranes();
    }

    public override IReadOnlyList<ProblemControl> Controls => controls;

    protected TimeSettings Settings { get; }

    protected PackShape Shape { get; }

    protected PackArrays Arrays { get; }

    /// <summary>Mechanisms.</summary>
    protected MembranePasses Membranes { get; }

    /// <summary>
    /// target = update(state, rate of state): sum of all passes, at the given time of each problem. factor[k] is what the
    /// update multiplies a rate with. The state is settled before; the target is not settled after.
    /// </summary>
    protected void Move<TUpdate>(double* state, double* target, TUpdate update, double* factor, double[] time)
        where TUpdate : struct, IUpdate<T>
    {
        // Interfaces first: their long chains of a few items go on while the drops of all faces are found.
        LogGamma(state);
        InterfacePass<T>.Evaluate(Arrays, Shape, state);
        Drops(state);
        for (int k = 0; k < controls.Length; k++) ends[k].Evaluate(Arrays, state);
        Membranes.Evaluate(state, time);
        if (Shape.IsIdeal) StagePasses<T, TPacking>.MoveSpecies(Arrays, state, target, update);
        else ActivityPasses<T, TPacking>.MoveSpecies(Arrays, state, target, update);
        InterfacePass<T>.Move(Arrays, Shape, target, factor);
        for (int k = 0; k < controls.Length; k++)
        {
            ends[k].Move(Arrays, target, factor[k], time[k]);
            sources[k].Move(Arrays, k, target, factor[k], time[k]);
        }
        Membranes.Move(target, factor);
        if (!Membranes.IsEmpty) StagePasses<T, TPacking>.MoveExtras(Arrays, state, target, update);
        StagePasses<T, TPacking>.MoveCharge(Arrays, state, target, update);
    }

    /// <summary>Settles the state that was moved last, whose partial sums of b q the move left.</summary>
    protected void SettleMoved(double* state, double[] time)
    {
        for (int k = 0; k < controls.Length; k++)
        {
            ends[k].SetBaths(state, time[k]);
            CloseCircuit(state, k, time[k]);
        }
    }

    /// <summary>Sets the baths of a state and closes its circuits at the given time of each problem.</summary>
    protected void Settle(double* state, double[] time)
    {
        ReductionPasses<T, TPacking>.WeightedSum(Arrays, state + (long)Shape.Species * Arrays.Stride, Arrays.Partial);
        SettleMoved(state, time);
    }

    /// <summary>Spectral bound of the start state, which is settled, per problem. Stage states are overwritten.</summary>
    protected void SpectralBounds(double* result)
    {
        LogGamma(Arrays.Start);
        Drops(Arrays.Start);
        ReductionPasses<T, TPacking>.Coefficients(Arrays, Arrays.Start);
        InterfacePass<T>.Coefficients(Arrays, Shape, Arrays.Start);
        for (int k = 0; k < controls.Length; k++) ends[k].Coefficients(Arrays, Arrays.Start);
        AddActivityToCoefficients();
        ReductionPasses<T, TPacking>.Bound(Arrays, result);
        for (int k = 0; k < controls.Length; k++) result[k] += 2 * ends[k].ReservoirOutflow(Arrays, Arrays.Start);
        Membranes.AddBounds(result);
    }

    /// <summary>Bath ghosts of two states to 0, so that the error pass sees only what was integrated.</summary>
    protected void ClearBaths(double* a, double* b)
    {
        for (int k = 0; k < controls.Length; k++)
        {
            ends[k].ClearBaths(a);
            ends[k].ClearBaths(b);
        }
    }

    /// <summary>The step of problem k was accepted: its clock moves, and at a corner the next pieces begin.</summary>
    protected void Accept(int k)
    {
        ProblemControl control = controls[k];
        double before = control.Time;
        control.Advance();
        if (circuits[k].IsCurrentClamp)
            circuits[k].StepStart = circuits[k].Close(control.Time, before, 0, 0, 0);
        Membranes.Judge(k);
        if (control.Time < control.Corner) return;
        Enter(k, control.Time);
        control.ForgetHistory();
    }

    /// <summary>
    /// Takes q of problem k anew from its concentrations by Gauss's law, from the left end on. A step of s stages rounds by about
    /// s^1.5 ulp of the state, and 1e6 steps of Euler by 1e3 ulp, in q and in c apart: without this their difference would grow as a
    /// charge that nothing carries (1.4e-9 mol/m³ after 1e6 steps of MEMB, 1e-6 after a thousand steps of a thousand stages).
    /// The drift that is taken away is kept for the certificate. Q goes into q as well: under a steady current q and Q run away from
    /// each other, and the rounding of q would be that of the charge that ever passed instead of the charge that is there.
    /// </summary>
    protected void RestoreGauss(int k)
    {
        DiscreteProblem p = controls[k].Problem;
        int w = TPacking.Problems;
        double* q = Arrays.Start + (long)Shape.Species * Arrays.Stride + k;
        double drift = 0, before = q[0], closure = Arrays.Closure[k];
        q[0] += closure;
        if (circuits[k].IsCurrentClamp) circuits[k].StepStart -= closure;
        for (int f = 1; f <= Shape.Cells; f++)
        {
            double charge = p.FixedCharge(f - 1);
            for (int s = 0; s < Shape.Species; s++)
                charge = Math.FusedMultiplyAdd(Shape.Valence[s], Arrays.Start[(long)s * Arrays.Stride + f * w + k], charge);
            drift = Math.Max(drift, Math.Abs((q[f * w] - before) * Arrays.InverseVolume[f * w + k] - charge));
            before = q[f * w];
            q[f * w] = q[(f - 1) * w] + charge / Arrays.InverseVolume[f * w + k];
        }
        controls[k].GaussDrift = Math.Max(controls[k].GaussDrift, drift);
    }

    /// <summary>True for a problem that still has to step.</summary>
    protected static bool MustStep(ProblemControl control) => control.IsRunning && control.Time < control.Target;

    /// <inheritdoc/>
    public override void Read(ProblemControl control, StateView state)
    {
        int k = Array.IndexOf(controls, control), w = TPacking.Problems, n = Shape.Cells;
        Settle(Arrays.Start, [.. controls.Select(c => c.Time)]);
        LogGamma(Arrays.Start);
        Drops(Arrays.Start);
        ReductionPasses<T, TPacking>.Fluxes(Arrays, Arrays.Start);
        InterfacePass<T>.Evaluate(Arrays, Shape, Arrays.Start);
        InterfacePass<T>.Store(Arrays, Shape);
        ends[k].Evaluate(Arrays, Arrays.Start);
        ends[k].Store(Arrays, control.Time);
        sources[k].Store(Arrays, k, control.Time);
        Membranes.Store(k);
        double* sum = Arrays.Flux + (long)Shape.Species * Arrays.Stride;
        double* partial = stackalloc double[8 * w];
        ReductionPasses<T, TPacking>.WeightedSum(Arrays, sum, partial);
        double weighted = ReductionPasses<T, TPacking>.Fold(partial, k) + circuits[k].SternSum(sum[k], sum[n * w + k]);
        double leftThrough = sum[k] - ends[k].ReservoirCurrent(leftEnd: true);
        double rightThrough = sum[n * w + k] - ends[k].ReservoirCurrent(leftEnd: false);
        state.TotalCurrent = circuits[k].TotalCurrent(control.Time, weighted, leftThrough, rightThrough);
        for (int s = 0; s < Shape.Species; s++)
        {
            double* c = Arrays.Start + (long)s * Arrays.Stride + k;
            double* j = Arrays.Flux + (long)s * Arrays.Stride + k;
            double[] concentration = state.Concentration[Shape.Order[s]], flux = state.Flux[Shape.Order[s]];
            for (int i = 0; i < concentration.Length; i++) concentration[i] = c[i * w];
            for (int f = 0; f < flux.Length; f++) flux[f] = j[f * w];
        }
        double* q = Arrays.Start + (long)Shape.Species * Arrays.Stride + k;
        for (int f = 0; f <= n; f++) state.Charge[f] = q[f * w] + Arrays.Closure[k];
        Membranes.Read(k, state);
    }

    /// <inheritdoc/>
    /// <remarks>Q and the baths are not exchanged: every state is settled before it is used.</remarks>
    public override void Exchange(ProblemControl control, RecordExchange exchange)
    {
        int k = Array.IndexOf(controls, control);
        circuits[k].Exchange(exchange);
        ExchangeState(k, Arrays.Start, exchange, isRate: false);
        if (exchange.IsRestoring) Enter(k, control.Entered);
    }

    /// <summary>Exchanges problem k of an array of a whole state, or of its rate.</summary>
    protected void ExchangeState(int k, double* state, RecordExchange exchange, bool isRate)
    {
        Arrays.Exchange(Shape, k, state, exchange, isRate);
        Membranes.Exchange(k, state, exchange, isRate);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Arrays.Dispose();
        GC.SuppressFinalize(this);
    }

    // Activity coefficients are those of concentrations, also where a ghost holds an amount.
    private void LogGamma(double* state)
    {
        if (Shape.IsIdeal) return;
        Membranes.Hold(state);
        ActivityPasses<T, TPacking>.LogGamma(Arrays, Shape, state);
        Membranes.Release(state);
    }

    private void AddActivityToCoefficients()
    {
        if (Shape.IsIdeal) return;
        Membranes.Hold(Arrays.Start);
        ActivityPasses<T, TPacking>.AddToCoefficients(Arrays, Shape, Arrays.Start);
        Membranes.Release(Arrays.Start);
    }

    private void Drops(double* state)
    {
        if (Shape.IsIdeal) StagePasses<T, TPacking>.Drops(Arrays, state);
        else ActivityPasses<T, TPacking>.Drives(Arrays, state);
    }

    private void CloseCircuit(double* state, int k, double time)
    {
        double* q = state + (long)Shape.Species * Arrays.Stride + k;
        double left = q[0], right = q[Shape.Cells * TPacking.Problems];
        double weighted = ReductionPasses<T, TPacking>.Fold(Arrays.Partial, k) + circuits[k].SternSum(left, right);
        if (circuits[k].IsSurfaceCharge)
        {
            left -= ends[k].ReservoirCharge(state, leftEnd: true);
            right += ends[k].ReservoirCharge(state, leftEnd: false);
        }
        Arrays.Closure[k] = circuits[k].Close(time, controls[k].Time, weighted, left, right);
    }

    private void Enter(int k, double time)
    {
        controls[k].Entered = time;
        controls[k].Corner = Math.Min(
            Math.Min(circuits[k].Enter(time), ends[k].Enter(time)),
            Math.Min(sources[k].Enter(time), Membranes.Enter(k, time)));
    }

    // Writes the constants and the initial state of place k.
    private void Load(int k)
    {
        DiscreteProblem p = controls[Math.Min(k, controls.Length - 1)].Problem;
        PackLoader.Load(Arrays, Shape, p, k);
        InterfacePass<T>.Prepare(Arrays, Shape, p, k);
        if (k >= controls.Length) return;
        double[] area = p.FaceAreas();
        circuits[k] = new(p, area, p.Resistances());
        ends[k] = new(p, area, Shape, Arrays.Stride, TPacking.Problems, k);
        sources[k] = new(p, Shape);
    }

    // Gates are at rest in the settled initial state.
    private void StartMembranes()
    {
        if (Membranes.IsEmpty) return;
        Settle(Arrays.Start, new double[controls.Length]);
        LogGamma(Arrays.Start);
        Drops(Arrays.Start);
        Membranes.Start();
    }

    // A current-clamped end starts uncharged, D = 0 there, or with the charge of the state that the run starts from.
    private void StartCircuits()
    {
        double* q = Arrays.Start + (long)Shape.Species * Arrays.Stride;
        for (int k = 0; k < controls.Length; k++)
        {
            if (circuits[k].IsCurrentClamp)
                circuits[k].StepStart = circuits[k].StartsAtLeft || controls[k].Problem.Problem.Initial is Model.CellsInitialState ? 0 : -q[Shape.Cells * TPacking.Problems + k];
        }
    }
}
