using System.Runtime.Intrinsics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// The CPU engine: SIMD across the cells of a problem, or across problems where those are small and alike, and threads over
/// packs. The bits do not depend on the lane, the packing, the threads or the company in a batch.
/// </summary>
public sealed class CpuEngine : IEngine
{
    /// <summary>Below this many cells, lanes are better filled across problems.</summary>
    private const int FewCells = 192;
    private readonly int threads;
    private readonly int lane;
    private readonly bool? acrossProblems;

    /// <summary>Chooses lane and threads.</summary>
    /// <param name="options">Options.</param>
    /// <exception cref="ArgumentException">No such lane.</exception>
    public CpuEngine(EngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        threads = options.ThreadCount;
        lane = options.Lane switch
        {
            "auto" => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 64,
            "512" => 512,
            "256" => 256,
            "scalar" => 64,
            _ => throw new ArgumentException($"no lane \"{options.Lane}\"; write auto, scalar, 256 or 512", nameof(options)),
        };
        acrossProblems = options.AcrossProblems;
    }

    /// <inheritdoc/>
    public string Description => $"CPU, {(lane == 64 ? "scalar" : $"{lane}-bit SIMD")}, {threads} thread{(threads == 1 ? "" : "s")}";

    /// <inheritdoc/>
    public int Width => lane / 64;

    /// <inheritdoc/>
    public string? WhyNot(DiscreteProblem problem, TimeSettings settings) => null;

    /// <inheritdoc/>
    public bool HasSteadyStates => true;

    /// <inheritdoc/>
    public IBatch Start(IReadOnlyList<DiscreteProblem> problems, TimeSettings settings) => lane switch
    {
        512 => Start<Lane8>(problems, settings),
        256 => Start<Lane4>(problems, settings),
        _ => Start<ScalarLane>(problems, settings),
    };

    /// <inheritdoc/>
    public ISteadyState Steady(DiscreteProblem problem) =>
        SteadyMethod.Settles(problem.Problem) ? new SettledState(problem) : new SteadyState(problem);

    /// <inheritdoc/>
    public ISteadyBatch SteadyBatch(IReadOnlyList<DiscreteProblem> problems) => new SteadyOneByOne(this, problems, threads);

    /// <summary>Holds nothing.</summary>
    public void Dispose()
    {
    }

    private CpuBatch Start<T>(IReadOnlyList<DiscreteProblem> problems, TimeSettings settings)
        where T : unmanaged, ILane<T>
    {
        ProblemControl[] controls = [.. problems.Select((problem, i) => new ProblemControl(i, problem))];
        var packs = new List<CpuPack>();
        foreach (var group in controls.GroupBy(control => PackShape.Of(control.Problem).Key))
        {
            ProblemControl[] alike = [.. group];
            if (Rosenbrock.Of(settings.Integrator) is { } method)
            {
                AddImplicit<T>(packs, alike, settings, method);
                continue;
            }
            bool across = T.Width > 1 && (acrossProblems ?? (alike[0].Problem.Cells < FewCells && alike.Length >= T.Width / 2));
            foreach (ProblemControl[] members in alike.Chunk(across ? T.Width : 1))
                packs.Add(across ? Pack<T, AcrossProblems<T>>(members, settings) : Pack<T, AcrossCells<T>>(members, settings));
        }
        return new(controls, packs, settings.Integrator, threads);
    }

    // A lone problem fills no lane: the scalar one is quicker then, with the same bits.
    private void AddImplicit<T>(List<CpuPack> packs, ProblemControl[] alike, TimeSettings settings, Rosenbrock method)
        where T : unmanaged, ILane<T>
    {
        bool across = T.Width > 1 && (acrossProblems ?? alike.Length > 1);
        foreach (ProblemControl[] members in alike.Chunk(across ? T.Width : 1))
        {
            packs.Add(across
                ? new RosenbrockPack<T>(members, settings, method)
                : new RosenbrockPack<ScalarLane>(members, settings, method));
        }
    }

    private static CpuPack Pack<T, TPacking>(ProblemControl[] members, TimeSettings settings)
        where T : unmanaged, ILane<T>
        where TPacking : struct, IPacking<T> => settings.Integrator switch
        {
            IntegratorKind.Euler => new EulerPack<T, TPacking>(members, settings),
            IntegratorKind.Rkc2 => new Rkc2Pack<T, TPacking>(members, settings),
            _ => throw new ArgumentException($"the engine is given a resolved integrator, not {settings.Integrator}", nameof(settings)),
        };
}

/// <summary>A batch in the CPU engine.</summary>
internal sealed class CpuBatch(ProblemControl[] controls, List<CpuPack> packs, IntegratorKind integrator, int threads) : IBatch
{
    public int Count => controls.Length;

    public void Advance(ReadOnlySpan<double> targets, Action<ProblemStatus>? afterStep, CancellationToken cancellation)
    {
        for (int i = 0; i < controls.Length; i++)
        {
            controls[i].Target = targets[i];
            if (controls[i].Outcome is Outcome.Done or Outcome.Interrupted) controls[i].Outcome = Outcome.Running;
        }
        if (threads == 1 || packs.Count == 1) packs.ForEach(pack => pack.Advance(afterStep, cancellation));
        else Parallel.ForEach(packs, new ParallelOptions { MaxDegreeOfParallelism = threads }, pack => pack.Advance(afterStep, cancellation));
        foreach (ProblemControl control in controls)
            if (control.IsRunning && control.Time >= control.Target) control.Outcome = Outcome.Done;
    }

    public ProblemStatus Status(int problem) => controls[problem].Status;

    public void Read(int problem, StateView state)
    {
        CpuPack pack = PackOf(problem);
        // It works in the pack's arrays.
        lock (pack) pack.Read(controls[problem], state);
    }

    public void Save(int problem, EngineRecord record) => RecordExchange.Save(record, exchange => Exchange(problem, exchange));

    public void Restore(int problem, EngineRecord record) => RecordExchange.Restore(record, exchange => Exchange(problem, exchange));

    public void Dispose() => packs.ForEach(pack => pack.Dispose());

    private CpuPack PackOf(int problem) => packs.First(pack => pack.Controls.Contains(controls[problem]));

    private void Exchange(int problem, RecordExchange exchange)
    {
        exchange.Identify(controls[problem].Problem, integrator);
        controls[problem].Exchange(exchange);
        PackOf(problem).Exchange(controls[problem], exchange);
    }
}
