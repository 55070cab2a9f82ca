using System.Text.Json.Nodes;
using NernstPlanckGpu.BrowserTests.Support;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.BrowserTests;

/// <summary>Titles, names and configurations may hold anything: it stays text.</summary>
[Collection(SharedBrowser.Name)]
public class HostileTextTests(BrowserFixture browser)
{
    private const string Title = """</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">"'&<!-- %{x} <b>bold</b>""";
    private const string Species = """<img src=x onerror='window.hacked=3'>%{y}<b>&amp;""";
    private const string Region = "<img src=y onerror=window.hacked=4>%{z}";

    [SkippableTheory]
    [InlineData]
    [InlineData("--no-plots")]
    public async Task Text_of_a_file_does_not_run(params string[] options)
    {
        JsonNode document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "configs", "donnan.json")), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
        document["title"] = Title;
        document["species"]![0] = new JsonObject { ["name"] = Species, ["valence"] = 1, ["diffusivity"] = "1e-9 m^2/s" };
        document["regions"]![0]!["name"] = Region;
        foreach (JsonNode? region in document["regions"]!.AsArray())
        {
            JsonObject concentration = region!["concentration"]!.AsObject();
            concentration[Species] = concentration["Na"]!.DeepClone();
            _ = concentration.Remove("Na");
        }

        string configuration = browser.Scratch.Write($"hostile{options.Length}.json", document.ToJsonString()), file = Path.ChangeExtension(configuration, ".h5");
        ProcessResult run = Npgpu.Run(browser.Scratch, ["run", configuration, "--quiet", "-o", file]);
        Assert.True(run.ExitCode == 0, run.ToString());

        await using OpenPage page = await browser.Report([file], options);
        page.NeedQuiet();
        Assert.True(await page.Page.EvaluateAsync<bool>("window.hacked === undefined"));
        Assert.Equal(0, await page.Page.Locator("body img, body a[href^='http'], main b").CountAsync());
        Assert.Equal(Title, await page.Page.Locator("h1").TextContentAsync());
        Assert.Contains(Species, await page.Page.Locator("pre").TextContentAsync() is { } text ? System.Text.RegularExpressions.Regex.Unescape(text) : "", StringComparison.Ordinal);
        if (options.Length == 0)
        {
            string legend = await page.Page.Locator("[data-role=profiles] .legendtext").First.TextContentAsync() ?? "";
            Assert.Equal(Species, legend.Replace("\u200b", "", StringComparison.Ordinal));
        }
        else
        {
            Assert.Contains(Species, await page.Page.Locator("main").TextContentAsync(), StringComparison.Ordinal);
        }
    }
}
