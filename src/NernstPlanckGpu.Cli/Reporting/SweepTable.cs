using System.Globalization;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>The points of a sweep's file beside what they gave: a few for the terminal, or all of them for other programs.</summary>
internal sealed class SweepTable : IDisposable
{
    private const int LongestTable = 15;

    /// <summary>Columns that the terminal has room for.</summary>
    private const int MostResults = 5;

    /// <summary>A value of an axis longer than this is told by its number.</summary>
    private const int LongestValue = 16;

    /// <summary>Rows that are read together.</summary>
    private const int Block = 1000;

    private readonly string path;
    private readonly SweepFile file;
    private readonly IReadOnlyList<PointStatus> statuses;

    public SweepTable(string path)
    {
        this.path = path;
        file = SweepFile.Open(path);
        statuses = file.Statuses;
    }

    /// <summary>One number per point: potential and current first, then what the runs found, then traces of one sample.</summary>
    private IEnumerable<SweepDataset> Results => file.Datasets.Where(dataset => dataset.RowLength == 1 && Rank(dataset) < 4).OrderBy(Rank);

    public void Dispose() => file.Dispose();

    /// <summary>A table of at most fifteen rows, evenly thinned, the first and the last among them.</summary>
    public string ToText()
    {
        SweepDataset[] columns = [.. Results.Take(MostResults)];
        var table = new TextTable(["point", .. file.Axes.Axes.Select(axis => axis.Name), "status", .. columns.Select(column => ShortName(column.Name)), ""]) { IsAlarming = (column, cell) => column == "status" && cell is not ("done" or "burst" or "missing") };
        int count = file.Points.Count, rows = Math.Min(count, LongestTable);
        for (int i = 0; i < rows; i++)
        {
            int row = rows == 1 ? 0 : (int)Math.Round(i * (count - 1.0) / (rows - 1));
            IEnumerable<string> numbers = columns.Select(column => Quantity.Format(file.ReadRows(column.Name, row, 1)[0], column.Unit));
            table.Add([.. Head(row), .. numbers, ""]);
        }

        string note = rows < count ? $"  {rows} of {count} points; all: npgpu status {ShellWord.Quote(path)} --table{Environment.NewLine}" : "";
        return count == 0 ? "" : table.Render() + note;
    }

    /// <summary>Every point on a line of its own, values between tabs, numbers in SI with all their digits; units stand in the first line.</summary>
    public void WriteAll(TextWriter writer)
    {
        SweepDataset[] columns = [.. Results];
        IEnumerable<string> head = ["point", .. file.Axes.Axes.Select(axis => axis.IsNumeric ? Titled(axis.Name, axis.Unit) : axis.Name), "status"];
        writer.WriteLine(string.Join('\t', [.. head, .. columns.Select(column => Titled(ShortName(column.Name), column.Unit))]));
        for (int first = 0; first < file.Points.Count; first += Block)
        {
            int rows = Math.Min(Block, file.Points.Count - first);
            double[][] values = [.. columns.Select(column => file.ReadRows(column.Name, first, rows))];
            for (int row = 0; row < rows; row++)
            {
                int point = file.Points[first + row];
                IEnumerable<string> axes = file.Axes.Axes.Select((axis, i) => axis.IsNumeric ? Digits(file.Axes.Value(point, i).Number) : file.Axes.Value(point, i).Json);
                string status = Json.Name(statuses[first + row]);
                writer.WriteLine(string.Join('\t', [$"{point}", .. axes, status, .. values.Select(column => Digits(column[row]))]));
            }
        }
    }

    private static int Rank(SweepDataset dataset) => dataset.Name switch
    {
        "membrane_potential" => 0,
        "current_density" => 1,
        _ when dataset.Name.StartsWith("result/", StringComparison.Ordinal) => 2,
        "traces/membranePotential" or "traces/currentDensity" => 4, // said above
        _ when dataset.Name.StartsWith("traces/", StringComparison.Ordinal) => 3,
        _ => 4,
    };

    private IEnumerable<string> Head(int row)
    {
        int point = file.Points[row];
        yield return $"{point}";
        for (int axis = 0; axis < file.Axes.Axes.Count; axis++)
        {
            SweepAxis one = file.Axes.Axes[axis];
            yield return file.Axes.Value(point, axis).Json.Trim('"') is { Length: <= LongestValue } written ? written
                : Quantity.Format(file.Axes.Value(point, axis).Number, one.Unit);
        }

        yield return Json.Name(statuses[row]);
    }

    private static string Titled(string name, string unit) => unit == "1" ? name : $"{name} [{unit}]";

    private static string ShortName(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string Digits(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
