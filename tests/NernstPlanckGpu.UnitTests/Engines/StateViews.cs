using NernstPlanckGpu.Core.Engines;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>Compares states.</summary>
internal static class StateViews
{
    public static void AssertSame(StateView expected, StateView actual, string where)
    {
        for (int s = 0; s < expected.Concentration.Length; s++)
        {
            AssertSame(expected.Concentration[s], actual.Concentration[s], $"{where}: concentration {s}");
            AssertSame(expected.Flux[s], actual.Flux[s], $"{where}: flux {s}");
        }
        AssertSame(expected.Charge, actual.Charge, $"{where}: charge");
        AssertSame([expected.TotalCurrent], [actual.TotalCurrent], $"{where}: total current");
        AssertSame(expected.MechanismFlux, actual.MechanismFlux, $"{where}: fluxes of mechanisms");
        AssertSame(expected.Transported, actual.Transported, $"{where}: transported");
        AssertSame(expected.Permeated, actual.Permeated, $"{where}: permeated");
        AssertSame(expected.States, actual.States, $"{where}: states");
        (double left, double right) = expected.RelativeVolume;
        AssertSame([left, right], [actual.RelativeVolume.Left, actual.RelativeVolume.Right], $"{where}: relative volumes");
    }

    private static void AssertSame(double[] expected, double[] actual, string what)
    {
        if (!expected.AsSpan().SequenceEqual(actual)) Assert.Fail($"{what}: {string.Join(' ', expected)} against {string.Join(' ', actual)}");
    }
}
