using System.Text.RegularExpressions;
using NernstPlanckGpu.Core.Model;
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
        string curve = folder.File("iv.h5");
        new SyntheticRun(43, 3, 7, mode: RunMode.CurrentVoltage).WriteTo(curve);
        SyntheticSweep sweep = new() { Points = 12, Cells = 43, Species = 3, HasWords = true };
        sweep.WriteTo(folder.File("sweep.h5"));
        SweepMerge.Merge(folder.File("merged.h5"), sweep.Layout(), [folder.File("sweep.h5")], SyntheticSweep.Provenance);
        string[] examples = [.. PythonBlock().Matches(document).Select(match => match.Groups["code"].Value)];
        Assert.Equal(7, examples.Length);
        foreach (string example in examples)
        {
            Assert.InRange(example.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 5, 11);
            Tool.RunPython(example
                .Replace("results/resting-membrane.h5", run, StringComparison.Ordinal)
                .Replace("results/iv.h5", curve, StringComparison.Ordinal)
                .Replace("results/sweep.h5", folder.File("sweep.h5"), StringComparison.Ordinal)
                .Replace("results/merged.h5", folder.File("merged.h5"), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(RunMode.Transient)]
    [InlineData(RunMode.CurrentVoltage)]
    [InlineData(RunMode.Impedance)]
    public void It_names_every_dataset(RunMode mode)
    {
        string path = folder.File("run.h5");
        SyntheticRun run = new(3, 2, 1, mode: mode);
        run.WriteTo(path);
        using RunFile file = RunFile.Open(path);
        string group = run.Layout.TraceGroup;
        IEnumerable<string> curves = file.Names(group).Where(name => !name.Contains('_')).Select(name => $"{group}/{name}");
        foreach (string name in (string[])[.. file.Names("/"), .. file.Names("/provenance"), .. mode == RunMode.Transient ? [] : curves])
            Assert.True(document.Contains($"`{name}`", StringComparison.Ordinal) || document.Contains($"`{name}/", StringComparison.Ordinal), name);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_names_every_dataset_of_a_sweep(bool unlike)
    {
        SyntheticSweep sweep = new() { Points = 3, GridDiffers = unlike, PlacesDiffer = unlike };
        sweep.WriteTo(folder.File("sweep.h5"));
        SweepMerge.Merge(folder.File("merged.h5"), sweep.Layout(), [folder.File("sweep.h5")], SyntheticSweep.Provenance);
        using RunFile file = RunFile.Open(folder.File("merged.h5"));
        foreach (string name in (string[])[.. file.Names("/").Except(["left_potential_set"]), .. file.Names("/provenance"), .. unlike ? ["sample"] : Array.Empty<string>()])
            Assert.True(document.Contains($"`{name}`", StringComparison.Ordinal) || document.Contains($"{name}`", StringComparison.Ordinal) || document.Contains($"`{name}/", StringComparison.Ordinal), name);
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
