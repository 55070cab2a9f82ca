#if WITH_ILGPU
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Kernels.Implicit;

namespace NernstPlanckGpu.Gpu.Implicit;

/// <summary>Where a step on the device failed, in the words of the CPU.</summary>
internal static unsafe class FailedTrial
{
    /// <summary>Species and place that spoilt the step.</summary>
    public static string Place(ImplicitGroup group, int k, ImplicitDevice device, DiscreteProblem problem, TimeSettings settings, Outcome outcome)
    {
        ImplicitLayout layout = group.Layout;
        int length = layout.Argument - layout.State;
        double[] start = device.Gather(group, k, layout.State, length), trial = device.Gather(group, k, layout.Argument, length);
        double[] error = device.Gather(group, k, layout.FirstStage + (layout.Stages - 1) * length, length);
        using var system = new ImplicitSystem<ScalarLane>([problem], 1);
        var judge = new RosenbrockError<ScalarLane>(system, settings);
        // The judge adds the error itself.
        for (int i = 0; i < length; i++) trial[i] -= error[i];
        fixed (double* u = start, next = trial, estimate = error)
        {
            judge.Assess(u, next, estimate);
            return outcome == Outcome.Negative ? judge.NegativePlace(0, problem) : judge.WorstPlace(0, problem);
        }
    }
}
#endif
