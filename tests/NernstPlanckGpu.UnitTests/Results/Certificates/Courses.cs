using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.UnitTests.Configuration;

namespace NernstPlanckGpu.UnitTests.Results.Certificates;

/// <summary>States of real runs in time, for tests to disturb.</summary>
internal static class Courses
{
    /// <summary>A state that was put out.</summary>
    /// <param name="Time">s.</param>
    /// <param name="Status">How the engine stood.</param>
    /// <param name="State">State, its own copy.</param>
    public sealed record Output(double Time, ProblemStatus Status, StateView State);

    /// <summary>A configuration of the repository.</summary>
    public static RunConfiguration Read(string name, params string[] overrides)
    {
        ConfigurationResult result = ConfigurationReader.Read(Path.Combine(Repository.Root, "configs", name + ".json"), overrides);
        return result.Configuration ?? throw new ArgumentException(string.Join("; ", result.Errors), nameof(name));
    }

    /// <summary>Its states at times.</summary>
    public static (DiscreteProblem Problem, List<Output> Outputs) Run(RunConfiguration configuration, IntegratorKind integrator, IEnumerable<double> times)
    {
        DiscreteProblem problem = Discretiser.Discretise(configuration.Problem);
        using var engine = new CpuEngine(new(1));
        using IBatch batch = engine.Start([problem], configuration.Time with { Integrator = integrator });
        var outputs = new List<Output>();
        foreach (double time in times)
        {
            batch.Advance([time], null, CancellationToken.None);
            var state = new StateView(problem);
            batch.Read(0, state);
            outputs.Add(new(time, batch.Status(0), state));
        }
        return (problem, outputs);
    }

    /// <summary>A copy with something else about it.</summary>
    public static StateView With(DiscreteProblem problem, StateView state, Action<StateView> change)
    {
        var copy = new StateView(problem);
        state.CopyTo(copy);
        change(copy);
        return copy;
    }

    /// <summary>The certificate of states.</summary>
    public static IReadOnlyDictionary<string, CertificateEntry> Certify(
        DiscreteProblem problem, IEnumerable<Output> outputs, IntegratorKind integrator = IntegratorKind.Rodas4)
    {
        var builder = new CertificateBuilder(problem, new FieldReconstruction(problem));
        foreach (Output output in outputs)
        {
            builder.Observe(output.State, output.Time);
            builder.ObserveFluxes(output.State);
            builder.Course!.Observe(output.State, output.Time, output.Status.AcceptedSteps);
        }
        return builder.Build(default, new TimeSettings { End = 1, Integrator = integrator }).ToDictionary(entry => entry.Name);
    }
}
