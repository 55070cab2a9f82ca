using System.Runtime.CompilerServices;
using ILGPU;
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
    private double closure;

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
        Group.Barrier();
    }

    /// <summary>Puts its last accepted state back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store()
    {
        var store = new StoreAction(site);
        cells.Each(ref store);
        Group.Barrier();
    }

    /// <summary>Settles Y_0 + a F_0 at a time: baths and circuit; all threads know it then.</summary>
    /// <param name="share">a, s.</param>
    /// <param name="time">s.</param>
    /// <param name="clock">Clock, at the start of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Settle(double share, double time, ref ProblemClock clock)
    {
        var settle = new SettleAction(site, share, time);
        cells.Each(ref settle);
        Give(0, settle.WeightedCharge);
        Group.Barrier();
        site.Memory.Fold<Sum>(0);
        Group.Barrier();
        closure = Close(time, ref clock);
    }

    /// <summary>Evaluates the settled state and moves it; a state that comes of it is settled.</summary>
    /// <param name="move">What is made of the rates.</param>
    /// <param name="time">Time of the evaluated state, s.</param>
    /// <param name="newTime">Time of the new one, s.</param>
    /// <param name="clock">Clock, at the start of the step.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate<TMove>(TMove move, double time, double newTime, ref ProblemClock clock)
        where TMove : struct, IMove
    {
        var flux = new FluxAction<TMove>(site, move, closure, time);
        cells.Each(ref flux);
        Give(0, flux.WeightedCharge);
        Group.Barrier();
        var update = new UpdateAction<TMove>(site, move, newTime);
        cells.Each(ref update);
        site.Memory.Fold<Sum>(0);
        Group.Barrier();
        if (move.GivesState) closure = Close(newTime, ref clock);
    }

    /// <summary>Bound of the fastest rate of the settled state, 1/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double SpectralBound()
    {
        var coefficients = new CoefficientAction(site, closure);
        cells.Each(ref coefficients);
        Group.Barrier();
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

    /// <summary>Under a current clamp, moves Q to the time that the clock has gone on to.</summary>
    /// <param name="clock">Clock.</param>
    /// <param name="before">Time before, s.</param>
    public readonly void Charge(ref ProblemClock clock, double before)
    {
        if (site.Circuit == (int)CircuitKind.CurrentClamp) clock.ClampCharge += site.Drive(0).Integral(before, clock.Time);
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
        Group.Barrier();
        var drift = new DriftAction(site);
        cells.Each(ref drift);
        GroupMemory memory = site.Memory;
        double first = memory.Concentration(0, 0) + closure, largest = Reduce<Largest, Largest>(drift.Drift, 0).First;
        AddUp();
        var restore = new ChargeAction(site, first);
        cells.Each(ref restore);
        Group.Barrier();
        if (Stepping.Decides)
        {
            if (site.Circuit == (int)CircuitKind.CurrentClamp) clock.ClampCharge -= closure;
            if (largest > clock.GaussDrift) clock.GaussDrift = largest;
            clock.StagesSinceGauss = 0;
        }
        Group.Barrier();
    }

    // Running sums of the charges of the cells: of each thread's stretch, then of the threads, then of its stretch from there on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AddUp()
    {
        GroupMemory memory = site.Memory;
        int threads = memory.Threads, thread = Group.IdxX, row = Shape.Row, stretch = (row + threads - 1) / threads;
        int first = thread * stretch, end = first + stretch < row ? first + stretch : row;
        double sum = 0;
        for (int cell = first; cell < end; cell++) sum += memory.LeftFlux(0, cell + 1);
        int from = 0;
        memory.Given(0, thread) = sum;
        for (int distance = 1; distance < threads; distance *= 2)
        {
            Group.Barrier();
            double own = memory.Given(from, thread);
            memory.Given(1 - from, thread) = thread >= distance ? memory.Given(from, thread - distance) + own : own;
            from = 1 - from;
        }
        Group.Barrier();
        sum = thread == 0 ? 0 : memory.Given(from, thread - 1);
        for (int cell = first; cell < end; cell++)
        {
            sum += memory.LeftFlux(0, cell + 1);
            memory.LeftFlux(0, cell + 1) = sum;
        }
        Group.Barrier();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Give(int which, double value)
    {
        GroupMemory memory = site.Memory;
        memory.Given(which, Group.IdxX) = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly (double First, double Second) Reduce<TFirst, TSecond>(double first, double second)
        where TFirst : struct, IReduction
        where TSecond : struct, IReduction
    {
        Give(0, first);
        Give(1, second);
        Group.Barrier();
        site.Memory.Fold<TFirst>(0);
        site.Memory.Fold<TSecond>(1);
        Group.Barrier();
        return (site.Memory.Result<TFirst>(0), site.Memory.Result<TSecond>(1));
    }

    // Q at a stage.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double Close(double time, ref ProblemClock clock)
    {
        GroupMemory memory = site.Memory;
        DriveRecord drive = site.Drive(0);
        if (site.Circuit == (int)CircuitKind.VoltageClamp)
        {
            return Ampere.VoltageClamp<DeviceLane>(
                new(drive.At(time) - site.Drive(1).At(time)), new(memory.Result<Sum>(0)), new(Batch.Circuits[site.Problem].InverseWeight)).Value;
        }
        if (site.Circuit == (int)CircuitKind.CurrentClamp) return clock.ClampCharge + drive.Integral(clock.Time, time);
        if (site.Circuit == (int)CircuitKind.LeftSurfaceCharge) return drive.At(time) - memory.EndCharge(0);
        return -drive.At(time) - (memory.EndCharge(1) + memory.EndCharge(2));
    }
}
