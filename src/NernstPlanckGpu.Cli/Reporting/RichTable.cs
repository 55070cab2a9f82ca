using Spectre.Console;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>Tables for a terminal. Only code that draws one comes here, since to load the terminal library takes longer than a short run.</summary>
internal static class RichTable
{
    /// <summary>The rows in a frame that fits the terminal; cells wrap where they must.</summary>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">Rows below.</param>
    /// <param name="isAlarming">Whether a cell of a column tells of a failure; null: none does.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="hasColour">Colours are wanted.</param>
    public static string Render(
        IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows, Func<string, string, bool>? isAlarming, int width, bool hasColour)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = hasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        });
        (console.Profile.Width, console.Profile.Capabilities.Unicode) = (width, Terminal.IsUnicode);
        var table = new Table { Border = Terminal.IsUnicode ? TableBorder.Rounded : TableBorder.Ascii };
        for (int column = 0; column < header.Count; column++)
        {
            bool left = column == 0 || column == header.Count - 1;
            _ = table.AddColumn(new TableColumn(new Text(header[column], new Style(decoration: Decoration.Bold))) { Alignment = left ? Justify.Left : Justify.Right });
        }
        foreach (IReadOnlyList<string> row in rows)
            _ = table.AddRow(row.Select((cell, column) => new Text(cell, isAlarming?.Invoke(header[column], cell) == true ? new Style(Color.Red, decoration: Decoration.Bold) : Style.Plain)));
        console.Write(table);
        return text.ToString();
    }
}
