using Spectre.Console;
using Spectre.Console.Rendering;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What the terminal shows while something runs: a bar, and facts below it, as many beside each other as there is room for.</summary>
internal static class ProgressPanel
{
    private const int WidestBar = 100, WidthOfFact = 38;

    /// <summary>The panel.</summary>
    /// <param name="progress">How far it is; null before the first report.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="unicode">The terminal has more than ASCII.</param>
    public static IRenderable Of(ProgressLine? progress, int width, bool unicode)
    {
        double fraction = Math.Clamp(progress?.Fraction ?? 0, 0, 1);
        string percent = FormattableString.Invariant($" {100 * fraction,3:F0} %");
        // One column stays free: some terminals wrap at the last.
        int room = Math.Clamp(width - percent.Length - 3, 4, WidestBar), full = (int)(room * fraction);
        (char done, char rest) = unicode ? ('━', '─') : ('=', '-');
        var bar = new Paragraph("  ");
        _ = bar.Append(new string(done, full), new Style(Color.Green)).Append(new string(rest, room - full), new Style(Color.Grey)).Append(percent);
        var facts = new Grid();
        int beside = Math.Max(1, width / WidthOfFact);
        for (int column = 0; column < 2 * beside; column++)
            _ = facts.AddColumn(new GridColumn().NoWrap().PadLeft(column % 2 == 0 ? 2 : 1).PadRight(0));
        foreach ((string Name, string Value)[] row in (progress?.Facts ?? [("state", "starting")]).Chunk(beside))
        {
            IEnumerable<Text> cells = row.SelectMany(fact => new[] { new Text(fact.Name, new Style(Color.Grey)), new Text(fact.Value) });
            _ = facts.AddRow([.. cells, .. Enumerable.Repeat(Text.Empty, 2 * (beside - row.Length))]);
        }
        return new Rows(bar, facts);
    }
}
