using System.Text.Json;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;

namespace NernstPlanckGpu.BrowserTests;

/// <summary>The command line of <c>npgpu report</c>; none of these needs a browser.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Page_lies_beside_the_file_and_is_not_replaced_unasked()
    {
        Write("run.h5");
        ProcessResult first = Report("run.h5", "--json");
        Assert.True(first.ExitCode == 0, first.ToString());
        JsonElement json = JsonDocument.Parse(first.Output).RootElement;
        Assert.Equal("run.html", json.GetProperty("files")[0].GetString());
        Assert.Equal(new FileInfo(scratch.PathOf("run.html")).Length, json.GetProperty("bytes").GetInt64());
        Assert.Empty(json.GetProperty("leftOut").EnumerateArray());

        File.WriteAllText(scratch.PathOf("run.html"), "mine");
        ProcessResult second = Report("run.h5");
        Assert.Equal(5, second.ExitCode);
        Assert.Contains("--force", second.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(scratch.PathOf("run.html")));
        Assert.Equal(0, Report("run.h5", "--force", "--quiet").ExitCode);
        Assert.NotEqual("mine", File.ReadAllText(scratch.PathOf("run.html")));
    }

    [Theory]
    [InlineData("missing", "there is no")]
    [InlineData("truncated", "truncated")]
    [InlineData("foreign", "no HDF5 file|file signature not found")]
    [InlineData("folder", "folder")]
    public void What_is_no_result_is_refused_with_the_reason_and_nothing_is_written(string kind, string reason)
    {
        Write("good.h5");
        string bad = scratch.PathOf("bad.h5");
        if (kind == "truncated")
            File.WriteAllBytes(bad, File.ReadAllBytes(scratch.PathOf("good.h5"))[..^5000]);
        else if (kind == "foreign")
            File.WriteAllText(bad, "# not HDF5\n" + new string('x', 5000));
        else if (kind == "folder")
            _ = Directory.CreateDirectory(bad);
        ProcessResult result = Report("good.h5", "bad.h5", "-o", "page.html");
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("bad.h5", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason.Split('|'), one => result.Error.Contains(one, StringComparison.Ordinal));
        Assert.False(File.Exists(scratch.PathOf("page.html")));
        Assert.DoesNotContain(Directory.EnumerateFiles(scratch.Folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void An_hdf5_file_of_another_program_is_refused()
    {
        Tool.NeedPython("h5py");
        _ = Tool.RunPython("import sys, h5py; h5py.File(sys.argv[1], 'w')['x'] = [1.0, 2.0]", scratch.PathOf("other.h5"));
        ProcessResult result = Report("other.h5");
        Assert.Equal(5, result.ExitCode);
        Assert.Contains("none that npgpu run or npgpu sweep wrote", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.PathOf("other.html")));
    }

    [Fact]
    public void Damage_inside_a_file_is_told()
    {
        Write("run.h5");
        string path = scratch.PathOf("run.h5");
        byte[] bytes = File.ReadAllBytes(path);
        for (int i = bytes.Length / 4; i < bytes.Length - 100; i++)
            bytes[i] = (byte)(i * 31);
        File.WriteAllBytes(path, bytes);
        ProcessResult result = Report("run.h5");
        Assert.Equal(5, result.ExitCode);
        Assert.False(File.Exists(scratch.PathOf("run.html")));
    }

    [Fact]
    public void Unfinished_run_is_shown_as_far_as_it_goes()
    {
        SyntheticRun run = new(31, 2, 5);
        using RunFileWriter writer = RunFileWriter.Create(scratch.PathOf("run.h5"), run.Announced(), new Provenance { CommandLine = "synthetic" });
        for (int i = 0; i < 3; i++)
            writer.Snapshot(run.SnapshotAt(i));
        ProcessResult result = Report("run.h5", "--json");
        Assert.True(result.ExitCode == 0, result.ToString());
        JsonElement page = Payload(scratch.PathOf("run.html")).GetProperty("files")[0];
        Assert.Equal("running", page.GetProperty("outcome").GetString());
        Assert.Equal(3, page.GetProperty("snapshots").GetInt32());
        Assert.False(page.GetProperty("finished").GetBoolean());
    }

    [Fact]
    public void A_run_without_snapshots_has_a_page()
    {
        SyntheticRun run = new(31, 2, 5);
        RunFileWriter.Create(scratch.PathOf("run.h5"), run.Announced(), new Provenance { CommandLine = "synthetic" }).Dispose();
        Assert.Equal(0, Report("run.h5").ExitCode);
    }

    [Theory]
    [InlineData("--limit", "20 potatoes")]
    [InlineData("--limit", "10kB")]
    public void A_limit_that_cannot_be_kept_is_a_usage_error(params string[] options)
    {
        Write("run.h5");
        ProcessResult result = Report(["run.h5", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("limit", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.PathOf("run.html")));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(450)]
    [InlineData(3000)]
    public void Page_stays_below_its_limit_and_says_what_is_left_out(int kilobytes)
    {
        SyntheticRun run = new(300, 3, 60);
        run.WriteTo(scratch.PathOf("run.h5"));
        ProcessResult result = Report("run.h5", "--no-plots", "--json", "--limit", $"{kilobytes}kB");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.True(new FileInfo(scratch.PathOf("run.html")).Length <= kilobytes * 1000);
        string[] said = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("leftOut").EnumerateArray().Select(one => one.GetProperty("sentence").GetString()!)];
        string[] onPage = [.. Payload(scratch.PathOf("run.html")).GetProperty("files")[0].GetProperty("leftOut").EnumerateArray().Select(one => one.GetString()!)];
        Assert.Equal(said, onPage);
        Assert.Equal(kilobytes < 3000, said.Length > 0);
    }

    private static JsonElement Payload(string page)
    {
        string text = File.ReadAllText(page);
        const string Start = "id=\"payload\">";
        int from = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        return JsonDocument.Parse(text[from..text.IndexOf("</script>", from, StringComparison.Ordinal)].Trim()).RootElement;
    }

    private void Write(string name) => new SyntheticRun(31, 2, 5).WriteTo(scratch.PathOf(name));

    private ProcessResult Report(params string[] arguments) => Npgpu.Run(scratch, ["report", .. arguments]);
}
