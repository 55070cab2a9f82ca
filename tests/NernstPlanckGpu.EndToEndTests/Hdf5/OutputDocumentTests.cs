using System.Text.RegularExpressions;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>docs/output.md is true: its examples run, and it names every dataset.</summary>
public sealed partial class OutputDocumentTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string document = File.ReadAllText(Path.Combine(Root(), "docs", "output.md"));

    [SkippableFact]
    public void Its_examples_run()
    {
        Tool.NeedPython("h5py", "xarray", "h5netcdf", "netCDF4");
        string run = folder.File("run.h5");
        new SyntheticRun(43, 3, 7).WriteTo(run);
        File.Copy(run, run + RunFileWriter.PartSuffix);
        string[] examples = [.. PythonBlock().Matches(document).Select(match => match.Groups["code"].Value)];
        Assert.Equal(3, examples.Length);
        foreach (string example in examples)
        {
            Assert.InRange(example.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 5, 10);
            Tool.RunPython(example.Replace("results/resting-membrane.h5", run, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void It_names_every_dataset()
    {
        string run = folder.File("run.h5");
        new SyntheticRun(3, 2, 1).WriteTo(run);
        using RunFile file = RunFile.Open(run);
        foreach (string name in (string[])[.. file.Names("/"), .. file.Names("/provenance")])
            Assert.True(document.Contains($"`{name}`", StringComparison.Ordinal) || document.Contains($"`{name}/", StringComparison.Ordinal), name);
    }

    public void Dispose() => folder.Dispose();

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, "NernstPlanckGpu.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("the tests do not lie in the repository");
    }

    [GeneratedRegex("```python\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex PythonBlock();
}
