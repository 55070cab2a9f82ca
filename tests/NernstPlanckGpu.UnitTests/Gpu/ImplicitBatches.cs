#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.OpenCL;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Gpu.Implicit;
using Xunit;

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>A device for tests of implicit batches: OpenCL where there is one, which is quick, or else the simulator.</summary>
/// <remarks>One for all tests, since a device compiles a kernel for every number of species once.</remarks>
public sealed class ImplicitDeviceFixture : IDisposable
{
    private readonly Context context;

    public ImplicitDeviceFixture()
    {
        context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2).OpenCL(device => device.Capabilities.Float64 && device.Capabilities.GenericAddressSpace).CPU());
        Device device = context.Devices.FirstOrDefault(one => one is CLDevice) ?? context.GetCPUDevice(0);
        IsQuick = device is CLDevice;
        Accelerator = device.CreateAccelerator(context);
    }

    /// <summary>Not the simulator, which does 1e4 cell-steps per second.</summary>
    public bool IsQuick { get; }

    public Accelerator Accelerator { get; }

    public void Dispose()
    {
        Accelerator.Dispose();
        context.Dispose();
    }
}

/// <summary>Tests of one device run after one another.</summary>
[CollectionDefinition("implicit device")]
public sealed class ImplicitDeviceTests : ICollectionFixture<ImplicitDeviceFixture>;

/// <summary>Runs the same problems on a device and on the scalar lane of the CPU, the judge.</summary>
internal static class ImplicitBatches
{
    public static DiscreteProblem[] Discretise(IEnumerable<PnpProblem> problems) => [.. problems.Select(Discretiser.Discretise)];

    /// <summary>Runs to each target in turn; compares there.</summary>
    public static void AssertAgree(Accelerator accelerator, DiscreteProblem[] problems, TimeSettings settings, double[] targets, double tolerance, string what)
    {
        Assert.All(problems, problem => Assert.Null(ImplicitBatch.WhyNot(problem, settings)));
        using var device = new ImplicitBatch(accelerator, problems, settings);
        using IBatch judge = new CpuEngine(new(1, "scalar")).Start(problems, settings);
        foreach (double target in targets)
        {
            double[] all = [.. problems.Select(_ => target)];
            device.Advance(all, null, default);
            judge.Advance(all, null, default);
            for (int i = 0; i < problems.Length; i++) AssertAgree(problems[i], device, judge, i, tolerance, $"{what}, problem {i} at {target:g3} s");
        }
    }

    /// <summary>Compares outcome, clock, steps, and concentrations in units of their value.</summary>
    public static void AssertAgree(DiscreteProblem problem, IBatch device, IBatch judge, int i, double tolerance, string where)
    {
        (ProblemStatus mine, ProblemStatus expected) = (device.Status(i), judge.Status(i));
        Assert.True(expected.Outcome == mine.Outcome && expected.Detail == mine.Detail, $"{where}: {mine} instead of {expected}");
        AssertCount(expected.AcceptedSteps, mine.AcceptedSteps, $"{where}: accepted");
        AssertCount(expected.RejectedSteps, mine.RejectedSteps, $"{where}: rejected");
        Assert.Equal(expected.Time, mine.Time, 1e-2 * expected.Time);
        if (!expected.Outcome.Equals(Core.Results.Outcome.Done)) return;
        Assert.True(expected.Time == mine.Time, where);
        StateView state = new(problem), right = new(problem);
        device.Read(i, state);
        judge.Read(i, right);
        for (int s = 0; s < problem.Species; s++)
        {
            for (int x = 0; x < problem.Cells + 2; x++)
            {
                double value = state.Concentration[s][x], truth = right.Concentration[s][x];
                Assert.True(Math.Abs(value - truth) <= tolerance * Math.Abs(truth), $"{where}: species {s}, cell {x}: {value:r} instead of {truth:r}");
            }
        }
    }

    private static void AssertCount(long expected, long actual, string where) =>
        Assert.True(Math.Abs(expected - actual) <= Math.Max(1, expected / 100), $"{where}: {actual} steps instead of {expected}");
}
#endif
