using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>The engine got nowhere: a row without a value.</summary>
public sealed class VerificationException : Exception
{
    /// <summary>Says why there is no value.</summary>
    /// <param name="message">What the engine said.</param>
    public VerificationException(string message)
        : base(message)
    {
    }
}

/// <summary>The engine as checks use it: a problem in, its state out, or a <see cref="VerificationException"/>.</summary>
public sealed class VerificationBench
{
    private readonly CancellationToken cancellation;

    /// <summary>Puts an engine on the bench.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="cancellation">Ends what runs.</param>
    public VerificationBench(IEngine engine, CancellationToken cancellation = default) => (Engine, this.cancellation) = (engine, cancellation);

    /// <summary>The engine.</summary>
    public IEngine Engine { get; }

    /// <summary>Integrates to an end.</summary>
    internal EngineState Transient(PnpProblem problem, TimeSettings settings) => Transient(problem, settings, [settings.End])[0];

    /// <summary>Integrates and reads the state at each of the times.</summary>
    internal IReadOnlyList<EngineState> Transient(PnpProblem problem, TimeSettings settings, params IReadOnlyList<double> times)
    {
        DiscreteProblem discrete = Discretiser.Discretise(problem);
        using IBatch batch = Start(Engine, [discrete], settings);
        return [.. times.Select(time => At(time))];

        EngineState At(double time)
        {
            batch.Advance([time], null, cancellation);
            return Read(batch, 0, discrete);
        }
    }

    /// <summary>Integrates a batch to one end on any engine, for comparing engines.</summary>
    internal IReadOnlyList<EngineState> Batch(IEngine engine, IReadOnlyList<PnpProblem> problems, TimeSettings settings)
    {
        DiscreteProblem[] discrete = [.. problems.Select(Discretiser.Discretise)];
        using IBatch batch = Start(engine, discrete, settings);
        batch.Advance([.. discrete.Select(_ => settings.End)], null, cancellation);
        return [.. discrete.Select((problem, i) => Read(batch, i, problem))];
    }

    /// <summary>The steady state.</summary>
    internal EngineState Steady(PnpProblem problem) => Steady(problem, (_, state) => state);

    /// <summary>What can be read off a steady state: a slope, an admittance.</summary>
    internal T Steady<T>(PnpProblem problem, Func<ISteadyState, EngineState, T> read)
    {
        if (!Engine.HasSteadyStates) throw EngineRefusalException.Of(Engine, "it finds no steady states");
        DiscreteProblem discrete = Discretiser.Discretise(problem);
        using ISteadyState steady = Engine.Steady(discrete);
        SteadyResult result = steady.Solve(cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (!result.IsFound) throw new VerificationException(result.Detail ?? result.Outcome.Describe());
        var view = new StateView(discrete);
        steady.Read(view);
        return read(steady, new EngineState(discrete, view));
    }

    private static IBatch Start(IEngine engine, IReadOnlyList<DiscreteProblem> problems, TimeSettings settings)
    {
        string? why = problems.Select(problem => engine.WhyNot(problem, settings)).FirstOrDefault(reason => reason is not null);
        return why is null ? engine.Start(problems, settings) : throw EngineRefusalException.Of(engine, why);
    }

    private EngineState Read(IBatch batch, int index, DiscreteProblem problem)
    {
        cancellation.ThrowIfCancellationRequested();
        ProblemStatus status = batch.Status(index);
        if (status.Outcome != Outcome.Done) throw new VerificationException(status.Detail ?? status.Outcome.Describe());
        var view = new StateView(problem);
        batch.Read(index, view);
        return new EngineState(problem, view);
    }
}
