using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Certificates;
using Xunit;
using static NernstPlanckGpu.UnitTests.Results.Certificates.Courses;

namespace NernstPlanckGpu.UnitTests.Results.Certificates;

/// <summary>The total current by states a little apart, and the charge that it brings; of runs, and of states that were tampered with.</summary>
public class CourseTests
{
    private static (double Spread, double Limit) Probe(DiscreteProblem problem, IEnumerable<StateView> states, double spacing)
    {
        var current = new ProbedCurrent(problem, new IntegralForm(problem), new FieldReconstruction(problem).ReferenceArea);
        current.Begin(spacing);
        foreach (StateView state in states) current.Take(state);
        Assert.True(current.IsComplete);
        return current.Result();
    }

    // In the middle of the relaxation, where nine tenths of the current are displacement.
    private static (DiscreteProblem Problem, StateView[] States, double Spacing) Relaxing(IntegratorKind integrator)
    {
        const double time = 1e-9, spacing = 2e-13;
        string[] step = integrator == IntegratorKind.Euler ? ["/time/step=5e-14 s"] : [];
        (DiscreteProblem problem, List<Output> outputs) = Run(
            Read("bench/memb", step), integrator, [time, time + spacing, time + 2 * spacing]);
        return (problem, [.. outputs.Select(output => output.State)], spacing);
    }

    [Theory]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    [InlineData(IntegratorKind.Euler)]
    public void The_total_current_is_the_same_on_every_face(IntegratorKind integrator)
    {
        (DiscreteProblem problem, StateView[] states, double spacing) = Relaxing(integrator);
        (double spread, double limit) = Probe(problem, states, spacing);
        Assert.InRange(spread, 0, 0.5 * limit);
    }

    [Fact]
    public void Tampering_with_flux_displacement_or_the_current_told_violates()
    {
        (DiscreteProblem problem, StateView[] states, double spacing) = Relaxing(IntegratorKind.Rkc2);
        int face = problem.ReferenceFace / 2;
        Action<StateView>[] faults =
        [
            state => state.Flux[0][face] *= 1.2,
            state => states[0].Charge.CopyTo(state.Charge, 0), // a field that stands still
            state => state.TotalCurrent *= 1.01,
            state => Array.Copy(states[0].Charge, 0, state.Charge, 0, face),
        ];
        foreach (Action<StateView> fault in faults)
        {
            (double spread, double limit) = Probe(problem, states.Select(state => With(problem, state, fault)), spacing);
            Assert.True(spread > limit, $"fault {Array.IndexOf(faults, fault)}: {spread} A/m2 of {limit}");
        }
    }

    [Fact]
    public void A_run_probes_its_current_behind_its_end_and_tells_nothing_of_it()
    {
        RunConfiguration configuration = Read("bench/memb", "/time/end=5 ns");
        var sink = new Outputs();
        RunSummary summary = new Simulation(configuration, new EngineOptions(1)).Run(sink);
        CertificateEntry entry = summary.Certificate.Single(one => one.Name == "currentUniformity");
        Assert.InRange(entry.Value, 1e-12, 0.2 * entry.Limit);
        Assert.Equal(5e-9, summary.Time);
        Assert.Equal(5e-9, sink.Last);
        Assert.Equal(configuration.Output.TraceTimes.Count, sink.Traces);
    }

    [Fact]
    public void What_was_measured_goes_on_from_a_record()
    {
        (DiscreteProblem problem, List<Output> outputs) = Run(
            Read("blocking-electrodes"), IntegratorKind.Rodas4, Enumerable.Range(0, 60).Select(i => i * 5e-8));
        var whole = new Course(problem, new IntegralForm(problem), 1);
        foreach (Output output in outputs) whole.Observe(output.State, output.Time, output.Status.AcceptedSteps);
        Course part = new(problem, new IntegralForm(problem), 1), rest = new(problem, new IntegralForm(problem), 1);
        foreach (Output output in outputs.Take(31)) part.Observe(output.State, output.Time, output.Status.AcceptedSteps);
        var record = new EngineRecord();
        part.Save(record);
        rest.Restore(record);
        foreach (Output output in outputs.Skip(31)) rest.Observe(output.State, output.Time, output.Status.AcceptedSteps);
        Assert.Equal(whole.Entries(), rest.Entries());
    }

    private sealed class Outputs : IRunSink
    {
        public int Traces { get; private set; }

        public double Last { get; private set; }

        public void Snapshot(Snapshot snapshot) => Last = snapshot.Time;

        public void Trace(in TraceSample sample) => Traces++;

        public void Complete(RunSummary summary)
        {
        }
    }
}
