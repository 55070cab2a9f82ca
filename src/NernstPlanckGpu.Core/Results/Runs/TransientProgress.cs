using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Theory;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>One run in time on its way through its output times: what it observed, and where its outputs go.</summary>
internal sealed class TransientProgress
{
    private readonly RunContext ready;
    private readonly TimeSettings time;
    private readonly InitialSteadyState.Resolved initial;
    private readonly IRunSink sink;
    private readonly StateView state;
    private readonly CertificateBuilder certificate;
    private readonly TraceRecorder traces;
    private readonly Snapshot snapshot;
    private readonly StateView beyond;
    private int nextTrace, nextSnapshot, probes;
    private double previousStep;
    private double? probe;
    private ProblemStatus status, later;

    /// <summary>At the start.</summary>
    /// <param name="initial">Initial state, found.</param>
    /// <param name="time">Settings, their integrator resolved.</param>
    /// <param name="sink">Receiver of the outputs.</param>
    public TransientProgress(InitialSteadyState.Resolved initial, TimeSettings time, IRunSink sink)
    {
        (this.initial, this.time, this.sink) = (initial, time, sink);
        ready = initial.Context!;
        (state, beyond) = (new(ready.Discrete), new(ready.Discrete));
        certificate = new(ready.Discrete, ready.Field);
        traces = new(ready.Configuration, ready.Discrete, ready.Field);
        snapshot = ready.Field.NewSnapshot();
    }

    /// <summary>What the engine integrates.</summary>
    public Discretisation.DiscreteProblem Discrete => ready.Discrete;

    /// <summary>Next output time, s; behind the end those at which the total current is probed; null when nothing is left to do.</summary>
    public double? Target => nextTrace < OutputTimes.TraceTimes.Count ? OutputTimes.TraceTimes[nextTrace] : probe;

    /// <summary>Every output is out; what is left is to probe the total current.</summary>
    public bool IsOver => nextTrace >= OutputTimes.TraceTimes.Count;

    private OutputSettings OutputTimes => ready.Configuration.Output;

    /// <summary>Takes the state in which the engine was left after it was sent to <see cref="Target"/>: <see cref="Read"/>, then <see cref="Observe()"/>.</summary>
    /// <param name="batch">Engine's batch.</param>
    /// <param name="problem">Index of this run in it.</param>
    public void Observe(IBatch batch, int problem)
    {
        Read(batch, problem);
        Observe();
    }

    /// <summary>Copies status and state from the engine.</summary>
    /// <param name="batch">Engine's batch.</param>
    /// <param name="problem">Index of this run in it.</param>
    public void Read(IBatch batch, int problem)
    {
        // The state at the end is what the run came to.
        if (probe is not null)
        {
            later = batch.Status(problem);
            batch.Read(problem, beyond);
            return;
        }
        status = batch.Status(problem);
        batch.Read(problem, state);
    }

    /// <summary>Takes what was read last, without the engine.</summary>
    public void Observe()
    {
        if (probe is not null)
        {
            Probe();
            return;
        }
        if (!status.Outcome.IsComplete())
        {
            nextTrace = OutputTimes.TraceTimes.Count;
            return;
        }
        double target = OutputTimes.TraceTimes[nextTrace++];
        certificate.Observe(state, status.Time);
        if (nextTrace == 1) certificate.ObserveFluxes(state);
        certificate.Course!.Observe(state, status.Time, status.AcceptedSteps);
        sink.Trace(traces.Sample(state, status.Time));
        // The state of an end before its time is shown as well.
        bool isEnd = status.Outcome != Outcome.Done;
        if (isEnd || (nextSnapshot < OutputTimes.SnapshotTimes.Count && OutputTimes.SnapshotTimes[nextSnapshot] == target))
        {
            nextSnapshot++;
            ready.Field.Fill(snapshot, state, status.Time);
            sink.Snapshot(snapshot);
        }
        if (isEnd) nextTrace = OutputTimes.TraceTimes.Count;
        else if (IsOver) BeginProbe();
        else previousStep = status.StepSize;
    }

    // The last step may have been cut short to land on the end. Behind a corner of a waveform much goes faster than before it.
    private void BeginProbe()
    {
        double before = OutputTimes.TraceTimes.Count > 1 ? OutputTimes.TraceTimes[^2] : 0;
        bool isBent = PrescribedWaveforms.Of(ready.Discrete.Problem).Any(waveform => waveform.NextCorner(before) <= status.Time);
        double fraction = Certificates.ProbedCurrent.StepFraction * (isBent ? Certificates.ProbedCurrent.StepFraction : 1);
        double spacing = fraction * Math.Max(previousStep, status.StepSize);
        // An explicit step of many stages is long beside the fastest modes, which a fixed one leaves unsettled.
        if (status.SpectralBound > 0)
            spacing = Math.Min(spacing, Math.Max(Certificates.ProbedCurrent.ModeFraction / status.SpectralBound, Certificates.ProbedCurrent.LeastOfTime * status.Time));
        if (!(spacing > 0) || !(status.Time + spacing > status.Time)) return;
        certificate.Course!.Current.Begin(spacing);
        probes = 1;
        probe = status.Time + spacing;
    }

    private void Probe()
    {
        Certificates.ProbedCurrent current = certificate.Course!.Current;
        probe = null;
        // What was broken off may be asked for again, all of it: its certificate would lack the current.
        if (later.Outcome == Outcome.Interrupted) status = status with { Outcome = Outcome.Interrupted };
        // A failure behind the end is none of the run's; then the current is not known.
        if (later.Outcome != Outcome.Done) return;
        current.Take(beyond);
        if (!current.IsComplete) probe = status.Time + ++probes * current.Spacing;
    }

    /// <summary>Hash of what is integrated, for checkpoints.</summary>
    public string Hash() => ProblemHash.Of(ready, time);

    /// <summary>Snapshots that the sink has been given.</summary>
    public int Snapshots => nextSnapshot;

    /// <summary>Trace samples that the sink has been given.</summary>
    public int Samples => nextTrace;

    /// <summary>Writes down what was observed so far; not once the run is over.</summary>
    /// <param name="record">Receiver.</param>
    public void Save(EngineRecord record)
    {
        record.Add("outputs/samples", "1", nextTrace);
        record.Add("outputs/snapshots", "1", nextSnapshot);
        record.Add("outputs/previousStep", "s", previousStep);
        certificate.Save(record);
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote down for the same run.</summary>
    /// <param name="record">Record.</param>
    /// <exception cref="EngineRecordException">It is of another run.</exception>
    public void Restore(EngineRecord record)
    {
        nextTrace = (int)record.Get("outputs/samples", "1");
        nextSnapshot = (int)record.Get("outputs/snapshots", "1");
        previousStep = record.Get("outputs/previousStep", "s");
        certificate.Restore(record);
    }

    /// <summary>How the run ended, by what is read now; the sink is told.</summary>
    /// <param name="batch">Engine's batch.</param>
    /// <param name="problem">Index of this run in it.</param>
    /// <param name="wallTime">Wall time that it took, s.</param>
    public RunSummary Complete(IBatch batch, int problem, double wallTime)
    {
        if (probes == 0) Read(batch, problem);
        return Complete(wallTime);
    }

    /// <summary>The same by what was read last, without the engine.</summary>
    /// <param name="wallTime">Wall time that it took, s.</param>
    public RunSummary Complete(double wallTime)
    {
        certificate.Observe(state, status.Time);
        certificate.ObserveFluxes(state);
        RunMeasurement measurement = ready.Measure(state, status.Time, IsRestComparable() ? initial.Voltage : null);
        var summary = new RunSummary
        {
            Outcome = status.Outcome,
            Time = status.Time,
            AcceptedSteps = status.AcceptedSteps,
            RejectedSteps = status.RejectedSteps,
            Evaluations = status.Evaluations,
            WallTime = wallTime,
            Certificate = [.. certificate.Build(status, time), .. ready.GridEntries(isOver: status.Outcome == Outcome.Done)],
            Theory = TheoryComparison.Of(ready.Configuration.Problem, measurement),
            MembranePotential = measurement.MembranePotential!.Value,
            CurrentDensity = TraceRecorder.CurrentDensity(ready.Field, state),
            Results = [.. initial.Results(), .. ready.GridResults()],
            Membrane = MembraneSummaryBuilder.Of(ready.Discrete, ready.Field, state, status.Time, certificate.Budget?.Latest),
            Detail = status.Detail,
        };
        sink.Complete(summary);
        return summary;
    }

    // Theory speaks of what the ends hold at the end of the run: the rest before it is another where they have changed, and a run that is an
    // open circuit itself has its own potential at its end.
    private bool IsRestComparable()
    {
        PnpProblem problem = ready.Configuration.Problem;
        return initial.IsOpenCircuit && !SteadyOutput.IsOpenCircuit(problem)
            && !problem.Left.Ions.Concat(problem.Right.Ions).Any(ion => ion is ReservoirBoundary);
    }
}
