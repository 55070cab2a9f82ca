using Xunit;

namespace NernstPlanckGpu.Tests;

/// <summary>Relative comparison that says what it saw.</summary>
internal static class Close
{
    public static void To(double expected, double actual, double relative, string what = "") =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected),
            $"{what}: expected {expected:R}, got {actual:R}, relative difference {(actual - expected) / expected:E2}, allowed {relative:E1}");

    public static void Within(double expected, double actual, double absolute, string what = "") =>
        Assert.True(Math.Abs(actual - expected) <= absolute,
            $"{what}: expected {expected:R}, got {actual:R}, difference {actual - expected:E2}, allowed {absolute:E1}");
}
