using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>A wrong command line: exit code 2, one line that names the word and what fits, nothing on standard output.</summary>
public class UsageTests
{
    [Theory]
    [InlineData("", "which command?")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("run", "CONFIG")]
    [InlineData("run a.json b.json", "b.json")]
    [InlineData("run a.json --bogus", "--bogus")]
    [InlineData("run a.json --engine gpu", "auto, cpu, cuda, opencl, simulator")]
    [InlineData("run a.json --precision float", "double, mixed")]
    [InlineData("run a.json --precision mixed", "not in this version")]
    [InlineData("run a.json --threads 0", "at least 1")]
    [InlineData("run a.json --threads two", "at least 1")]
    [InlineData("run a.json --set", "--set")]
    [InlineData("run a.json --set length=3", "/json/pointer=value")]
    [InlineData("run a.json --set /time/end", "/json/pointer=value")]
    [InlineData("run a.json -o", "-o")]
    [InlineData("run a.json --lane 1024", "auto, scalar, 256, 512")]
    [InlineData("validate", "CONFIG")]
    [InlineData("validate a.json --force", "--force")]
    [InlineData("devices now", "now")]
    [InlineData("ions --table", "--table")]
    [InlineData("schema --json", "--json")]
    [InlineData("init --template cell", "membrane")]
    public void A_wrong_command_line_is_refused_on_standard_error(string arguments, string expected)
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Empty(result.Output);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("npgpu", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 3);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Theory]
    [InlineData("--help", "Usage:")]
    [InlineData("run --help", "--output")]
    [InlineData("validate -h", "--set")]
    [InlineData("--version", ".")]
    public void Help_and_version_are_data(string arguments, string expected)
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, arguments.Split(' '));
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--lane", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("opencl")]
    [InlineData("simulator")]
    public void A_named_gpu_engine_is_refused_and_never_replaced(string engine)
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Configurations.Valid);
        ProcessResult result = Npgpu.Run(scratch, "run", "a.json", "--engine", engine);
        Assert.True(result.ExitCode == 6, result.ToString());
        Assert.Empty(result.Output);
        Assert.Contains($"--engine {engine}", result.Error, StringComparison.Ordinal);
        Assert.Contains("--engine cpu", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.PathOf("results")));
    }
}
