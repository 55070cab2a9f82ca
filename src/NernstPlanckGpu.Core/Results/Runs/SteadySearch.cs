using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>Finds the states that a run asks for.</summary>
internal static class SteadySearch
{
    /// <summary>Brings a run to its end.</summary>
    /// <param name="course">Run.</param>
    /// <param name="engine">Engine.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="DeviceException">The engine's device failed.</exception>
    public static RunSummary Run(SteadyCourse course, IEngine engine, CancellationToken cancellation)
    {
        if (engine.HasSteadyStates) FindInTurn(course, engine, cancellation);
        else FindTogether(course, engine, cancellation);
        return course.Complete();
    }

    private static void FindInTurn(SteadyCourse course, IEngine engine, CancellationToken cancellation)
    {
        using ISteadyState steady = engine.Steady(course.Discrete);
        while (course.Wanted.Count > 0)
        {
            if (cancellation.IsCancellationRequested) course.Stop(Outcome.Interrupted, null);
            else course.Take(course.Wanted.First() is { } voltage ? steady.SolveAt(voltage, cancellation) : steady.Solve(cancellation), steady);
        }
    }

    private static void FindTogether(SteadyCourse course, IEngine engine, CancellationToken cancellation)
    {
        while (course.Wanted.Count > 0)
        {
            using var round = new SteadyRound(engine, [course.Problems()]);
            round.Solve(cancellation);
            round.Answer(0, course);
        }
    }
}

/// <summary>The states that one or more runs want next, found in one batch.</summary>
internal sealed class SteadyRound : IDisposable
{
    private readonly ISteadyBatch batch;
    private readonly int[] first;

    /// <summary>Hands problems to the engine.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="wanted">Problems of each run, as <see cref="SteadyCourse.Problems"/> has them.</param>
    /// <exception cref="DeviceException">The device failed.</exception>
    public SteadyRound(IEngine engine, IReadOnlyList<IReadOnlyList<DiscreteProblem>> wanted)
    {
        first = new int[wanted.Count + 1];
        for (int i = 0; i < wanted.Count; i++) first[i + 1] = first[i] + wanted[i].Count;
        batch = engine.SteadyBatch([.. wanted.SelectMany(problems => problems)]);
    }

    /// <summary>Finds them.</summary>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="DeviceException">The device failed.</exception>
    public void Solve(CancellationToken cancellation) => batch.Solve(cancellation);

    /// <summary>Gives a run what it wanted, until it wants no more; for each run on a thread of its own, if need be.</summary>
    /// <param name="index">Index of the run.</param>
    /// <param name="course">The run.</param>
    public void Answer(int index, SteadyCourse course)
    {
        for (int i = first[index]; i < first[index + 1] && course.Wanted.Count > 0; i++) course.Take(batch.Result(i), new Place(batch, i));
    }

    public void Dispose() => batch.Dispose();

    // One problem of a batch.
    private sealed class Place(ISteadyBatch batch, int problem) : ISteadySolution
    {
        public double Voltage => batch.Voltage(problem);

        public double ContinuityResidual { get; private set; } = double.NaN;

        public double Conductance() => batch.Conductance(problem);

        public void Read(StateView state) => ContinuityResidual = batch.Read(problem, state);
    }
}
