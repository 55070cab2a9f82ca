using NernstPlanckGpu.BrowserTests.Support;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.BrowserTests;

/// <summary>Current–voltage curves, spectra and layers, with theory drawn over them.</summary>
[Collection(SharedBrowser.Name)]
public class CurvePageTests(BrowserFixture browser)
{
    [SkippableFact]
    public async Task Curve_has_reversal_potential_goldman_and_the_difference()
    {
        string file = browser.Results("run", "iv-potassium");
        await using OpenPage page = await browser.Report([file]);
        const string Plot = "document.querySelector('[data-role=curve] .js-plotly-plot')";
        double[] run = await page.Numbers($"{Plot}.data.find((line) => line.name === 'total').y");
        double[] theory = await page.Numbers($"{Plot}.data.find((line) => line.name === 'GHK total').y");
        double[] difference = await page.Numbers($"{Plot}.data.find((line) => line.name === 'run − GHK').y");
        double[] stored = Independent.Numbers(file, "f['iv/currentDensity'][:]");
        double largest = stored.Max(Math.Abs);
        Assert.Equal(stored.Length, run.Length);
        for (int i = 0; i < stored.Length; i++)
        {
            Assert.Equal(stored[i], run[i], 1e-12);
            Assert.Equal(run[i] - theory[i], difference[i], 1e-12);

            // PNP is within a percent of constant-field theory here; a wrong sign or permeability is not.
            Assert.InRange(theory[i], stored[i] - (0.01 * largest), stored[i] + (0.01 * largest));
        }

        double[] reversal = await page.Numbers($"{Plot}.data.find((line) => line.name === 'reversal potential').x");
        Assert.Equal(Independent.Numbers(file, "f['result/reversalPotential'][()]*1e3")[0], reversal[0], 1e-9);
        Assert.Equal("voltage", await page.Page.Locator("[data-role=profile-slider]").GetAttributeAsync("aria-label"));
        page.NeedQuiet();
    }

    [SkippableFact]
    public async Task Spectrum_is_drawn_after_nyquist_and_bode()
    {
        LongTest.Need();
        string file = browser.Results("run", "impedance");
        await using OpenPage page = await browser.Report([file]);
        const string Plot = "document.querySelectorAll('[data-role=spectrum] .js-plotly-plot')";
        Assert.Equal(Independent.Numbers(file, "-f['impedance/impedanceImaginary'][:]"), await page.Numbers($"{Plot}[0].data[0].y"));
        Assert.Equal(Independent.Numbers(file, "f['impedance/impedanceReal'][:]"), await page.Numbers($"{Plot}[0].data[0].x"));
        Assert.Equal(Independent.Numbers(file, "f['impedance/phase'][:]"), await page.Numbers($"{Plot}[1].data[1].y"));
        page.NeedQuiet();
    }

    [SkippableFact]
    public async Task Layer_at_a_wall_lies_on_gouy_and_chapman()
    {
        LongTest.Need();
        string file = browser.Results("run", "debye-layer");
        await using OpenPage page = await browser.Report([file]);
        const string Lines = "document.querySelector('[data-role=profiles] .js-plotly-plot').data";
        double[] x = await page.Numbers($"{Lines}.find((line) => line.yaxis === 'y2').x"), run = await page.Numbers($"{Lines}.find((line) => line.yaxis === 'y2').y");
        double[] layerX = await page.Numbers($"{Lines}.find((line) => line.name.startsWith('Gouy')).x"), layer = await page.Numbers($"{Lines}.find((line) => line.name.startsWith('Gouy')).y");
        Assert.Equal(25, layer[0], 0.01);
        for (int i = 0; i < layerX.Length; i++)
        {
            int right = Array.FindIndex(x, position => position >= layerX[i]);
            if (right <= 0)
                continue;
            double between = run[right - 1] + ((run[right] - run[right - 1]) * (layerX[i] - x[right - 1]) / (x[right] - x[right - 1]));
            Assert.Equal(layer[i], between, 0.1); // mV: cells of a twentieth of the Debye length, a layer of 25 mV
        }

        page.NeedQuiet();
    }
}
