using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary><c>npgpu verify</c> as a user meets it. That a wrong row makes exit code 4 is shown in the unit tests, which can plant one.</summary>
public class VerifyTests
{
    [Fact]
    public void Verify_prints_a_table_that_holds()
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, "verify", "--engine", "cpu", "--threads", "1");
        Assert.True(result.ExitCode == 0, result.ToString());
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches("^name +expected +got +error +limit +order +time +ok$", lines[0].TrimEnd());
        Assert.Matches(@"^\d+ rows, 0 failed$", lines[^1].TrimEnd());
        Assert.Equal(lines.Length - 2, int.Parse(lines[^1].Split(' ')[0]));
        Assert.Contains("1 thread ", result.Error, StringComparison.Ordinal);
        Assert.Contains("asked for", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void Verify_speaks_json_and_writes_the_same_to_a_file_that_it_does_not_replace()
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, "verify", "--json", "-o", "tables/verify.json");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(result.Output, File.ReadAllText(scratch.PathOf("tables/verify.json")));
        using var json = JsonDocument.Parse(result.Output);
        JsonElement root = json.RootElement, rows = root.GetProperty("rows");
        Assert.Equal("verified", root.GetProperty("outcome").GetString());
        Assert.Equal(0, root.GetProperty("failedCount").GetInt32());
        Assert.Equal(rows.GetArrayLength(), root.GetProperty("rowCount").GetInt32());
        Assert.StartsWith("CPU", root.GetProperty("engine").GetString(), StringComparison.Ordinal);
        Assert.Equal("tables/verify.json", root.GetProperty("files")[0].GetString());
        foreach (JsonElement row in rows.EnumerateArray())
        {
            Assert.True(row.GetProperty("holds").GetBoolean(), row.ToString());
            Assert.True(row.GetProperty("error").GetDouble() <= row.GetProperty("limit").GetDouble());
            Assert.NotEmpty(row.GetProperty("source").GetString()!);
        }

        string written = File.ReadAllText(scratch.PathOf("tables/verify.json"));
        ProcessResult refused = Npgpu.Run(scratch, "verify", "-o", "tables/verify.json");
        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
        Assert.Equal(written, File.ReadAllText(scratch.PathOf("tables/verify.json")));
        Assert.Equal(0, Npgpu.Run(scratch, "verify", "--quiet", "--force", "-o", "tables/verify.json").ExitCode);
        Assert.NotEqual(written, File.ReadAllText(scratch.PathOf("tables/verify.json")));
    }

    [Theory]
    [InlineData(6, "verify", "--engine", "cuda")]
    [InlineData(2, "verify", "--threads", "0")]
    [InlineData(2, "verify", "CONFIG")]
    public void Verify_refuses_what_it_cannot_do(int exitCode, params string[] arguments)
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, arguments);
        Assert.True(result.ExitCode == exitCode, result.ToString());
        Assert.Empty(result.Output);
    }
}
