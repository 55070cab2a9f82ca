using System.Diagnostics;
using System.Text.Json;
using NernstPlanckGpu.BrowserTests.Support;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.BrowserTests;

/// <summary>A sweep of 1 GB: a page below 20 MB that opens, made with little memory.</summary>
[Collection(SharedBrowser.Name)]
public class LargeSweepTests(BrowserFixture browser)
{
    private const long MostMemory = 600_000_000;

    [SkippableFact]
    public async Task A_gigabyte_gives_a_page_below_twenty_megabytes()
    {
        LongTest.Need();
        string file = browser.Scratch.PathOf("large.h5");
        ToolResult made = Tool.Run(Repository.Dotnet, Tool.SweepWriter(file, 11_000, 1_500, 3, 200, 0));
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.True(new FileInfo(file).Length > 1_000_000_000);

        (ProcessResult result, long memory) = Watched("report", file, "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.True(memory < MostMemory, $"{memory / 1e6:0} MB");
        JsonElement json = JsonDocument.Parse(result.Output).RootElement;
        Assert.InRange(json.GetProperty("bytes").GetInt64(), 1, 20_000_000);
        Assert.Contains(json.GetProperty("leftOut").EnumerateArray(), one => one.GetProperty("sentence").GetString()!.Contains("of 10000 points", StringComparison.Ordinal));

        await using OpenPage page = await browser.Report([file]);
        page.NeedQuiet();
        Assert.Equal("10000", await page.Card("done"));
        Assert.Equal("1000", await page.Card("failed"));
        Assert.True(await page.Page.Locator("[data-role=left-out] li").CountAsync() >= 2);
    }

    private (ProcessResult Result, long Memory) Watched(params string[] arguments)
    {
        Process process = Npgpu.Start(browser.Scratch, arguments);
        long most = 0;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        while (!process.WaitForExit(20))
        {
            process.Refresh();
            try
            {
                most = Math.Max(most, process.WorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break; // It ended in between.
            }
        }

        process.WaitForExit();
        using (process)
            return (new ProcessResult(process.ExitCode, output.Result, error.Result), most);
    }
}
