using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary><c>sweep</c> and <c>status</c> as a black box: what they print, what they refuse, and with which exit code.</summary>
public class SweepCommandTests
{
    [Fact]
    public void Its_json_says_what_was_computed()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(3, 2));
        JsonElement json = SweepRun.Done(scratch, "a.json", "out/a.h5");
        Assert.Equal("done", json.GetProperty("outcome").GetString());
        Assert.Equal("steady", json.GetProperty("mode").GetString());
        Assert.Equal("a.json", json.GetProperty("configuration").GetString());
        Assert.Equal("out/a.h5", json.GetProperty("files")[0].GetString());
        Assert.Equal("0/1", json.GetProperty("shard").GetString());
        Assert.Equal((6, 6, 0, 0, 6), (json.Number("points"), json.Number("done"), json.Number("failed"), json.Number("missing"), json.Number("computed")));
        JsonElement axis = json.GetProperty("axes")[1];
        Assert.Equal(("barrier", "/regions/1/barrier/K", "J/mol", 2), (axis.GetProperty("name").GetString(), axis.GetProperty("path").GetString(), axis.GetProperty("unit").GetString(), axis.Number("values")));
        Assert.Equal(0, json.GetProperty("failures").GetArrayLength());
        Assert.True(json.GetProperty("wallTime").GetDouble() > 0);

        JsonElement status = SweepRun.Status(scratch, "out/a.h5").GetProperty("files")[0];
        Assert.Equal(("out/a.h5", "finished", 6), (status.GetProperty("file").GetString(), status.GetProperty("state").GetString(), status.Number("done")));
        Assert.Equal(JsonValueKind.Null, status.GetProperty("shard").ValueKind);
    }

    [Fact]
    public void Its_table_names_points_values_and_file()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(20, 1));
        ProcessResult result = Npgpu.Run(scratch, "sweep", "a.json", "-o", "a.h5");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("20 of 20 points done, 0 failed", result.Output, StringComparison.Ordinal);
        Assert.Contains("15 of 20 points", result.Output, StringComparison.Ordinal);
        Assert.Contains("wrote a.h5", result.Output, StringComparison.Ordinal);
        Assert.Contains("20 points: v (20), barrier (1), each with each", result.Error, StringComparison.Ordinal);

        ProcessResult table = Npgpu.Run(scratch, "status", "a.h5", "--table");
        string[] lines = table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(21, lines.Length);
        Assert.StartsWith("point\tv [V]\tbarrier [J/mol]\tstatus\tmembrane_potential [V]\tcurrent_density [A/m^2]", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("0\t-0.12\t40000\tdone\t-0.12", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_prints_nothing_when_all_is_well()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(2, 2));
        ProcessResult result = Npgpu.Run(scratch, "sweep", "a.json", "--quiet");
        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.True(File.Exists(scratch.PathOf("results/a.h5")));
    }

    [Fact]
    public void An_existing_output_is_refused_without_force_or_resume()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(2, 2));
        _ = scratch.Write("b.json", SweepDocuments.Steady(2, 3));
        _ = SweepRun.Done(scratch, "a.json", "a.h5");
        byte[] before = File.ReadAllBytes(scratch.PathOf("a.h5"));
        JsonElement refused = SweepRun.Ends(5, scratch, "b.json", "a.h5");
        Assert.Equal("refused", refused.GetProperty("outcome").GetString());
        string error = refused.GetProperty("errors")[0].GetString()!;
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.Contains("--resume", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(scratch.PathOf("a.h5")));

        Assert.Equal(0, SweepRun.Done(scratch, "a.json", "a.h5", "--resume").Number("computed"));
        Assert.Equal(6, SweepRun.Done(scratch, "b.json", "a.h5", "--force").Number("computed"));

        // What was left unfinished is not thrown away either.
        File.Move(scratch.PathOf("a.h5"), scratch.PathOf("a.h5.part"));
        _ = SweepRun.Ends(5, scratch, "b.json", "a.h5");
        Assert.Equal(0, SweepRun.Done(scratch, "b.json", "a.h5", "--resume").Number("computed"));
    }

    [Theory]
    [InlineData("--force", "--resume", "give one of them")]
    [InlineData("--force", "--retry-failed", "goes with --resume")]
    [InlineData("--on-failure", "ignore", "'ignore'")]
    public void Options_that_contradict_each_other_are_refused(string first, string second, string message)
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.Steady(2, 2));
        ProcessResult result = Npgpu.Run(scratch, "sweep", "a.json", first, second);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(message, result.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_configuration_without_a_sweep_is_for_run_and_one_with_a_sweep_is_not()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("run.json", Configurations.Valid);
        _ = scratch.Write("sweep.json", SweepDocuments.Steady(2, 2));
        foreach ((string command, string file, string other) in new[] { ("sweep", "run.json", "npgpu run"), ("run", "sweep.json", "npgpu sweep") })
        {
            ProcessResult result = Npgpu.Run(scratch, command, file);
            Assert.True(result.ExitCode == 3, result.ToString());
            Assert.StartsWith(file + ":", result.Error, StringComparison.Ordinal);
            Assert.Contains(other, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_point_that_is_no_configuration_is_told_before_anything_is_computed()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.At([-70, -60], [45]).Replace("-60 mV", "-60 mM", StringComparison.Ordinal));
        ProcessResult result = Npgpu.Run(scratch, "sweep", "a.json", "-o", "a.h5");
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("-60 mM", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.PathOf("a.h5.part")));
    }

    [Fact]
    public void Status_of_what_is_not_there_or_no_file_of_ours_is_refused()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("text.h5", "no HDF5");
        foreach (string name in new[] { "absent.h5", "text.h5" })
        {
            ProcessResult result = Npgpu.Run(scratch, "status", name);
            Assert.True(result.ExitCode == 5, result.ToString());
            Assert.Contains(name, result.Error, StringComparison.Ordinal);
        }
    }
}
