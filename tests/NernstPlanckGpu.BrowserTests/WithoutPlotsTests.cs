using NernstPlanckGpu.BrowserTests.Support;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.BrowserTests;

/// <summary>A page without the drawing library: it says so, and its tables are open.</summary>
[Collection(SharedBrowser.Name)]
public class WithoutPlotsTests(BrowserFixture browser)
{
    [SkippableFact]
    public async Task Tables_take_the_place_of_plots()
    {
        string run = browser.Results("run", "resting-membrane");
        await using OpenPage page = await browser.Report([run], "--no-plots");
        page.NeedQuiet();
        Assert.Contains("--no-plots", page.Command.Error, StringComparison.Ordinal);
        Assert.Contains("no plots", await page.Page.Locator("[data-role=no-plots]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Page.Locator(".js-plotly-plot").CountAsync());
        Assert.Equal(0, await page.Page.Locator("details:not([open])").CountAsync());
        Assert.True(new FileInfo(page.Path).Length < 1_200_000);

        await page.Page.Locator("[data-role=profile-slider]").FillAsync("0");
        string[] row = [.. await page.Page.Locator("[data-role=profiles] table").First.Locator("tbody tr").Nth(5).Locator("td").AllInnerTextsAsync()];
        double[] file = Independent.Numbers(run, "[f['x'][5]*1e9, f['concentration'][0, 0, 5], f['concentration'][0, 1, 5], f['concentration'][0, 2, 5], f['concentration'][0, 3, 5], f['potential'][0, 5]*1e3]");
        for (int i = 0; i < file.Length; i++)
            Independent.Same(file[i], Independent.Shown(row[i]));
        page.NeedQuiet();
    }

    [SkippableFact]
    public async Task A_sweep_has_its_points_as_a_table()
    {
        LongTest.Need();
        string sweep = browser.Results("sweep", "sweeps/resting-potential");
        await using OpenPage page = await browser.Report([sweep], "--no-plots");
        page.NeedQuiet();
        Assert.Equal(100, await page.Page.Locator("table[aria-label='points'] tbody tr").CountAsync());
        await page.Page.Locator("table[aria-label='points'] tbody tr").Nth(7).GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await page.Page.Locator("[data-role=point] h3", new() { HasText = "Point 7:" }).WaitForAsync();
        page.NeedQuiet();
    }
}
