using System.Collections.Concurrent;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>Stands in for a GPU: computes on the CPU, wants many problems at once, cannot do everything, and may fail on the way.</summary>
internal sealed class DeviceStandIn : IEngine
{
    private readonly CpuEngine inner = new(new(1));
    private int advances;

    public string Description => "stand-in device";

    public int Width { get; init; } = 1000;

    public bool HasSteadyStates { get; init; }

    public int SteadyWidth { get; init; } = 1000;

    /// <summary>It finds steady states in batches.</summary>
    public bool FindsTogether { get; init; }

    /// <summary>Why it does not find a problem's steady state.</summary>
    public Func<DiscreteProblem, string?> LacksSteady { get; init; } = _ => null;

    /// <summary>Where its search ends nowhere.</summary>
    public Func<DiscreteProblem, bool> Stuck { get; init; } = _ => false;

    /// <summary>What the CPU has to find for it.</summary>
    public Func<DiscreteProblem, bool> ByHost { get; init; } = _ => false;

    /// <summary>What it finds is none: reading it throws what reading from a device does.</summary>
    public Func<DiscreteProblem, bool> Absurd { get; init; } = _ => false;

    /// <summary>Sizes of the batches of steady states.</summary>
    public ConcurrentQueue<int> SteadyBatches { get; } = new();

    /// <summary>What it cannot do, and why.</summary>
    public Func<DiscreteProblem, TimeSettings, string?> Lacks { get; init; } = (_, _) => null;

    /// <summary>The device is lost at this call of Advance or Solve, counted from 1; 0: never.</summary>
    public int LostAt { get; init; }

    /// <summary>Batches with such a problem end in an error that is not the device's.</summary>
    public Func<DiscreteProblem, bool> Poison { get; init; } = _ => false;

    /// <summary>Calls of Advance and Solve.</summary>
    public int Advances => advances;

    /// <summary>Called before each step of a batch.</summary>
    public Action? BeforeAdvance { get; init; }

    /// <summary>Sizes of the batches.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    /// <summary>Threads that made batches and advanced them.</summary>
    public ConcurrentDictionary<int, int> Drivers { get; } = new();

    /// <summary>Batches that nobody has given back.</summary>
    public int Open => open;

    private int open;

    public string? WhyNot(DiscreteProblem problem, TimeSettings settings) => Lacks(problem, settings);

    public IBatch Start(IReadOnlyList<DiscreteProblem> problems, TimeSettings settings)
    {
        Note();
        Batches.Enqueue(problems.Count);
        _ = Interlocked.Increment(ref open);
        return new Batch(this, inner.Start(problems, settings), problems.Any(Poison));
    }

    public ISteadyState Steady(DiscreteProblem problem) => inner.Steady(problem);

    public string? WhyNoSteadyBatch(DiscreteProblem problem) => FindsTogether ? LacksSteady(problem) : "it finds no steady states";

    public ISteadyBatch SteadyBatch(IReadOnlyList<DiscreteProblem> problems)
    {
        Note();
        SteadyBatches.Enqueue(problems.Count);
        _ = Interlocked.Increment(ref open);
        return new StandInSteadyBatch(this, inner.SteadyBatch(problems), problems);
    }

    public void Dispose()
    {
    }

    /// <summary>A call on the thread that drives.</summary>
    public void Note() => _ = Drivers.AddOrUpdate(Environment.CurrentManagedThreadId, 1, (_, calls) => calls + 1);

    /// <summary>Computes, or fails to.</summary>
    public void Compute(bool isPoisoned)
    {
        Note();
        BeforeAdvance?.Invoke();
        if (isPoisoned) throw new InvalidOperationException("poisoned");
        if (Interlocked.Increment(ref advances) >= LostAt && LostAt > 0) throw new DeviceException("the device is lost");
    }

    /// <summary>A batch is over.</summary>
    public void GiveBack() => _ = Interlocked.Decrement(ref open);

    // As a device's: its own thread drives it, and others read what was gathered.
    private sealed class Batch(DeviceStandIn device, IBatch inner, bool isPoisoned) : IBatch
    {
        private readonly int driver = Environment.CurrentManagedThreadId;
        private bool isGathered;

        public int Count => inner.Count;

        public void Advance(ReadOnlySpan<double> targets, Action<ProblemStatus>? afterStep, CancellationToken cancellation)
        {
            Assert.Equal(driver, Environment.CurrentManagedThreadId);
            isGathered = false;
            device.Compute(isPoisoned);
            inner.Advance(targets, afterStep, cancellation);
        }

        public void Gather()
        {
            Assert.Equal(driver, Environment.CurrentManagedThreadId);
            isGathered = true;
        }

        public ProblemStatus Status(int problem) => inner.Status(problem);

        public void Read(int problem, StateView state)
        {
            Assert.True(isGathered || driver == Environment.CurrentManagedThreadId, "read by another thread and not gathered");
            inner.Read(problem, state);
        }

        public void Save(int problem, EngineRecord record) => inner.Save(problem, record);

        public void Restore(int problem, EngineRecord record) => inner.Restore(problem, record);

        public void Dispose()
        {
            device.GiveBack();
            inner.Dispose();
        }
    }
}
