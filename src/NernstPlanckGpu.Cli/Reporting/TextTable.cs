using System.Text;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>
/// A table: on a terminal in a frame that fits it; else plain, columns as wide as their widest cell, the first and last to the left, numbers
/// between to the right.
/// </summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> rows = [header];

    /// <summary>Rows below the header.</summary>
    public int Count => rows.Count - 1;

    /// <summary>Whether a cell, given its column's name, tells of a failure; null: none does.</summary>
    public Func<string, string, bool>? IsAlarming { get; init; }

    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>For the standard output: in a frame where that is a terminal.</summary>
    /// <param name="indent">Spaces before plain rows.</param>
    public string Render(int indent = 2) =>
        Terminal.IsOutputRich ? RichTable.Render(header, rows.Skip(1), IsAlarming, Terminal.Width, Terminal.HasColour) : Plain(indent);

    /// <summary>The rows, each on a line of its own behind <paramref name="indent"/> spaces.</summary>
    public string Plain(int indent = 2)
    {
        int[] width = [.. Enumerable.Range(0, header.Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            var line = new StringBuilder(new string(' ', indent));
            for (int column = 0; column < row.Length; column++)
            {
                bool left = column == 0 || column == row.Length - 1;
                _ = line.Append(left ? row[column].PadRight(width[column]) : row[column].PadLeft(width[column])).Append("  ");
            }

            _ = text.AppendLine(line.ToString().TrimEnd());
        }

        return text.ToString();
    }
}
