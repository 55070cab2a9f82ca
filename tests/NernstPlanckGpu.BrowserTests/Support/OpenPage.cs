using System.Globalization;
using Microsoft.Playwright;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.BrowserTests.Support;

/// <summary>A page in the browser, with all that it complained of and all that it asked the network for.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private const float Patience = 30_000;

    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];
    private readonly List<string> requests = [];

    private OpenPage(IBrowserContext context, IPage page, string path, ProcessResult command)
    {
        (this.context, Page, Path, Command) = (context, page, path, command);
        page.Console += (_, message) => Keep(complaints, message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Keep(complaints, true, error);
        page.Request += (_, request) => Keep(requests, !request.Url.StartsWith("file:", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal), request.Url);
    }

    public IPage Page { get; }

    public string Path { get; }

    /// <summary>What the command said that made it.</summary>
    public ProcessResult Command { get; }

    public static async Task<OpenPage> Open(IBrowser browser, string path, ProcessResult command)
    {
        IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var open = new OpenPage(context, await context.NewPageAsync(), path, command);
        open.Page.SetDefaultTimeout(Patience);
        _ = await open.Page.GotoAsync(new Uri(path).AbsoluteUri);
        await open.Drawn();
        return open;
    }

    /// <summary>Waits until all that was to be drawn is.</summary>
    public async Task Drawn() => await Page.Locator("html[data-ready]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>The page had nothing to complain of and asked nobody for anything.</summary>
    public void NeedQuiet()
    {
        Assert.Empty(complaints);
        Assert.Empty(requests);
    }

    /// <summary>A number that a script finds.</summary>
    public async Task<double> Number(string script) => (await Page.EvaluateAsync<double?>(script)) ?? double.NaN;

    /// <summary>Numbers that a script finds.</summary>
    public async Task<double[]> Numbers(string script) =>
        [.. (await Page.EvaluateAsync<string>($"JSON.stringify(Array.from({script}))")).Trim('[', ']').Split(',').Select(text => text == "null" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>The text of a card.</summary>
    public async Task<string> Card(string label) => await Page.Locator(".card", new() { Has = Page.GetByText(label, new() { Exact = true }) }).Locator(".value").InnerTextAsync();

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static void Keep(List<string> list, bool keep, string text)
    {
        lock (list)
        {
            if (keep)
                list.Add(text);
        }
    }
}
