using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results;

/// <summary>How the CPU engine runs.</summary>
/// <param name="Threads">Threads over problems; 0: all processors.</param>
/// <param name="Lane">Lane: "auto", "scalar", "256" or "512".</param>
/// <param name="AcrossProblems">Lanes across problems (true) or across cells (false); null: whichever fits the sizes.</param>
public sealed record EngineOptions(int Threads = 0, string Lane = "auto", bool? AcrossProblems = null);

/// <summary>What a run will cost, before it starts.</summary>
public sealed record RunEstimate
{
    /// <summary>Cells.</summary>
    public required int Cells { get; init; }

    /// <summary>Smallest and largest cell, m.</summary>
    public required (double Smallest, double Largest) CellSize { get; init; }

    /// <summary>Debye length of each region, m (infinite where there are no ions).</summary>
    public required IReadOnlyList<double> DebyeLength { get; init; }

    /// <summary>Largest stable Euler step of the initial state, s.</summary>
    public required double EulerStep { get; init; }

    /// <summary>Integrator that will be taken, and why when the configuration said auto.</summary>
    public required string Integrator { get; init; }

    /// <summary>Expected number of steps.</summary>
    public required double Steps { get; init; }

    /// <summary>Expected evaluations of the right-hand side.</summary>
    public required double Evaluations { get; init; }

    /// <summary>Expected wall time, s, from a short timing on this machine.</summary>
    public required double WallTime { get; init; }
}

/// <summary>A run from configuration to sink: discretises, integrates to each output time, certifies.</summary>
public sealed class Simulation
{
    /// <summary>Discretises the problem and prepares the engine; nothing is integrated yet.</summary>
    /// <param name="configuration">Validated run, its initial state resolved (no <see cref="FileInitialState"/>).</param>
    /// <param name="options">Engine options.</param>
    public Simulation(RunConfiguration configuration, EngineOptions? options = null) => throw new NotSupportedException();

    /// <summary>Axes and names.</summary>
    public RunLayout Layout => throw new NotSupportedException();

    /// <summary>Estimates the cost; takes a few milliseconds.</summary>
    public RunEstimate Estimate() => throw new NotSupportedException();

    /// <summary>Runs to the end, to failure or to cancellation; the sink gets every output and the summary in any case.</summary>
    /// <param name="sink">Receiver of the results.</param>
    /// <param name="progress">Called about ten times per second, or null.</param>
    /// <param name="cancellation">Finishes the current step and stops with <see cref="Outcome.Interrupted"/>.</param>
    public RunSummary Run(IRunSink sink, Action<RunProgress>? progress = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();
}
