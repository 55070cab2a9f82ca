using NernstPlanckGpu.Core.Sweeps;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

/// <summary>Keeps points in memory, or refuses them.</summary>
internal sealed class PointMemory : ISweepSink
{
    public Dictionary<int, PointResult> Points { get; } = [];

    public bool Refuses { get; init; }

    public void Add(IReadOnlyList<PointResult> points)
    {
        if (Refuses) throw new IOException("full");
        foreach (PointResult point in points) Points.Add(point.Index, point);
    }

    public void Flush()
    {
    }

    /// <summary>That a point came to the same, to the last bit.</summary>
    public static void Same(PointResult expected, PointResult actual)
    {
        Assert.Equal((expected.Status, expected.Message), (actual.Status, actual.Message));
        Assert.Equal(
            (expected.Summary!.Time, expected.Summary.AcceptedSteps, expected.Summary.CurrentDensity),
            (actual.Summary!.Time, actual.Summary.AcceptedSteps, actual.Summary.CurrentDensity));
        Assert.Equal(expected.Summary.Certificate, actual.Summary.Certificate);
        Assert.Equal(expected.Snapshots.SelectMany(snapshot => snapshot.Concentration), actual.Snapshots.SelectMany(snapshot => snapshot.Concentration));
        Assert.Equal(expected.Traces.SelectMany(sample => sample.Values), actual.Traces.SelectMany(sample => sample.Values));
    }
}
