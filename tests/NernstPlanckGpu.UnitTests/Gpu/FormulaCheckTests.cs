using NernstPlanckGpu.Gpu;
using Xunit;
#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime.CPU;
using NernstPlanckGpu.Kernels;
#endif

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>What <c>npgpu devices</c> asks of a device before it calls it usable.</summary>
public sealed class FormulaCheckTests
{
#if WITH_ILGPU
    [Fact]
    public void The_simulator_agrees_with_the_scalar_lane()
    {
        using Context context = Context.Create(builder => builder.CPU());
        FormulaCheck check = FormulaCheck.Run(context, context.GetCPUDevice(0));
        Assert.Null(check.Failure);
        // Multiply-adds are not fused there, so the bits cannot all be the same.
        Assert.InRange(check.Difference!.Value, 1e-17, FormulaCheck.Tolerance);
    }

    [Fact]
    public void Wrong_values_are_told_with_their_difference()
    {
        FormulaValues<DeviceLane>[] values = Values();
        values[7] = values[7] with { Bernoulli = values[7].Bernoulli * new DeviceLane(1 + 1e-7) };
        FormulaCheck check = FormulaCheck.Judge(values);
        Assert.InRange(check.Difference!.Value, 0.99e-7, 1.01e-7);
        Assert.Equal("its formulas differ from the CPU's by 1.0e-7; rounding explains 1e-14", check.Failure);
    }

    [Fact]
    public void Values_that_are_not_numbers_are_told()
    {
        FormulaValues<DeviceLane>[] values = Values();
        values[0] = values[0] with { Sine = new(double.NaN) };
        FormulaCheck check = FormulaCheck.Judge(values);
        Assert.Null(check.Difference);
        Assert.Equal("its formulas give a value that is not finite at 0.001", check.Failure);
    }

    [Fact]
    public void A_device_that_fails_is_a_reason_and_no_exception()
    {
        using Context context = Context.Create(builder => builder.CPU());
        var device = context.GetCPUDevice(0);
        using Context other = Context.Create(builder => builder.CPU());
        other.Dispose();
        Assert.StartsWith("its first kernel failed: ", FormulaCheck.Run(other, device).Failure, StringComparison.Ordinal);
    }

    private static FormulaValues<DeviceLane>[] Values() =>
        [.. FormulaCheck.Arguments.Select(x => FormulaValues<DeviceLane>.At(new(x)))];
#endif

    [Fact]
    public void Discovery_checks_the_simulator_and_does_not_throw()
    {
        AcceleratorInfo[] found = [.. AcceleratorDiscovery.Discover().SelectMany(backEnd => backEnd.Accelerators)];
        Assert.Equal(AcceleratorDiscovery.HasIlgpu, found.Any(device => device.Kind == AcceleratorKind.Simulator));
        Assert.All(found, device => Assert.True(device.Unusable is not null || device.FormulaDifference <= FormulaCheck.Tolerance));
    }
}
