using System.Globalization;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
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
    /// <summary>What one run may take of an engine that only checks kernels, s.</summary>
    private const double Patience = 5;

    private readonly CancellationToken cancellation;
    private readonly Lazy<CpuEngine> rehearsal = new(() => new(new(1)));

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

    /// <summary>What can be read off a steady state: a potential, an admittance.</summary>
    internal T Steady<T>(PnpProblem problem, Func<SteadyReading, EngineState, T> read)
    {
        DiscreteProblem discrete = Discretiser.Discretise(problem);
        var view = new StateView(discrete);
        if (!Engine.HasSteadyStates)
        {
            using ISteadyBatch batch = FindTogether([discrete]);
            batch.Read(0, view);
            return read(new(batch.Voltage(0), null, Engine), new EngineState(discrete, view));
        }
        using ISteadyState steady = Engine.Steady(discrete);
        SteadyResult result = steady.Solve(cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (!result.IsFound) throw new VerificationException(result.Detail ?? result.Outcome.Describe());
        steady.Read(view);
        return read(new(steady.Voltage, steady.Admittance, Engine), new EngineState(discrete, view));
    }

    /// <summary>Steady states found together.</summary>
    internal IReadOnlyList<EngineState> SteadyStates(IReadOnlyList<PnpProblem> problems)
    {
        DiscreteProblem[] discrete = [.. problems.Select(Discretiser.Discretise)];
        using ISteadyBatch batch = FindTogether(discrete);
        return [.. discrete.Select((problem, i) =>
        {
            var view = new StateView(problem);
            batch.Read(i, view);
            return new EngineState(problem, view);
        })];
    }

    private ISteadyBatch FindTogether(DiscreteProblem[] problems)
    {
        if (problems.Select(Engine.WhyNoSteadyBatch).FirstOrDefault(reason => reason is not null) is { } why)
            throw EngineRefusalException.Of(Engine, why);
        ISteadyBatch batch = Engine.SteadyBatch(problems);
        try
        {
            batch.Solve(cancellation);
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < problems.Length; i++)
            {
                SteadyResult result = batch.Result(i);
                if (!result.IsFound) throw new VerificationException(result.Detail ?? result.Outcome.Describe());
                // A number of the CPU says nothing about the device.
                if (result.IsByHost) throw EngineRefusalException.Of(Engine, $"it did not find the steady state: {result.Route}");
            }
            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    private IBatch Start(IEngine engine, DiscreteProblem[] problems, TimeSettings settings)
    {
        string? why = problems.Select(problem => engine.WhyNot(problem, settings)).FirstOrDefault(reason => reason is not null);
        if (why is not null) throw EngineRefusalException.Of(engine, why);
        if (double.IsFinite(engine.CellEvaluationsPerSecond)) Rehearse(engine, problems, settings);
        return engine.Start(problems, settings);
    }

    // The CPU says in milliseconds how much there is to do.
    private void Rehearse(IEngine engine, DiscreteProblem[] problems, TimeSettings settings)
    {
        using IBatch batch = rehearsal.Value.Start(problems, settings);
        batch.Advance([.. problems.Select(_ => settings.End)], null, cancellation);
        double work = problems.Select((problem, i) => (double)problem.Cells * batch.Status(i).Evaluations).Sum();
        if (work <= Patience * engine.CellEvaluationsPerSecond) return;
        string text = string.Create(CultureInfo.InvariantCulture,
            $"{engine.Description} checks kernels: {work:g2} evaluations of a cell are too many at some {engine.CellEvaluationsPerSecond:g1} a second");
        throw new EngineRefusalException(text);
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
