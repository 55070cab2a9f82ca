using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>The samples of a current–voltage curve or an impedance spectrum, for the terminal and for JSON.</summary>
internal sealed class Curve(RunLayout layout)
{
    private const int LongestTable = 15;

    /// <summary>Heads the names of the mechanisms' currents, which JSON has too.</summary>
    private const string OfMechanism = "mechanismCurrentDensity_";

    /// <summary>What the table shows, of what the run has.</summary>
    private static readonly string[] Shown = ["currentDensity", "slopeConductance", "impedanceReal", "impedanceImaginary", "phase"];

    /// <summary>What JSON has, of what the run has.</summary>
    private static readonly string[] Told = ["currentDensity", "impedanceReal", "impedanceImaginary"];

    private readonly List<(double Place, double[] Values)> samples = [];

    /// <summary>Samples so far.</summary>
    public int Count => samples.Count;

    /// <summary>Place of the last sample, " at -40 mV"; empty for a spectrum, whose state is one, and before the first.</summary>
    public string LastPlace =>
        Count == 0 || layout.TraceAxis == ResultAxis.Frequency ? "" : $" at {Quantity.Format(samples[^1].Place, layout.TraceAxis.Unit)}";

    /// <summary>Key in the terminal's JSON.</summary>
    public string Key => layout.TraceAxis == ResultAxis.Frequency ? "spectrum" : "curve";

    /// <summary>The curve of a run; null for one in time.</summary>
    public static Curve? Of(RunLayout layout) => layout.TraceAxis == ResultAxis.Time ? null : new(layout);

    /// <summary>Keeps a sample.</summary>
    public void Add(in TraceSample sample) => samples.Add((sample.Time, sample.Values.ToArray()));

    /// <summary>A table of at most fifteen rows, evenly thinned, the first and the last among them.</summary>
    /// <param name="file">Where all samples are.</param>
    public string ToText(string file)
    {
        if (Count == 0)
            return "";
        int[] columns = Columns(Shown);
        var table = new TextTable([layout.TraceAxis.Name, .. columns.Select(column => layout.Traces[column].Name), ""]);
        int rows = Math.Min(Count, LongestTable);
        for (int row = 0; row < rows; row++)
        {
            (double place, double[] values) = samples[rows == 1 ? 0 : (int)Math.Round(row * (Count - 1.0) / (rows - 1))];
            IEnumerable<string> cells = columns.Select(column => Quantity.Format(values[column], layout.Traces[column].Unit));
            table.Add([Quantity.Format(place, layout.TraceAxis.Unit), .. cells, ""]);
        }

        string note = $"  {rows} of {Count} points; all are in the group {layout.TraceGroup} of {file}{Environment.NewLine}";
        return table.Render() + (rows < Count ? note : "");
    }

    /// <summary>The axis and the main columns, by name.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { [layout.TraceAxis.Name] = Numbers(samples.Select(sample => sample.Place)) };
        string[] mechanisms = [.. layout.Traces.Select(trace => trace.Name).Where(name => name.StartsWith(OfMechanism, StringComparison.Ordinal))];
        foreach (int column in Columns([.. Told, .. mechanisms]))
            json[layout.Traces[column].Name] = Numbers(samples.Select(sample => sample.Values[column]));
        return json;
    }

    private static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(value => Json.Number(value))];

    private int[] Columns(string[] names) =>
        [.. Enumerable.Range(0, layout.Traces.Count).Where(column => names.Contains(layout.Traces[column].Name))];
}
