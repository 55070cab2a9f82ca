using ILGPU;
using ILGPU.Runtime;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>
/// As many problems of one shape as are in the device's memory together. The host keeps their constants and the state that was last
/// fetched; the device has them while they step.
/// </summary>
internal sealed class Portion : IDisposable
{
    // How long a launch may take: short enough for progress and interruption, long against the microseconds that it costs.
    private const double LaunchSeconds = 0.2;

    private readonly AcceleratorStream stream;
    private readonly DeviceTables tables;
    private readonly PackShape shape;
    private readonly TimeSettings settings;
    private readonly ExplicitLaunch launch;
    private readonly ProblemRows rows;
    private readonly ProblemClock[] clocks;
    private readonly bool isConstant;
    private DeviceRows? device;
    private bool hasSegments, isStateFetched = true;
    private long budget = 64;

    /// <summary>Takes problems of one shape.</summary>
    public Portion(AcceleratorStream stream, DeviceTables tables, IReadOnlyList<DiscreteProblem> problems, TimeSettings settings, EnginePrecision precision)
    {
        (this.stream, this.tables, this.settings) = (stream, tables, settings);
        Problems = problems;
        shape = PackShape.Of(problems[0]);
        rows = new(shape, problems.Count);
        clocks = new ProblemClock[problems.Count];
        Parallel.For(0, problems.Count, i =>
        {
            ProblemClock clock = default;
            clock.ClampCharge = rows.Fill(i, problems[i]);
            (clock.Outcome, clock.Proposal, clock.StepsSinceBound, clock.NeedsStartRate) = (ClockOutcome.Running, double.NaN, -1, 1);
            clocks[i] = clock;
        });
        isConstant = rows.Drives.All(drives => drives.IsConstant);
        launch = new(stream.Accelerator, shape, settings, precision, problems.Count);
    }

    private int[] All => [.. Enumerable.Range(0, clocks.Length)];

    /// <summary>The host has every state as it stands, with its fluxes.</summary>
    public bool IsGathered { get; private set; }

    /// <summary>Its problems.</summary>
    public IReadOnlyList<DiscreteProblem> Problems { get; }

    /// <summary>Steps its problems to their targets.</summary>
    /// <param name="targets">Target of each, s.</param>
    /// <param name="afterLaunch">Called with each problem that stepped.</param>
    /// <param name="cancellation">Ends after the launch under way.</param>
    public void Advance(double[] targets, Action<ProblemStatus>? afterLaunch, CancellationToken cancellation)
    {
        for (int i = 0; i < clocks.Length; i++)
        {
            clocks[i].Target = targets[i];
            if (clocks[i].Outcome is ClockOutcome.Done or (int)Outcome.Interrupted)
                clocks[i].Outcome = ClockOutcome.Running;
            // One that is there already takes no part in a launch.
            if (clocks[i].Outcome == ClockOutcome.Running && clocks[i].Time >= targets[i])
                clocks[i].Outcome = ClockOutcome.Done;
        }
        if (!isConstant) hasSegments = false;
        bool first = true;
        while (CostOrder.Of(clocks) is { Length: > 0 } order)
        {
            if (cancellation.IsCancellationRequested)
            {
                foreach (int i in order) clocks[i].Outcome = (int)Outcome.Interrupted;
                return;
            }
            LaunchOnce(order, first);
            first = false;
            if (afterLaunch is null) continue;
            foreach (int i in order) afterLaunch(Status(i));
        }
    }

    /// <summary>How a problem stands.</summary>
    public ProblemStatus Status(int problem)
    {
        ProblemClock c = clocks[problem];
        return new((Outcome)c.Outcome, c.Time, c.LastStep, c.Accepted, c.Rejected, c.Evaluations, c.WorstError, c.SpectralBound, c.GaussDrift);
    }

    /// <summary>
    /// Settles every state at its own time and brings it to the host with its fluxes and Q. Afterwards <see cref="Read"/> needs the device no more.
    /// </summary>
    public void Gather()
    {
        if (IsGathered) return;
        device ??= new(stream, shape, rows, clocks, launch.Workspace);
        // Of the segments those that hold at each problem's time, on their right side at a corner.
        if (!hasSegments || !isConstant) device.Upload(Segments(All));
        hasSegments = isConstant;
        if (rows.Fluxes.Length == 0) rows.Fluxes = new double[rows.Conductance.Length];
        device.NeedFluxes(rows.Fluxes.LongLength);
        device.Upload(clocks);
        device.Upload(All);
        launch.Gather(stream, device.Views(tables));
        var gathered = new ProblemClock[clocks.Length];
        device.Download(gathered);
        // Looking at a problem changes nothing of how it stands.
        for (int i = 0; i < clocks.Length; i++) clocks[i].Closure = gathered[i].Closure;
        device.DownloadState(rows);
        device.DownloadFluxes(rows);
        isStateFetched = IsGathered = true;
    }

    /// <summary>Copies a gathered state.</summary>
    public void Read(int problem, StateView view)
    {
        ReadOnlySpan<double> state = StateOf(problem);
        int row = shape.Cells + 2, faces = row - 1;
        for (int s = 0; s < shape.Species; s++)
        {
            state.Slice(s * row, row).CopyTo(view.Concentration[shape.Order[s]]);
            rows.Fluxes.AsSpan(((problem * shape.Species) + s) * row, faces).CopyTo(view.Flux[shape.Order[s]]);
        }
        for (int f = 0; f < faces; f++) view.Charge[f] = state[(shape.Species * row) + f] + clocks[problem].Closure;
        view.TotalCurrent = GatheredState.TotalCurrent(Problems[problem], rows.Resistances(problem), clocks[problem].Time, view);
    }

    /// <summary>A problem in the form of the CPU's records.</summary>
    public EngineRecord Save(int problem)
    {
        Fetch();
        return ClockRecord.Of(Problems[problem], settings, shape, clocks[problem], StateOf(problem));
    }

    /// <summary>Puts a problem where a record found it.</summary>
    /// <exception cref="EngineRecordException">The record is not of this problem.</exception>
    public void Restore(int problem, EngineRecord record)
    {
        Release();
        IsGathered = false;
        ClockRecord.Put(record, Problems[problem], settings, shape, ref clocks[problem], StateOf(problem));
        hasSegments = false;
    }

    /// <summary>Fetches the states and frees the device's memory.</summary>
    public void Release()
    {
        Fetch();
        device?.Dispose();
        device = null;
        hasSegments = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        device?.Dispose();
        device = null;
    }

    private void LaunchOnce(int[] order, bool isFirst)
    {
        device ??= new(stream, shape, rows, clocks, launch.Workspace);
        // What never changes is uploaded once, for those that take no part, too.
        if (!hasSegments) device.Upload(Segments(isConstant ? All : order));
        hasSegments = true;
        if (isFirst || !isConstant) device.Upload(clocks);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        device.Upload(order);
        launch.Step(stream, device.Views(tables), budget);
        isStateFetched = IsGathered = false;
        device.Download(clocks);
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        budget = Math.Clamp((long)(budget * Math.Clamp(LaunchSeconds / Math.Max(seconds, 1e-6), 0.25, 4)), 16, 1L << 40);
        for (int i = 0; i < clocks.Length; i++)
        {
            if (clocks[i].Outcome != ClockOutcome.NeedsSegments) continue;
            clocks[i].Outcome = ClockOutcome.Running;
            hasSegments = false;
        }
    }

    // Segments of those that step; each begins with the first that holds at its time.
    private SegmentTable Segments(int[] order)
    {
        var table = new SegmentTable(clocks.Length);
        foreach (int i in order)
        {
            table.First[i] = table.Segments.Count;
            rows.Drives[i].Add(clocks[i].Time, clocks[i].Target, table.Segments, table.Drives);
            clocks[i].Segment = 0;
            clocks[i].Corner = table.Segments[table.First[i]].End;
        }
        device!.Upload(clocks);
        return table;
    }

    private Span<double> StateOf(int problem)
    {
        int length = (shape.Species + 1) * (shape.Cells + 2);
        return rows.State.AsSpan(problem * length, length);
    }

    private void Fetch()
    {
        if (isStateFetched) return;
        device!.DownloadState(rows);
        isStateFetched = true;
    }
}

/// <summary>The segments of some problems, one after the other.</summary>
/// <param name="problems">Number of problems.</param>
internal sealed class SegmentTable(int problems)
{
    public int[] First { get; } = new int[problems];

    public List<SegmentRecord> Segments { get; } = [];

    public List<DriveRecord> Drives { get; } = [];
}
