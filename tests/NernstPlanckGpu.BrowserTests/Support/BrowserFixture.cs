using Microsoft.Playwright;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.BrowserTests.Support;

/// <summary>The system's Chromium, without a window, and a folder with the files that the tests show; both for all tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime, IDisposable
{
    /// <summary>No network, no first-run pages: what a test sees of requests is the page's own.</summary>
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly Scratch scratch = new();
    private readonly Dictionary<string, string> made = [];
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The browser; null where the system has none.</summary>
    internal static string? Executable { get; } = Environment.GetEnvironmentVariable("NPGPU_CHROMIUM") is { Length: > 0 } named ? named : Array.Find(Places, File.Exists);

    /// <summary>Folder of the files.</summary>
    internal Scratch Scratch => scratch;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Executable is null)
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => scratch.Dispose();

    /// <summary>Skips a test where there is no browser.</summary>
    internal static void NeedBrowser() => Skip.If(Executable is null, $"there is no Chromium (looked for {string.Join(", ", Places)}, and NPGPU_CHROMIUM)");

    /// <summary>The results of a configuration of the repository, computed once.</summary>
    /// <param name="command">run or sweep.</param>
    /// <param name="configuration">Path below <c>configs</c>, without its extension.</param>
    /// <param name="options">More of the command line.</param>
    internal string Results(string command, string configuration, params string[] options)
    {
        string key = string.Join(' ', [command, configuration, .. options]);
        lock (made)
        {
            if (made.TryGetValue(key, out string? path))
                return path;
            path = scratch.PathOf($"{Path.GetFileName(configuration)}-{made.Count}.h5");
            ProcessResult result = Npgpu.Run(scratch, [command, Path.Combine(Repository.Root, "configs", configuration + ".json"), "--quiet", "-o", path, .. options]);
            Assert.True(result.ExitCode == 0, result.ToString());
            return made[key] = path;
        }
    }

    /// <summary>The page of some files, opened.</summary>
    /// <param name="files">Files.</param>
    /// <param name="options">More of the command line.</param>
    internal async Task<OpenPage> Report(IReadOnlyList<string> files, params string[] options)
    {
        NeedBrowser();
        string page = scratch.PathOf($"{Guid.NewGuid():N}.html");
        ProcessResult result = Npgpu.Run(scratch, ["report", .. files, "-o", page, .. options]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return await OpenPage.Open(browser!, page, result);
    }
}

/// <summary>The tests of the page share one browser and the results.</summary>
[CollectionDefinition(Name)]
public sealed class SharedBrowser : ICollectionFixture<BrowserFixture>
{
    internal const string Name = "browser";
}
