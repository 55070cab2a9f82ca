using System.Text.Json;
using System.Text.RegularExpressions;
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
    [InlineData("run a.json --threads 0", "at least 1")]
    [InlineData("run a.json --threads two", "at least 1")]
    [InlineData("run a.json --device 7", "--engine cuda")]
    [InlineData("run a.json --engine cpu --device 0", "--engine cuda")]
    [InlineData("run a.json --engine cuda --device -1", "whole number from 0")]
    [InlineData("resume a.h5 --device 1", "--engine cuda")]
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

    // What the machine or the build does not have is exit code 6, and leaves nothing either.
    [Theory]
    [InlineData("run a.json --precision mixed")]
    [InlineData("run a.json --engine cpu --precision mixed")]
    [InlineData("sweep a.json --engine cpu --precision mixed")]
    [InlineData("validate a.json --precision mixed")]
    public void Mixed_precision_is_refused_on_the_cpu(string arguments)
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, arguments.Split(' '));
        Assert.True(result.ExitCode == 6, result.ToString());
        Assert.Empty(result.Output);
        Assert.StartsWith("npgpu: --precision mixed is for devices", result.Error, StringComparison.Ordinal);
        Assert.Contains("--precision double", result.Error, StringComparison.Ordinal);
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
    [InlineData("run", "cuda")]
    [InlineData("run", "opencl")]
    [InlineData("run", "simulator")]
    [InlineData("validate", "cuda")]
    [InlineData("sweep", "opencl")]
    [InlineData("verify", "simulator")]
    public void A_device_that_is_not_there_is_refused_with_those_that_are(string command, string engine)
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Configurations.Valid);
        string[] configuration = command == "verify" ? [] : ["a.json"];
        RefusesDevice(scratch, Npgpu.Run(scratch, [command, .. configuration, "--engine", engine, "--device", "99"]), engine);
    }

    [Fact]
    public void A_named_engine_without_a_device_is_refused_and_never_replaced()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Configurations.Valid);
        using var json = JsonDocument.Parse(Npgpu.Run(scratch, "devices", "--json").Output);
        foreach (string engine in new[] { "cuda", "opencl" })
            if (!json.RootElement.GetProperty("accelerators").EnumerateArray().Any(device => device.GetProperty("engine").GetString() == engine))
                RefusesDevice(scratch, Npgpu.Run(scratch, "run", "a.json", "--engine", engine), engine);
    }

    private static void RefusesDevice(Scratch scratch, ProcessResult result, string engine)
    {
        Assert.True(result.ExitCode == 6, result.ToString());
        Assert.Empty(result.Output);
        Assert.Contains($"--engine {engine}", result.Error, StringComparison.Ordinal);
        Assert.Contains("--engine cpu", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.PathOf("results")));
        using var devices = JsonDocument.Parse(Npgpu.Run(scratch, "devices", "--json").Output);
        if (!devices.RootElement.GetProperty("gpuEngine").GetProperty("ilgpu").GetBoolean())
        {
            Assert.Contains("this build has the CPU engine only", result.Error, StringComparison.Ordinal);
            return;
        }

        foreach (JsonElement device in devices.RootElement.GetProperty("accelerators").EnumerateArray())
            Assert.Matches($"(?m)^  {device.GetProperty("engine").GetString()} +{device.GetProperty("device").GetInt32()}: {Regex.Escape(device.GetProperty("name").GetString()!)}", result.Error);
        foreach (JsonProperty none in devices.RootElement.GetProperty("none").EnumerateObject())
            Assert.Matches($"(?m)^  {none.Name} +none: ", result.Error);
    }
}
