using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Payload;
using NernstPlanckGpu.Report.Thinning;

namespace NernstPlanckGpu.Report.Sweeps;

/// <summary>The table of a sweep: one number per point and column.</summary>
internal static class SweepColumns
{
    /// <summary>Bytes of a row beside its columns: point and status, 32 bits each.</summary>
    private const double RowBytes = 2 * 4 * 4.0 / 3;

    /// <summary>Bytes of a column beside its numbers: name, unit, meaning.</summary>
    private const int ColumnBytes = 600;

    /// <summary>Columns that stay before rows are left out.</summary>
    private const int FewestColumns = 4;

    /// <summary>Reads it.</summary>
    /// <param name="file">Sweep.</param>
    /// <param name="rows">How the points stand.</param>
    /// <param name="room">Bytes.</param>
    /// <param name="leftOut">Takes sentences on what is left out.</param>
    internal static JsonObject Of(SweepFile file, SweepRows rows, long room, JsonArray leftOut)
    {
        HashSet<string> axes = [.. file.Axes.Axes.Select(axis => axis.Name), "point", "status", "present", "cells"];
        SweepDataset[] all = [.. file.Datasets.Where(dataset => dataset.RowLength == 1 && dataset.Row.Count < 2 && !axes.Contains(dataset.Name)).OrderBy(Rank)];
        int count = rows.Status.Count;
        bool single = Size(count, all.Length, false) > room;
        int columns = Enumerable.Range(0, all.Length + 1).LastOrDefault(number => Size(count, number, single) <= room);
        columns = Math.Min(all.Length, Math.Max(columns, FewestColumns));
        int most = (int)Math.Clamp((room - ((double)columns * ColumnBytes)) / (Size(1, columns, single) - (columns * ColumnBytes)), 1, count);
        int[] kept = Choice.Even(count, most);
        Tell(single, all[columns..], kept.Length, count, leftOut);
        return new JsonObject
        {
            ["point"] = Integers(kept.Select(row => file.Points[row])),
            ["status"] = Integers(kept.Select(row => rows.Status[row])),
            ["columns"] = new JsonArray([.. all[..columns].Select(dataset => Column(file, dataset, kept, single))]),
        };
    }

    /// <summary>Whole numbers, exact in single precision up to 16 millions, in double beyond.</summary>
    internal static JsonObject Integers(IEnumerable<int> values)
    {
        double[] numbers = [.. values.Select(value => (double)value)];
        return NumberArray.Of(numbers, single: numbers.All(value => Math.Abs(value) < 1 << 24));
    }

    /// <summary>What people look for first, and what is left out last, has the lowest rank.</summary>
    internal static int Rank(SweepDataset dataset) => dataset.Name switch
    {
        "membrane_potential" => 0,
        "current_density" => 1,
        _ when Starts(dataset, "result/") => 2,
        _ when Starts(dataset, "traces/") || Starts(dataset, "membrane/") => 3,
        _ when Starts(dataset, "theory/") => 4,
        "wall_time" or "steps" => 5,
        _ when Starts(dataset, "certificate/") => 7,
        _ => 6,
    };

    private static bool Starts(SweepDataset dataset, string group) => dataset.Name.StartsWith(group, StringComparison.Ordinal);

    private static double Size(int rows, int columns, bool single) => (rows * (RowBytes + (columns * NumberArray.BytesEach(single)))) + (columns * ColumnBytes);

    private static JsonObject Column(SweepFile file, SweepDataset dataset, int[] kept, bool single)
    {
        double[] all = file.ReadRows(dataset.Name, 0, file.Points.Count);
        return new JsonObject
        {
            ["name"] = dataset.Name,
            ["unit"] = dataset.Unit,
            ["meaning"] = dataset.Meaning,
            ["values"] = NumberArray.Of([.. kept.Select(row => all[row])], single),
        };
    }

    private static void Tell(bool single, SweepDataset[] missing, int rows, int count, JsonArray leftOut)
    {
        if (rows < count)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"{rows} of {count} points are in the table and the plots, evenly chosen; the counts are of all"));
        if (missing.Length > 0)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"{missing.Length} columns of the table: {string.Join(", ", missing.Select(dataset => dataset.Name))}"));
        if (single)
            leftOut.Add("the table is in single precision (seven digits)");
    }
}
