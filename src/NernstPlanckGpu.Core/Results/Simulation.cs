using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Core.Results.Runs;

namespace NernstPlanckGpu.Core.Results;

/// <summary>A run from configuration to sink, in any mode: discretises, computes, certifies.</summary>
public sealed class Simulation
{
    private readonly IRunPlan plan;

    /// <summary>Discretises the problem, refining the grid where that is asked for, and prepares the mode; the run itself is still to come.</summary>
    /// <param name="configuration">Validated run, its initial state resolved (no <see cref="FileInitialState"/>).</param>
    /// <param name="options">Engine options.</param>
    public Simulation(RunConfiguration configuration, EngineOptions? options = null)
        : this(configuration, new CpuEngine(options ?? new()))
    {
    }

    /// <summary>The same on an engine that is there already, and on a grid that is known where one is given.</summary>
    /// <param name="configuration">Validated run, its initial state resolved.</param>
    /// <param name="engine">Engine; the caller's, who keeps it until the run is over.</param>
    /// <param name="grid">Grid; null: that of the configuration.</param>
    /// <param name="certifyGrid">At the end solve again with every cell halved, and certify the difference.</param>
    /// <exception cref="EngineRefusalException">The engine cannot compute such a run.</exception>
    public Simulation(RunConfiguration configuration, IEngine engine, Grid? grid = null, bool certifyGrid = false)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(engine);
        Configuration = configuration;
        (Discrete, GridEstimate? estimate) = grid is null
            ? GridRefinement.Discretise(configuration, RunContext.HostOf(engine)) : (Discretiser.Discretise(configuration.Problem, grid), null);
        var context = new RunContext(configuration, engine, Discrete, estimate) { CertifiesGrid = certifyGrid };
        plan = configuration.Mode switch
        {
            RunMode.Steady => new SteadyRun(context),
            RunMode.CurrentVoltage => new CurrentVoltageRun(context),
            RunMode.Impedance => new ImpedanceRun(context),
            _ => new TransientRun(context),
        };
    }

    /// <summary>The run.</summary>
    internal RunConfiguration Configuration { get; }

    /// <summary>The finite volumes.</summary>
    public DiscreteProblem Discrete { get; }

    /// <summary>Axes and names.</summary>
    public RunLayout Layout => plan.Layout;

    /// <summary>The run in time, which may share a batch with others; null in other modes.</summary>
    internal TransientRun? Transient => plan as TransientRun;

    /// <summary>The run about steady states that can share a batch with others; null in other modes.</summary>
    internal ISteadyPlan? Steady => plan is CurrentVoltageRun { IsSteady: false } ? null : plan as ISteadyPlan;

    /// <summary>Estimates the cost, by integrating for a few tenths of a second at most where there is time to integrate; on the CPU in any case.</summary>
    public RunEstimate Estimate() => plan.Estimate();

    /// <summary>Runs to the end, to failure or to cancellation; the sink gets every output and the summary in any case.</summary>
    /// <param name="sink">Receiver of the results.</param>
    /// <param name="progress">Called a few times per second, or null.</param>
    /// <param name="cancellation">Finishes the current step and stops with <see cref="Outcome.Interrupted"/>.</param>
    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        return plan.Run(sink, progress, cancellation);
    }

    /// <summary>The run can be saved on its way and go on later: one in time. In other modes there is nothing worth it.</summary>
    public bool CanCheckpoint => plan is TransientRun;

    /// <summary>Runs, and saves checkpoints by interval and when it is cancelled; see <see cref="CanCheckpoint"/>.</summary>
    /// <param name="sink">Receiver of the results.</param>
    /// <param name="checkpoints">When and where to save.</param>
    /// <param name="progress">Called a few times per second, or null.</param>
    /// <param name="cancellation">Finishes the current step, saves and stops with <see cref="Outcome.Interrupted"/>.</param>
    /// <exception cref="InvalidOperationException">The mode is not in time.</exception>
    public RunSummary Run(IRunSink sink, Checkpointing checkpoints, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(checkpoints);
        return InTime().Run(sink, progress, checkpoints, cancellation);
    }

    /// <summary>Goes on from a checkpoint of the same configuration, with the same bits on the CPU.</summary>
    /// <param name="from">Checkpoint.</param>
    /// <param name="open">
    /// Opens the receiver of the further results, once the checkpoint is known to fit; not called where the initial steady state is not found
    /// again, or its search is cancelled.
    /// </param>
    /// <param name="checkpoints">When and where to save again; null: never.</param>
    /// <param name="progress">Called a few times per second, or null.</param>
    /// <param name="cancellation">Finishes the current step, saves and stops with <see cref="Outcome.Interrupted"/>.</param>
    /// <exception cref="EngineRecordException">The checkpoint is not of this problem, or damaged.</exception>
    /// <exception cref="InvalidOperationException">The mode is not in time.</exception>
    public RunSummary GoOn(
        RunCheckpoint from, Func<IRunSink> open, Checkpointing? checkpoints = null, Action<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(open);
        return InTime().GoOn(from, open, progress, checkpoints, cancellation);
    }

    private TransientRun InTime() => Transient ?? throw new InvalidOperationException($"a run in the mode {Layout.Configuration.Mode.Name()} has no checkpoints");
}
