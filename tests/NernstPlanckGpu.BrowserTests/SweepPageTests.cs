using System.Globalization;
using Microsoft.Playwright;
using NernstPlanckGpu.BrowserTests.Support;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.BrowserTests;

/// <summary>The page of a sweep: counts, failures, choice of axes and points.</summary>
[Collection(SharedBrowser.Name)]
public class SweepPageTests(BrowserFixture browser)
{
    private const string Plot = "[...document.querySelectorAll('.js-plotly-plot')][0]";

    [SkippableFact]
    public async Task Heat_map_shows_the_files_numbers_and_a_click_chooses_a_point()
    {
        string file = browser.Results("sweep", "sweeps/resting-potential");
        await using OpenPage page = await browser.Report([file]);
        page.NeedQuiet();
        Assert.Equal("192", await page.Card("done"));
        Assert.Equal("heatmap", await page.Page.EvaluateAsync<string>($"{Plot}.data[0].type"));
        Assert.Equal(Independent.Numbers(file, "f['membrane_potential'][:]*1e3").Select(value => Math.Round(value, 6)), (await page.Numbers($"{Plot}.data[0].z.flat()")).Select(value => Math.Round(value, 6)));

        // The middle of the cell of the tenth barrier and the third concentration.
        double[] at = await page.Numbers($$"""
            (() => { const plot = {{Plot}}, box = plot.getBoundingClientRect(), x = plot._fullLayout.xaxis, y = plot._fullLayout.yaxis, map = plot.data[0];
              const middle = (axis, sides, i) => axis._offset + (axis.d2p(sides[i]) + axis.d2p(sides[i + 1])) / 2;
              return [box.left + middle(x, map.x, 2), box.top + middle(y, map.y, 9)]; })()
            """);
        await page.Page.Mouse.ClickAsync((float)at[0], (float)at[1]);
        await page.Page.Locator("[data-role=point] h3", new() { HasText = "Point 110:" }).WaitForAsync();
        await page.Drawn();
        double[] potential = await page.Numbers("document.querySelector('[data-role=point] [data-role=profiles] .js-plotly-plot').data.find((line) => line.yaxis === 'y2').y");
        Assert.Equal(Independent.Numbers(file, "f['potential'][110, 0]*1e3"), potential, (a, b) => Math.Abs(a - b) < 1e-6);
        string value = await page.Page.Locator("[data-role=point] table tr", new() { Has = page.Page.GetByRole(AriaRole.Cell, new() { Name = "membrane_potential", Exact = true }) }).Locator("td").Nth(1).InnerTextAsync();
        Independent.Same(Independent.Numbers(file, "f['membrane_potential'][110]*1e3")[0], Independent.Shown(value));
        page.NeedQuiet();
    }

    [SkippableFact]
    public async Task Axes_and_quantity_are_chosen()
    {
        LongTest.Need();
        string file = browser.Results("sweep", "sweeps/resting-potential");
        await using OpenPage page = await browser.Report([file]);
        await page.Page.GetByLabel("y axis").First.SelectOptionAsync(new SelectOptionValue { Value = "" });
        await page.Page.GetByLabel("sodium_barrier").First.SelectOptionAsync(new SelectOptionValue { Index = 15 });
        await page.Page.GetByLabel("quantity").First.SelectOptionAsync(new SelectOptionValue { Label = "theory/nernst_K" });
        Assert.Equal("scatter", await page.Page.EvaluateAsync<string>($"{Plot}.data[0].type"));
        Assert.Equal(Independent.Numbers(file, "f['theory/nernst_K'][180:]*1e3"), await page.Numbers($"{Plot}.data[0].y"), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(Independent.Numbers(file, "f['outer_K'][180:]"), await page.Numbers($"{Plot}.data[0].x"));
        page.NeedQuiet();
    }

    [SkippableTheory]
    [InlineData("words")]
    [InlineData("grid")]
    [InlineData("places")]
    public async Task Failed_points_are_counted_said_and_visibly_missing(string kind)
    {
        if (kind != "grid") LongTest.Need();
        string file = browser.Scratch.PathOf($"synthetic-{kind}.h5");
        ToolResult made = Tool.Run(Repository.Dotnet, Tool.SweepWriter(file, 45, 23, 2, 9, 0, kind));
        Assert.True(made.ExitCode == 0, made.Error);
        await using OpenPage page = await browser.Report([file]);
        page.NeedQuiet();
        Assert.Equal("41", await page.Card("done"));
        Assert.Equal("4", await page.Card("failed"));
        string failures = await page.Page.Locator("table[aria-label='failed points']").InnerTextAsync();
        Assert.Contains("Gauss's law at x = 3 nm, cell 17 (µ), point 21", failures, StringComparison.Ordinal);
        Assert.Contains("notConverged", failures, StringComparison.Ordinal);
        Assert.Equal(4, await page.Number($"{Plot}.data.find((one) => one.name === 'failed or missing').x.length"));
        int empty = kind == "words" ? (int)await page.Number($"{Plot}.data[0].z.flat().filter((value) => value === null).length") : (int)await page.Number($"{Plot}.data[0].y.filter((value) => value === null).length");
        Assert.Equal(4, empty);

        ILocator number = page.Page.GetByLabel("point", new() { Exact = true }).First;
        await number.FillAsync("13");
        await number.PressAsync("Enter");
        await page.Page.Locator("[data-role=point] h3", new() { HasText = "Point 13:" }).WaitForAsync();
        await page.Drawn();
        double[] shown = await page.Numbers("document.querySelector('[data-role=point] [data-role=profiles] .js-plotly-plot').data[0].y");
        double[] stored = Independent.Numbers(file, "f['concentration'][13][~np.isnan(f['concentration'][13, :, 0, 0])][-1, 0]");
        Assert.Equal(stored.Where(double.IsFinite), shown.Where(double.IsFinite), (a, b) => Math.Abs(a - b) < 1e-9 * Math.Abs(a));

        await number.FillAsync("21");
        await number.PressAsync("Enter");
        await page.Page.Locator("[data-role=point]", new() { HasText = "cell 17 (µ), point 21" }).WaitForAsync();
        page.NeedQuiet();
    }

    [SkippableTheory]
    [InlineData("iv-potassium", "iv/currentDensity", "current density")]
    [InlineData("impedance", "impedance/impedanceReal", "impedance")]
    public async Task Points_of_a_sweep_of_curves_have_their_curves(string name, string column, string line)
    {
        LongTest.Need();
        string text = File.ReadAllText(Path.Combine(Repository.Root, "configs", name + ".json"));
        string sweep = text[..text.LastIndexOf('}')] + """, "sweep": { "axes": [ { "path": "/temperature", "linspace": ["290 K", "310 K", 3] } ] } }""";
        string configuration = browser.Scratch.Write($"{name}-sweep.json", sweep), file = Path.ChangeExtension(configuration, ".h5");
        ProcessResult computed = Npgpu.Run(browser.Scratch, ["sweep", configuration, "--quiet", "-o", file]);
        Assert.True(computed.ExitCode == 0, computed.ToString());
        await using OpenPage page = await browser.Report([file]);
        page.NeedQuiet();

        // The quantity that is drawn at first is one that changes from point to point.
        double[] drawn = await page.Numbers($"{Plot}.data[0].y");
        Assert.True(drawn.Max() - drawn.Min() > 1e-6 * drawn.Max(Math.Abs));
        double[] shown = await page.Numbers($"[...document.querySelectorAll('[data-role=point] .js-plotly-plot')].flatMap((plot) => plot.data).find((one) => one.name === '{line}').{(name == "impedance" ? "x" : "y")}");
        Assert.Equal(Independent.Numbers(file, $"f['{column}'][1]"), shown, (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Abs(a));
    }

    [SkippableFact]
    public async Task Merged_and_unfinished_sweeps_are_shown()
    {
        LongTest.Need();
        string[] shards = [.. Enumerable.Range(0, 2).Select(i => browser.Scratch.PathOf($"halves.{i}-of-2.h5"))];
        for (int i = 0; i < 2; i++)
            Assert.Equal(0, Tool.Run(Repository.Dotnet, Tool.SweepWriter(shards[i], 30, 17, 2, 9, 0, $"shard={i}/2")).ExitCode);
        string merged = browser.Scratch.PathOf("halves.h5");
        SweepMergeTo(merged, shards);
        await using OpenPage page = await browser.Report([merged, shards[1]]);
        page.NeedQuiet();
        Assert.Equal("28", await page.Card("done"));
        await page.Page.GetByLabel("file", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Drawn();
        int half = Independent.Numbers(shards[1], "f['point'][:]").Length;
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{half} of 30"), await page.Card("points"));
        page.NeedQuiet();
    }

    private static void SweepMergeTo(string merged, string[] shards)
    {
        using Hdf5.SweepFile first = Hdf5.SweepFile.Open(shards[0]);
        Core.Sweeps.SweepLayout layout = new SyntheticRuns.SyntheticSweep { Points = 30, Cells = 17 }.Layout();
        _ = Hdf5.SweepMerge.Merge(merged, layout, shards, SyntheticRuns.SyntheticSweep.Provenance, new());
    }
}
