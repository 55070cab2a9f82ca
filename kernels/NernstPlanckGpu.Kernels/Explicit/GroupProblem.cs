using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>
/// A problem that a group of threads steps: what all threads do together. Every method is called by all of them, and everything
/// that they branch on is the same for all.
/// </summary>
/// <param name="site">Problem.</param>
/// <param name="cells">The thread's cells.</param>
public struct GroupProblem<TCells>(Site site, TCells cells)
    where TCells : struct, ICells
{
    // So many threads add up charges, each of a stretch of cells.
    private const int MostStretches = 32;

    private double closure;
    private int drives;

    /// <summary>True for the thread that decides.</summary>
    public static bool Decides => TCells.Thread == 0;

    /// <summary>Batch.</summary>
    public readonly BatchViews Batch => site.Batch;

    /// <summary>Shape.</summary>
    public readonly BatchShape Shape => site.Shape;

    /// <summary>Takes the problem from memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Load()
    {
        site.Memory.Clear();
        var load = new LoadAction(site);
        cells.Each(ref load);
        TCells.Barrier();
    }

    /// <summary>Puts its last accepted state back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store()
    {
        var store = new StoreAction(site);
        cells.Each(ref store);
        TCells.Barrier();
    }

    /// <summary>Settles Y_0 + a F_0 at a time: baths and circuit; all threads know it then.</summary>
    /// <param name="share">a, s.</param>
    /// <param name="time">s.</param>
    /// <param name="clock">Clock, at the start of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Settle(double share, double time, ref ProblemClock clock)
    {
        site.TellDrives(drives, clock.Time, time);
        TCells.Barrier();
        var settle = new SettleAction(site, share, drives);
        cells.Each(ref settle);
        Give(0, settle.WeightedCharge);
        TCells.Barrier();
        site.Memory.Fold<Sum>(0);
        TCells.Barrier();
        closure = Close(ref clock);
    }

    /// <summary>Evaluates the settled state and moves it; a state that comes of it is settled.</summary>
    /// <param name="move">What is made of the rates.</param>
    /// <param name="newTime">Time of the new state, s; that of the old one for a rate.</param>
    /// <param name="clock">Clock, at the start of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate<TMove, TBernoulli>(TMove move, double newTime, ref ProblemClock clock)
        where TMove : struct, IMove
        where TBernoulli : struct, IBernoulliKind
    {
        site.TellDrives(1 - drives, clock.Time, newTime);
        var flux = new FluxAction<TMove, TBernoulli>(site, move, closure, drives);
        cells.Each(ref flux);
        drives = 1 - drives;
        Give(0, flux.WeightedCharge);
        TCells.Barrier();
        var update = new UpdateAction<TMove>(site, move, drives);
        cells.Each(ref update);
        site.Memory.Fold<Sum>(0);
        TCells.Barrier();
        if (move.GivesState) closure = Close(ref clock);
    }

    /// <summary>Settles the state at its own time, and puts its fluxes and Q beside it.</summary>
    /// <param name="clock">Clock.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Gather(ref ProblemClock clock)
    {
        Settle(0, clock.Time, ref clock);
        var flux = new FluxAction<NoMove, DoubleBernoulli>(site, default, closure, drives);
        cells.Each(ref flux);
        TCells.Barrier();
        var gather = new GatherAction(site);
        cells.Each(ref gather);
        if (Decides) clock.Closure = closure;
        TCells.Barrier();
    }

    /// <summary>Bound of the fastest rate of the settled state, 1/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double SpectralBound<TBernoulli>()
        where TBernoulli : struct, IBernoulliKind
    {
        var coefficients = new CoefficientAction<TBernoulli>(site, closure);
        cells.Each(ref coefficients);
        TCells.Barrier();
        var outflow = new OutflowAction(site);
        cells.Each(ref outflow);
        (double relaxation, double most) = Reduce<Largest, Largest>(coefficients.Relaxation, outflow.Outflow);
        double reservoir = Reduce<Largest, Largest>(outflow.Reservoir, 0).First;
        return Formulas.SpectralBound.Total<DeviceLane>(new(most), new(relaxation)).Value + (2 * reservoir);
    }

    /// <summary>Norm of the scaled error of a step whose end rates were found, and the smallest concentration.</summary>
    /// <param name="step">h, s.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Error, double Smallest) Error(double step)
    {
        var error = new ErrorAction(site, step);
        cells.Each(ref error);
        (double squares, double smallest) = Reduce<Sum, Smallest>(error.Squares, error.Smallest);
        return (DeviceLane.Sqrt(new(squares / ((double)Shape.Cells * Shape.Species))).Value, smallest);
    }

    /// <summary>Looks at every concentration of the last stage: <see cref="ClockOutcome.Running"/>, NotFinite or Negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Inspect()
    {
        int outcome = ClockOutcome.Running;
        for (int s = 0; s < Shape.Species; s++)
        {
            var extremes = new ExtremesAction(site, s);
            cells.Each(ref extremes);
            (double lowest, double highest) = Reduce<Smallest, Largest>(extremes.Lowest, extremes.Highest);
            double finite = Reduce<Sum, Sum>(extremes.Finite, 0).First;
            if (finite != 0) outcome = ClockOutcome.NotFinite;
            else if (outcome == ClockOutcome.Running && lowest < -Rkc2.NegativeLimit * highest) outcome = ClockOutcome.Negative;
        }
        return outcome;
    }

    /// <summary>The last stage becomes the start.</summary>
    /// <param name="withRate">The rates at the end were found.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accept(bool withRate)
    {
        var accept = new AcceptAction(withRate);
        cells.Each(ref accept);
    }

    /// <summary>The segments that the clock went on to hold from now on.</summary>
    /// <param name="segment">Counted from the problem's first.</param>
    public void Enter(int segment) => site = site with { Segment = Batch.FirstSegment[site.Problem] + segment };

    /// <summary>A segment of the problem.</summary>
    /// <param name="segment">Counted from its first.</param>
    public readonly SegmentRecord SegmentAt(int segment) => Batch.Segments[Batch.FirstSegment[site.Problem] + segment];

    /// <summary>Under a current clamp, the next step starts from the Q of the last state.</summary>
    /// <param name="clock">Clock.</param>
    public readonly void Charge(ref ProblemClock clock)
    {
        if (site.Circuit == (int)CircuitKind.CurrentClamp) clock.ClampCharge = closure;
    }

    /// <summary>
    /// Takes q anew from the concentrations by Gauss's law, from the left end on, with Q in it: the rounding of many stages would grow
    /// as a charge that nothing carries. The drift that is taken away is kept for the certificate. The state is to be settled afterwards.
    /// </summary>
    /// <param name="clock">Clock.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RestoreGauss(ref ProblemClock clock)
    {
        var charges = new CellChargeAction(site);
        cells.Each(ref charges);
        TCells.Barrier();
        var drift = new DriftAction(site);
        cells.Each(ref drift);
        GroupMemory memory = site.Memory;
        double first = memory.Concentration(0, 0) + closure, largest = Reduce<Largest, Largest>(drift.Drift, 0).First;
        int stretches = memory.Threads < MostStretches ? memory.Threads : MostStretches;
        AddUp(stretches);
        var restore = new ChargeAction(site, first, stretches);
        cells.Each(ref restore);
        TCells.Barrier();
        if (Decides)
        {
            if (site.Circuit == (int)CircuitKind.CurrentClamp) clock.ClampCharge -= closure;
            if (largest > clock.GaussDrift) clock.GaussDrift = largest;
            clock.StagesSinceGauss = 0;
        }
        TCells.Barrier();
    }

    // Running sums of the charges of the cells within stretches, one for each of a few threads, and the sum of each stretch.
    private readonly void AddUp(int stretches)
    {
        GroupMemory memory = site.Memory;
        int row = Shape.Row, length = (row + stretches - 1) / stretches, first = TCells.Thread * length, end = first + length < row ? first + length : row;
        if (TCells.Thread < stretches)
        {
            double sum = 0;
            for (int cell = first; cell < end; cell++)
            {
                sum += memory.LeftFlux(0, cell + 1);
                memory.LeftFlux(0, cell + 1) = sum;
            }
            memory.Given(0, TCells.Thread) = sum;
        }
        TCells.Barrier();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Give(int which, double value)
    {
        GroupMemory memory = site.Memory;
        memory.Given(which, TCells.Thread) = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly (double First, double Second) Reduce<TFirst, TSecond>(double first, double second)
        where TFirst : struct, IReduction
        where TSecond : struct, IReduction
    {
        Give(0, first);
        Give(1, second);
        TCells.Barrier();
        site.Memory.Fold<TFirst>(0);
        site.Memory.Fold<TSecond>(1);
        TCells.Barrier();
        return (site.Memory.Result<TFirst>(0), site.Memory.Result<TSecond>(1));
    }

    // Q of a state whose drives are known.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double Close(ref ProblemClock clock)
    {
        GroupMemory memory = site.Memory;
        double drive = memory.DriveValue(drives, 0);
        if (site.Circuit == (int)CircuitKind.VoltageClamp)
        {
            return Ampere.VoltageClamp<DeviceLane>(
                new(drive - memory.DriveValue(drives, 1)), new(memory.Result<Sum>(0)), new(Batch.Circuits[site.Problem].InverseWeight)).Value;
        }
        if (site.Circuit == (int)CircuitKind.CurrentClamp) return clock.ClampCharge + drive;
        return site.Circuit == (int)CircuitKind.LeftSurfaceCharge
            ? drive - memory.EndCharge(0) : -drive - (memory.EndCharge(1) + memory.EndCharge(2));
    }
}
