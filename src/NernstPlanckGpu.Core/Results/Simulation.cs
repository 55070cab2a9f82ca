using System.Diagnostics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;

namespace NernstPlanckGpu.Core.Results;

/// <summary>A run from configuration to sink: discretises, integrates to each output time, certifies.</summary>
public sealed class Simulation
{
    private readonly RunConfiguration configuration;
    private readonly TimeSettings time;
    private readonly CpuEngine engine;
    private readonly FieldReconstruction field;
    private readonly TraceRecorder traces;

    /// <summary>Discretises the problem and prepares the engine; nothing is integrated yet.</summary>
    /// <param name="configuration">Validated run, its initial state resolved (no <see cref="FileInitialState"/>).</param>
    /// <param name="options">Engine options.</param>
    public Simulation(RunConfiguration configuration, EngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        this.configuration = configuration;
        engine = new(options ?? new());
        Discrete = Discretiser.Discretise(configuration.Problem);
        field = new(Discrete);
        traces = new(configuration, Discrete, field);
        bool auto = configuration.Time.Integrator == IntegratorKind.Auto;
        time = configuration.Time with { Integrator = auto ? IntegratorKind.Rkc2 : configuration.Time.Integrator };
        string name = time.Integrator == IntegratorKind.Euler ? "euler" : "rkc2";
        Layout = new()
        {
            Configuration = configuration,
            X = Discrete.Centres(),
            XFace = Discrete.Grid.Faces,
            RegionOfCell = Discrete.Grid.RegionOfCell,
            FaceArea = Discrete.FaceAreas(),
            CellVolume = Discrete.Volumes(),
            Traces = traces.Columns,
            Engine = engine.Description,
            TheoryColumns = [.. TheoryComparison.Of(configuration.Problem).Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning))],
            CertificateColumns =
            [
                .. new CertificateBuilder(Discrete, field).Build(default, time).Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning)),
            ],
            Integrator = auto ? $"{name} (auto: the adaptive explicit integrator; this version has no implicit one)" : name,
        };
    }

    /// <summary>The finite volumes.</summary>
    public DiscreteProblem Discrete { get; }

    /// <summary>Axes and names.</summary>
    public RunLayout Layout { get; }

    /// <summary>Estimates the cost by integrating for a few tenths of a second at most, and extrapolating.</summary>
    public RunEstimate Estimate()
    {
        using IBatch batch = engine.Start([Discrete], time);
        (double steps, double evaluations, double wallTime) = new CostProbe(batch, configuration, time.Integrator).Run();
        ProblemStatus status = batch.Status(0);
        double[] sizes = [.. Discrete.Grid.Faces.Zip(Discrete.Grid.Faces.Skip(1), (a, b) => b - a)];
        return new()
        {
            Cells = Discrete.Cells,
            CellSize = (sizes.Min(), sizes.Max()),
            DebyeLength = [.. configuration.Problem.Regions.Select(region => DebyeLength.OfRegion(configuration.Problem, region))],
            EulerStep = 2 / status.SpectralBound,
            Integrator = Layout.Integrator,
            Steps = steps,
            Evaluations = evaluations,
            WallTime = wallTime,
        };
    }

    /// <summary>Runs to the end, to failure or to cancellation; the sink gets every output and the summary in any case.</summary>
    /// <param name="sink">Receiver of the results.</param>
    /// <param name="progress">Called about ten times per second, or null.</param>
    /// <param name="cancellation">Finishes the current step and stops with <see cref="Outcome.Interrupted"/>.</param>
    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var watch = Stopwatch.StartNew();
        using IBatch batch = engine.Start([Discrete], time);
        var state = new StateView(Discrete);
        var certificate = new CertificateBuilder(Discrete, field);
        Snapshot snapshot = field.NewSnapshot();
        double nextReport = 0;
        void AfterStep(ProblemStatus status)
        {
            double elapsed = watch.Elapsed.TotalSeconds;
            if (elapsed < nextReport) return;
            nextReport = elapsed + 0.1;
            progress!(new(status.Time, time.End, status.AcceptedSteps, status.StepSize, elapsed));
        }

        int nextSnapshot = 0;
        var snapshotTimes = configuration.Output.SnapshotTimes;
        foreach (double target in configuration.Output.TraceTimes)
        {
            batch.Advance([target], progress is null ? null : AfterStep, cancellation);
            if (batch.Status(0).Outcome != Outcome.Done) break;
            batch.Read(0, state);
            certificate.Observe(state, target);
            sink.Trace(traces.Sample(state, target));
            if (nextSnapshot >= snapshotTimes.Count || snapshotTimes[nextSnapshot] != target) continue;
            nextSnapshot++;
            field.Fill(snapshot, state, target);
            sink.Snapshot(snapshot);
        }
        RunSummary summary = Summarise(batch, state, certificate, watch.Elapsed.TotalSeconds);
        sink.Complete(summary);
        return summary;
    }

    private RunSummary Summarise(IBatch batch, StateView state, CertificateBuilder certificate, double wallTime)
    {
        ProblemStatus status = batch.Status(0);
        batch.Read(0, state);
        certificate.Observe(state, status.Time);
        double potential = TraceRecorder.MembranePotential(field, state, status.Time);
        return new()
        {
            Outcome = status.Outcome,
            Time = status.Time,
            AcceptedSteps = status.AcceptedSteps,
            RejectedSteps = status.RejectedSteps,
            Evaluations = status.Evaluations,
            WallTime = wallTime,
            Certificate = certificate.Build(status, time),
            Theory = TheoryComparison.Of(configuration.Problem, new RunMeasurement
            {
                Time = status.Time,
                MembranePotential = potential,
                IonicCurrentDensity = [.. Enumerable.Range(0, Discrete.Species).Select(s => field.IonicCurrent(state, s))],
                LeftCharge = field.LeftCharge(state),
                ReferenceArea = field.ReferenceArea,
            }),
            MembranePotential = potential,
            CurrentDensity = TraceRecorder.CurrentDensity(field, state),
        };
    }
}
