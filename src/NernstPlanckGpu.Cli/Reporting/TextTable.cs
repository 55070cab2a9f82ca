using System.Text;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>A plain table: columns as wide as their widest cell, the first and last to the left, numbers between to the right.</summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> rows = [header];

    /// <summary>Rows below the header.</summary>
    public int Count => rows.Count - 1;

    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>The rows, each on a line of its own behind <paramref name="indent"/> spaces.</summary>
    public string Render(int indent = 2)
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
