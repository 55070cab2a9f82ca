#if WITH_ILGPU
using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Kernels;

namespace NernstPlanckGpu.Gpu;

public sealed partial record PrecisionRates
{
    // Long against what a launch takes by itself, short for whoever waits for a list of devices.
    private const double LeastSeconds = 0.005;
    private const int FirstTurns = 256, MostTurns = 1 << 18, Repetitions = 3;

    /// <summary>Measures a device; some hundredths of a second, and its compiler's time.</summary>
    /// <param name="context">ILGPU's context of the device.</param>
    /// <param name="device">The device.</param>
    public static PrecisionRates Measure(Context context, Device device)
    {
        using Accelerator accelerator = device.CreateAccelerator(context);
        int threads = Math.Max(1, accelerator.NumMultiprocessors) * Math.Clamp(accelerator.MaxNumThreadsPerMultiprocessor, 1, 4096);
        using MemoryBuffer1D<double, Stride1D.Dense> results = accelerator.Allocate1D<double>(threads);
        return new(Rate<DeviceLane>(accelerator, results), Rate<SingleLane>(accelerator, results));
    }

    private static double Rate<T>(Accelerator accelerator, MemoryBuffer1D<double, Stride1D.Dense> results)
        where T : unmanaged, ILane<T>, IScalar
    {
        Action<Index1D, ArrayView<double>, int> kernel = accelerator.LoadAutoGroupedStreamKernel<Index1D, ArrayView<double>, int>(RateKernel.Run<T>);
        double Seconds(int turns)
        {
            long start = Stopwatch.GetTimestamp();
            kernel((int)results.Length, results.View, turns);
            accelerator.Synchronize();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        _ = Seconds(FirstTurns);
        int turns = FirstTurns;
        while (Seconds(turns) < LeastSeconds && turns < MostTurns) turns *= 2;
        double best = Enumerable.Range(0, Repetitions).Min(_ => Seconds(turns));
        return (double)results.Length * turns * RateKernel.OperationsPerTurn / best;
    }
}
#endif
