using Microsoft.Playwright;
using NernstPlanckGpu.BrowserTests.Support;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.BrowserTests;

/// <summary>The page of the main job: numbers against the file, slider, view, hover, map.</summary>
[Collection(SharedBrowser.Name)]
public class RunPageTests(BrowserFixture browser)
{
    private const string Profiles = "document.querySelector('[data-role=profiles] .js-plotly-plot')";
    private const string Map = "document.querySelector('[data-role=map] .js-plotly-plot')";

    private string Run => browser.Results("run", "resting-membrane");

    [SkippableFact]
    public async Task Summary_certificate_and_theory_are_the_files()
    {
        await using OpenPage page = await browser.Report([Run]);
        page.NeedQuiet();
        Independent.Same(Independent.Numbers(Run, "f['membrane_potential'][()]*1e3")[0], Independent.Shown(await page.Card("membrane potential")));
        Independent.Same(Independent.Numbers(Run, "f['result/restingPotential'][()]*1e3")[0], Independent.Shown(await page.Card("resting potential")));
        Assert.Equal("done", await page.Card("outcome"));
        Assert.Equal("holds", await page.Card("certificate"));

        string[] ghk = await Row(page, "theory", "ghk");
        Independent.Same(Independent.Numbers(Run, "f['theory/ghk'][()]*1e3")[0], Independent.Shown(ghk[1]));
        Independent.Same(Independent.Numbers(Run, "f['theory/ghk_computed'][()]*1e3")[0], Independent.Shown(ghk[2]));
        string[] gauss = await Row(page, "certificate", "gaussResidual");
        Independent.Same(Independent.Numbers(Run, "f['certificate/gaussResidual'][()]")[0], Independent.Shown(gauss[1]));
        Independent.Same(Independent.Numbers(Run, "f['certificate/gaussResidual_limit'][()]")[0], Independent.Shown(gauss[2]));
        Assert.Equal("holds", gauss[3]);
        string config = await page.Page.Locator("pre").TextContentAsync() ?? "";
        Assert.Equal(File.ReadAllText(Path.Combine(EndToEndTests.Support.Repository.Root, "configs", "resting-membrane.json")).Trim(), config.Trim());
    }

    [SkippableFact]
    public async Task Slider_moves_every_profile_to_the_files_at_that_time()
    {
        await using OpenPage page = await browser.Report([Run]);
        ILocator slider = page.Page.Locator("[data-role=profiles] [data-role=profile-slider]");
        double[] before = await page.Numbers($"{Profiles}.data.find((line) => line.name === '' || line.yaxis === 'y2').y");
        foreach (int index in new[] { 0, 30 })
        {
            await slider.FillAsync($"{index}");
            await page.Page.WaitForTimeoutAsync(300);
            string time = await page.Page.Locator("[data-role=profiles] output").InnerTextAsync();
            double seconds = Independent.Numbers(Run, $"f['time'][{index}]")[0];
            Assert.Equal(seconds, Seconds(time), 1e-5 * seconds);
            double[] potassium = await page.Numbers($"{Profiles}.data.find((line) => line.name === 'K' && line.yaxis === 'y').y");
            AssertSame(Independent.Numbers(Run, $"f['concentration'][{index}, 0]"), potassium);
            double[] potential = await page.Numbers($"{Profiles}.data.find((line) => line.yaxis === 'y2').y");
            AssertSame(Independent.Numbers(Run, $"f['potential'][{index}]*1e3"), potential);
            double[] charge = await page.Numbers($"{Profiles}.data.find((line) => line.yaxis === 'y3').y");
            AssertSame(Independent.Numbers(Run, $"f['charge_density'][{index}]"), charge);
            double[] flux = await page.Numbers($"{Profiles}.data.filter((line) => line.yaxis === 'y4')[2].y");
            AssertSame(Independent.Numbers(Run, $"f['flux'][{index}, 2]"), flux);
        }

        // The step of the voltage lies between: the last state is not that of snapshot 46.
        await slider.FillAsync("46");
        await page.Page.WaitForTimeoutAsync(300);
        Assert.NotEqual(before[0], (await page.Numbers($"{Profiles}.data.find((line) => line.yaxis === 'y2').y"))[0]);
        page.NeedQuiet();
    }

    [SkippableFact]
    public async Task View_goes_to_the_membrane_and_regions_are_shaded_and_named()
    {
        LongTest.Need();
        await using OpenPage page = await browser.Report([Run]);
        double[] all = await page.Numbers($"{Profiles}._fullLayout.xaxis.range");
        Assert.Equal([0, 25], all.Select(value => Math.Round(value, 6)));
        string names = await page.Page.EvaluateAsync<string>($"{Profiles}.layout.annotations.map((one) => one.text).join(' ')");
        Assert.Contains("inside", names, StringComparison.Ordinal);
        Assert.Contains("membrane", names, StringComparison.Ordinal);
        Assert.Contains("outside", names, StringComparison.Ordinal);
        double[] shaded = await page.Numbers($"{Profiles}.layout.shapes.filter((shape) => shape.type === 'rect').slice(0, 1).flatMap((shape) => [shape.x0, shape.x1])");
        Assert.Equal([10, 15], shaded.Select(value => Math.Round(value, 6)));

        await page.Page.Locator("[data-role=profiles] select").SelectOptionAsync(new SelectOptionValue { Label = "membrane and its layers" });
        double[] near = await page.Numbers($"{Profiles}._fullLayout.xaxis.range");
        Assert.InRange(near[0], 1, 9.5);
        Assert.InRange(near[1], 15.5, 24);
        page.NeedQuiet();
    }

    [SkippableFact]
    public async Task Hover_shows_the_value_under_the_mouse()
    {
        await using OpenPage page = await browser.Report([Run]);
        await page.Page.Locator("[data-role=profiles] .js-plotly-plot").ScrollIntoViewIfNeededAsync();
        const string Point = """
            (() => { const plot = document.querySelector('[data-role=profiles] .js-plotly-plot'), line = plot.data.find((one) => one.yaxis === 'y2');
              const i = 20, box = plot.getBoundingClientRect(), x = plot._fullLayout.xaxis2, y = plot._fullLayout.yaxis2;
              return [box.left + x._offset + x.l2p(line.x[i]), box.top + y._offset + y.l2p(line.y[i]), line.y[i]]; })()
            """;
        double[] at = await page.Numbers(Point);
        await page.Page.Mouse.MoveAsync((float)at[0] - 3, (float)at[1]);
        await page.Page.Mouse.MoveAsync((float)at[0], (float)at[1]);
        ILocator label = page.Page.Locator("[data-role=profiles] .hoverlayer .hovertext").First;
        await label.WaitForAsync();
        string text = (await label.TextContentAsync() ?? "").Replace('−', '-');
        double file = Independent.Numbers(Run, "f['potential'][-1, 20]*1e3")[0];
        Assert.Contains("mV", text, StringComparison.Ordinal);
        Independent.Same(file, Independent.Shown(text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        page.NeedQuiet();
    }

    [SkippableFact]
    public async Task Map_shows_the_field_that_is_chosen()
    {
        LongTest.Need();
        await using OpenPage page = await browser.Report([Run]);
        AssertSame(Independent.Numbers(Run, "f['concentration'][-1, 0] - f['concentration'][0, 0]"), await page.Numbers($"{Map}.data[0].z.at(-1)"), 1e-9);
        await page.Page.Locator("[data-role=map] select").First.SelectOptionAsync(new SelectOptionValue { Label = "potential" });
        await page.Page.Locator("[data-role=map] input[type=checkbox]").First.UncheckAsync();
        AssertSame(Independent.Numbers(Run, "f['potential'][-1]*1e3"), await page.Numbers($"{Map}.data[0].z.at(-1)"));
        AssertSame(Independent.Numbers(Run, "f['x_face'][:]*1e9"), await page.Numbers($"{Map}.data[0].x"));
        page.NeedQuiet();
    }

    [SkippableFact]
    public async Task Traces_have_theory_beside_them()
    {
        LongTest.Need();
        await using OpenPage page = await browser.Report([Run]);
        const string Plot = "[...document.querySelectorAll('[data-role=traces] .js-plotly-plot')].find((plot) => plot.data[0].name === 'membrane potential')";
        AssertSame(Independent.Numbers(Run, "f['traces/membranePotential'][:]*1e3"), await page.Numbers($"{Plot}.data[0].y"));
        AssertSame(Independent.Numbers(Run, "[f['theory/ghk'][()]*1e3]*2"), await page.Numbers($"{Plot}.data.find((line) => line.name === 'theory: ghk').y"));
        page.NeedQuiet();
    }

    private static void AssertSame(double[] expected, double[] shown, double absolute = 0)
    {
        Assert.Equal(expected.Length, shown.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - shown[i]) <= (5e-7 * Math.Abs(expected[i])) + absolute, $"{i}: the file has {expected[i]:R}, the page {shown[i]:R}");
    }

    private static async Task<string[]> Row(OpenPage page, string table, string name)
    {
        ILocator row = page.Page.Locator($"table[aria-label='{table}'] tr", new() { Has = page.Page.GetByRole(AriaRole.Cell, new() { Name = name, Exact = true }) });
        return [.. await row.Locator("td").AllInnerTextsAsync()];
    }

    /// <summary>Seconds of "time 12.5 µs".</summary>
    private static double Seconds(string text)
    {
        string[] words = text.Split(' ');
        double factor = words[2] switch { "s" => 1, "ms" => 1e-3, "µs" => 1e-6, "ns" => 1e-9, "ps" => 1e-12, _ => double.NaN };
        return Independent.Shown(words[1]) * factor;
    }
}
