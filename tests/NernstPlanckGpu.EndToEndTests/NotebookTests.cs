using System.Text.RegularExpressions;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>docs/notebook.md, cell by cell: its runs, its code with its assertions, and its figures.</summary>
public partial class NotebookTests
{
    /// <summary>What the document leaves to the reader's session: no window, and from here on no warning is let pass.</summary>
    private const string Prelude = """
        import warnings
        import h5netcdf, matplotlib, matplotlib.mathtext, netCDF4, pandas, scipy.interpolate, xarray
        matplotlib.use("Agg")
        import matplotlib.pyplot
        warnings.simplefilter("error")

        """;

    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "notebook.md")).ReplaceLineEndings("\n");

    [SkippableFact]
    public void Its_runs_cells_and_figures_are_as_it_says()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a Unix shell");
        Tool.NeedPython("h5netcdf", "netCDF4", "scipy", "pandas", "xarray", "matplotlib");
        using var scratch = new Scratch();
        _ = File.CreateSymbolicLink(scratch.PathOf("configs"), Path.Combine(Repository.Root, "configs"));
        string[] runs = [.. Shell().Matches(Document).Where(block => !block.Groups["not"].Success).Select(block => block.Groups["text"].Value)];
        Assert.Single(runs);
        ProcessResult made = Npgpu.Shell(scratch, $"set -e\n{runs[0]}");
        Assert.True(made.ExitCode == 0, made.ToString());

        string[] cells = [.. Python().Matches(Document).Select(block => block.Groups["text"].Value)];
        Assert.True(cells.Length > 10, "cells were lost");
        string script = scratch.Write("notebook.py", Prelude + string.Concat(cells));
        ProcessResult read = Npgpu.Finish(Npgpu.StartProcess(scratch.Folder, [Tool.Python, script]));
        Assert.True(read.ExitCode == 0, read.ToString());

        string[] shown = [.. Picture().Matches(Document).Select(picture => picture.Groups["name"].Value)];
        string[] saved = [.. Saved().Matches(Document).Select(picture => picture.Groups["name"].Value)];
        Assert.Equal(shown, saved);
        Assert.NotEmpty(saved);
        Assert.All(saved, name => AssertDrawn(scratch.PathOf($"results/{name}.png")));
        Assert.All(shown, name => AssertDrawn(Path.Combine(Repository.Root, "docs", "notebook", name + ".png")));
    }

    [Fact]
    public void Every_part_asserts_a_number()
    {
        string[] parts = Document.Split("\n## ")[3..]; // behind the title, how the files are made, and how they are opened
        Assert.Empty(parts.Where(part => !part.Contains("\nassert ", StringComparison.Ordinal) && !part.Contains("    assert ", StringComparison.Ordinal)).Select(part => part.Split('\n')[0]));
    }

    /// <summary>A PNG of a figure's size, and not of one colour: that would be packed into far fewer bytes.</summary>
    private static void AssertDrawn(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        int width = (bytes[18] << 8) + bytes[19], height = (bytes[22] << 8) + bytes[23];
        Assert.InRange(width, 500, 1000);
        Assert.InRange(height, 400, 800);
        Assert.True(bytes.Length > 10_000, $"{path} has only {bytes.Length} bytes");
    }

    [GeneratedRegex(@"(?<not><!-- not run: [^\n]+ -->\n+)?^```sh\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Shell();

    [GeneratedRegex(@"^```python\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Python();

    [GeneratedRegex(@"!\[[^\]]+\]\(notebook/(?<name>[a-z]+)\.png\)")]
    private static partial Regex Picture();

    [GeneratedRegex("""savefig\("results/(?<name>[a-z]+)\.png""")]
    private static partial Regex Saved();
}
