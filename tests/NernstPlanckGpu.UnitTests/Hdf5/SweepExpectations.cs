using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.Tests;

/// <summary>Holds a sweep file against the synthetic points, bit by bit.</summary>
internal static class SweepExpectations
{
    /// <summary>Every row that has a status is complete and right; without <paramref name="partial"/> every row has one.</summary>
    /// <returns>Number of rows with a status.</returns>
    internal static int Check(string path, SyntheticSweep sweep, Shard shard, bool partial = false)
    {
        using SweepFile file = SweepFile.Open(path);
        SweepLayout layout = sweep.Layout(shard);
        Assert.Equal(layout.Points, file.Points);
        Assert.Equal(layout.Hashes, file.Hashes);
        IReadOnlyList<PointStatus> statuses = file.Statuses;
        for (int row = 0; row < statuses.Count; row++)
        {
            if (statuses[row] == PointStatus.Missing)
                Assert.True(partial, $"row {row} is missing");
            else
                CheckRow(file, row, sweep.Point(layout.Points[row]), sweep);
        }
        return statuses.Count(status => status != PointStatus.Missing);
    }

    /// <summary>Every dataset of the one is in the other, with the same numbers or strings.</summary>
    internal static void AssertSame(string one, string other)
    {
        using SweepFile expected = SweepFile.Open(one), actual = SweepFile.Open(other);
        foreach (string name in expected.Contents.Names("/").Where(name => name is not ("entry" or "provenance")))
        {
            string[] paths = expected.Contents.IsDataset(name) ? [name] : [.. expected.Contents.Names(name).Select(inner => $"{name}/{inner}")];
            foreach (string path in paths.Where(path => path is not ("message" or "message_byte")))
            {
                if (expected.Contents.IsNumeric(path))
                    Assert.Equal(expected.Contents.Read(path), actual.Contents.Read(path));
                else
                    Assert.Equal(expected.Contents.ReadStrings(path), actual.Contents.ReadStrings(path));
            }
        }
    }

    private static void CheckRow(SweepFile file, int row, PointResult point, SyntheticSweep sweep)
    {
        Assert.Equal(point.Status, file.Statuses[row]);
        Assert.Equal(point.Message, file.Messages(row, 1)[0]);
        Assert.Equal(point.Summary!.MembranePotential, file.ReadRows("membrane_potential", row, 1)[0]);
        Assert.Equal(point.Summary.AcceptedSteps, file.ReadRows("steps", row, 1)[0]);
        Assert.Equal(1, file.ReadRows("certificate/holds", row, 1)[0]);
        Assert.Equal(point.Summary.Theory[0].Value, file.ReadRows("theory/ghk", row, 1)[0]);
        Assert.Equal(point.Summary.Theory[0].Computed, file.ReadRows("theory/ghk_computed", row, 1)[0]);
        Assert.Equal(point.Summary.Certificate[1].Limit, file.ReadRows("certificate/gaussResidual_limit", row, 1)[0]);
        foreach (ResultEntry entry in point.Summary.Results)
            Assert.Equal(entry.Value, file.ReadRows($"result/{entry.Name}", row, 1)[0]);
        Assert.Equal(point.Layout!.Configuration.Problem.Species.Select(species => species.Diffusivity), file.ReadRows("diffusivity", row, 1));
        foreach (string name in sweep.Fields)
            CheckProfiles(file, row, name, point);
        CheckTraces(file, row, point);
        if (sweep.GridDiffers)
            CheckGrid(file, row, point.Layout);
        if (sweep.PlacesDiffer)
            Assert.Equal(Padded(point.Snapshots.Select(snapshot => snapshot.Time), file, point.Layout.SnapshotAxis.Name), file.ReadRows(point.Layout.SnapshotAxis.Name, row, 1));
    }

    private static void CheckProfiles(SweepFile file, int row, string name, PointResult point)
    {
        int[] shape = [.. file.Contents.Shape(name).Skip(1)];
        int extent = shape[^1], profiles = shape.Length == 3 ? shape[1] : 1;
        double[] expected = new double[shape.Aggregate(1, (product, length) => product * length)];
        Array.Fill(expected, double.NaN);
        for (int s = 0; s < point.Snapshots.Count; s++)
        {
            double[] values = Values(point.Snapshots[s], name);
            int own = values.Length / profiles;
            for (int i = 0; i < values.Length; i++)
                expected[(((s * profiles) + (i / own)) * extent) + (i % own)] = values[i];
        }
        Assert.Equal(expected, file.ReadRows(name, row, 1));
    }

    private static void CheckTraces(SweepFile file, int row, PointResult point)
    {
        string group = point.Layout!.TraceGroup;
        for (int i = 0; i < point.Layout.Traces.Count; i++)
        {
            string name = $"{group}/{point.Layout.Traces[i].Name}";
            Assert.Equal(Padded(point.Traces.Select(sample => sample.Values[i]), file, name), file.ReadRows(name, row, 1));
        }
        foreach (ResultCurve curve in point.Summary!.Curves)
            Assert.Equal(Padded(curve.Values, file, $"{group}/{curve.Name}"), file.ReadRows($"{group}/{curve.Name}", row, 1));
    }

    private static void CheckGrid(SweepFile file, int row, RunLayout layout)
    {
        Assert.Equal(layout.X.Count, file.ReadRows("cells", row, 1)[0]);
        Assert.Equal(Padded(layout.X, file, "x"), file.ReadRows("x", row, 1));
        Assert.Equal(Padded(layout.XFace, file, "x_face"), file.ReadRows("x_face", row, 1));
        Assert.Equal(Padded(layout.CellVolume, file, "cell_volume"), file.ReadRows("cell_volume", row, 1));
        Assert.Equal(Padded(layout.RegionOfCell.Select(region => (double)region), file, "region", -1), file.ReadRows("region", row, 1));
    }

    private static double[] Padded(IEnumerable<double> values, SweepFile file, string name, double fill = double.NaN)
    {
        double[] padded = new double[file.Contents.Shape(name)[1]];
        Array.Fill(padded, fill);
        values.ToArray().CopyTo(padded, 0);
        return padded;
    }

    private static double[] Values(Snapshot snapshot, string name) => name switch
    {
        "concentration" => snapshot.Concentration,
        "potential" => snapshot.Potential,
        "electric_field" => snapshot.ElectricField,
        "displacement" => snapshot.Displacement,
        "charge_density" => snapshot.ChargeDensity,
        _ => snapshot.Flux,
    };
}
