using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using Spectre.Console;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Reporting;

/// <summary>What a terminal is shown, at widths from 40 columns on: it fits, and nothing is lost.</summary>
public class TerminalTests
{
    private static readonly RunProgress Run = new(2.5e-6, 1e-5, 1234, 3.21e-9, 12.5);

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void The_panel_fits_and_tells_time_rates_step_and_what_is_left(int width)
    {
        string text = Paint(new ProgressLine(Run.Fraction, Run.Elapsed, "", ProgressText.Facts(Run)), width);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Contains("25 %", text, StringComparison.Ordinal);
        if (width < 40)
            return;
        foreach (string told in new[] { "2.5 us of 10 us", "200 ns per s", "1234, 98.7/s", "3.21 ns", "12 s", "38 s" })
            Assert.Contains(told, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_and_a_curve_count_their_points()
    {
        (string Name, string Value)[] sweep = ProgressText.Facts(new SweepProgress(30, 2, 10, 100, 5));
        Assert.Contains(("points", "40 of 100"), sweep);
        Assert.Contains(("failed", "2"), sweep);
        Assert.Contains(("rate", "6 points/s"), sweep);
        Assert.Contains(("left", "10 s"), sweep);
        Assert.Contains(("voltages", "3 of 37"), ProgressText.Facts(new RunProgress(3, 37, 3, 0, 0.5, "voltages")));
        Assert.Contains(("left", "not known yet"), ProgressText.Facts(Run with { Time = 0 }));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(120)]
    public void A_table_fits_and_marks_failures_where_colours_are_wanted(int width)
    {
        string[] header = ["name", "got", "ok"];
        string[][] rows = [["exact GHK [1]", "-26.098839 mV", "yes"], ["a row with a long name that has to wrap somewhere", "1", "NO"]];
        string plain = RichTable.Render(header, rows, (column, cell) => column == "ok" && cell == "NO", width, hasColour: false);
        Assert.DoesNotContain('\u001b', plain);
        Assert.All(plain.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Contains("exact GHK [1]", plain, StringComparison.Ordinal);
        string coloured = RichTable.Render(header, rows, (column, cell) => column == "ok" && cell == "NO", width, hasColour: true);
        Assert.Contains("NO", coloured, StringComparison.Ordinal);
        Assert.Contains('\u001b', coloured);
    }

    [Fact]
    public void Outside_a_terminal_tables_are_plain()
    {
        var table = new TextTable("a", "b", "c");
        table.Add("x", "1", "y");
        Assert.Equal(table.Plain(), table.Render());
        Assert.Equal($"  a  b  c{Environment.NewLine}  x  1  y{Environment.NewLine}", table.Plain());
    }

    private static string Paint(ProgressLine progress, int width)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = width;
        console.Write(ProgressPanel.Of(progress, width, unicode: false));
        return text.ToString();
    }
}

/// <summary>Words about certificates.</summary>
public class CertificateTextTests
{
    [Fact]
    public void Violations_come_with_their_remedies_and_the_grid_with_millivolts()
    {
        CertificateEntry[] entries =
        [
            new("massDrift_K", 1e-3, 1e-10, "1", "mass", "take shorter steps"), new("massDrift_Na", 1e-3, 1e-10, "1", "mass", "take shorter steps"),
            new("negativity", 0, 1e-10, "1", "negative", "refine"), new("gridError", 1.25e-6, double.PositiveInfinity, "V", "grid", "more cells"),
        ];
        Assert.Equal(["massDrift_K, massDrift_Na: take shorter steps"], CertificateText.Remedies(entries));
        string text = CertificateText.ThreeLines(entries);
        Assert.Contains("gridError 0.00125 mV", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split('\n').Length);
    }
}
