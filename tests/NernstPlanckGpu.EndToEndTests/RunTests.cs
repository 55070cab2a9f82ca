using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>What a run says, where it says it, and what it writes.</summary>
public class RunTests
{
    [Fact]
    public void The_result_goes_to_standard_output_and_the_rest_to_standard_error()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("cell.json", Configurations.Valid);
        ProcessResult result = Npgpu.Run(scratch, "run", "cell.json");
        Assert.True(result.ExitCode == 0, result.ToString());
        foreach (string expected in new[] { "membranePotential", "currentDensity", "theory", "certificate", "results/cell.h5" })
            Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        foreach (string expected in new[] { "Test", "cells, to 1 ns", "engine", "integrator" })
            Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(scratch.PathOf("results/cell.h5")));
        Assert.False(File.Exists(scratch.PathOf("results/cell.h5.part")));
    }

    [Fact]
    public void Json_is_one_object_with_the_result()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("cell.json", Configurations.Valid);
        ProcessResult result = Npgpu.Run(scratch, "run", "cell.json", "--json", "-o", "out.h5");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Output);
        JsonElement root = json.RootElement;
        Assert.Equal("done", root.GetProperty("outcome").GetString());
        Assert.Equal("transient", root.GetProperty("mode").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("detail").ValueKind);
        Assert.False(root.GetProperty("result").TryGetProperty("curve", out _));
        Assert.Equal("out.h5", root.GetProperty("files")[0].GetString());
        Assert.Equal(-0.07, root.GetProperty("result").GetProperty("membranePotential").GetDouble(), 1e-9);
        Assert.True(double.IsFinite(root.GetProperty("result").GetProperty("currentDensity").GetDouble()));
        Assert.True(double.IsFinite(root.GetProperty("theory").GetProperty("ghk").GetDouble()));
        Assert.True(root.GetProperty("certificateHolds").GetBoolean());
        Assert.NotEmpty(root.GetProperty("certificate").EnumerateObject());
        foreach (string count in new[] { "steps", "evaluations", "wallTime" })
            Assert.True(root.GetProperty(count).GetDouble() > 0, count);
        foreach (string text in new[] { "engine", "integrator" })
            Assert.NotEmpty(root.GetProperty(text).GetString()!);
        Assert.Equal(JsonValueKind.Array, root.GetProperty("remarks").ValueKind);
    }

    [Fact]
    public void Json_tells_of_a_refusal_too()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("wrong.json", Configurations.Replace("\"length\": \"5 nm\"", "\"length\": \"-5 nm\""));
        ProcessResult result = Npgpu.Run(scratch, "run", "wrong.json", "--json");
        Assert.Equal(3, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(3, json.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Contains("/regions/0/length", json.RootElement.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_is_silent()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("cell.json", Configurations.Valid);
        ProcessResult result = Npgpu.Run(scratch, "run", "cell.json", "--quiet");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Empty(result.Output);
        Assert.Empty(result.Error);
        Assert.True(File.Exists(scratch.PathOf("results/cell.h5")));
    }

    [Fact]
    public void Set_overrides_a_value()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("cell.json", Configurations.Valid);
        ProcessResult result = Npgpu.Run(
            scratch,
            ["run", "cell.json", "--json", "--quiet", "--set", "/boundaries/left/electric/potential=-50 mV", "--set", "/title=Other"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(-0.05, json.RootElement.GetProperty("result").GetProperty("membranePotential").GetDouble(), 1e-9);
        Assert.Equal("Other", json.RootElement.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("scalar")]
    [InlineData("256")]
    public void A_lane_can_be_named(string lane)
    {
        using var scratch = new Scratch();
        _ = scratch.Write("cell.json", Configurations.Valid);
        ProcessResult result = Npgpu.Run(scratch, "run", "cell.json", "--json", "--lane", lane, "--threads", "1");
        Assert.True(result.ExitCode is 0 or 6, result.ToString());
    }

    [Fact]
    public void A_run_starts_from_an_earlier_one_by_species_name()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("first.json", Configurations.Valid);
        const string Regions = "\"initial\": \"regions\"";
        _ = scratch.Write("deeper/next.json", Configurations.Replace(Regions, "\"initial\": { \"file\": \"../first.h5\" }"));
        _ = scratch.Write("wrong.json", Configurations.Replace(Regions, "\"initial\": { \"file\": \"first.h5\" }")
            .Replace("{ \"name\": \"A\"", "{ \"name\": \"B\"", StringComparison.Ordinal)
            .Replace("\"A\"", "\"B\"", StringComparison.Ordinal));
        Assert.Equal(0, Npgpu.Run(scratch, "run", "first.json", "-o", "first.h5").ExitCode);
        ProcessResult next = Npgpu.Run(scratch, "run", "deeper/next.json");
        Assert.True(next.ExitCode == 0, next.ToString());

        ProcessResult wrong = Npgpu.Run(scratch, "run", "wrong.json");
        Assert.True(wrong.ExitCode == 3, wrong.ToString());
        Assert.Contains("/initial/file", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("species B", wrong.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("NO_COLOR=1", false)]
    [InlineData("-u NO_COLOR", true)]
    public void A_terminal_gets_a_bar_and_NO_COLOR_is_honoured(string noColor, bool colours)
    {
        using var scratch = new Scratch();
        ProcessResult terminal = Npgpu.Shell(scratch, "command -v script && script --version");
        Skip.IfNot(terminal.ExitCode == 0, "needs util-linux's script for a terminal");
        _ = scratch.Write("a.json", Configurations.Long);
        string environment = $"env {noColor} TERM=xterm-256color timeout --foreground -s INT 3";
        _ = scratch.Write("go.sh", $"{environment} '{Repository.Dotnet}' '{Repository.Program}' run a.json\n");
        ProcessResult result = Npgpu.Shell(scratch, "script -qec 'bash go.sh' typescript </dev/null");
        string screen = File.ReadAllText(scratch.PathOf("typescript"));
        string[] shown = [" %", "time", "speed", "steps", "left"];
        Assert.All(shown, word => Assert.Contains(word, screen, StringComparison.Ordinal));
        Assert.True(screen.IndexOfAny(['\u2500', '\u2501']) >= 0, result + screen); // a bar, empty or filled
        Assert.Equal(colours, System.Text.RegularExpressions.Regex.IsMatch(screen, "\u001b\\[[0-9;]*3[0-9][0-9;]*m"));
    }

    [Fact]
    public void A_log_gets_milestones_without_control_characters()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Configurations.Long);
        ProcessResult result = Npgpu.Shell(scratch, $"timeout -s INT 13 '{Repository.Dotnet}' '{Repository.Program}' run a.json");
        Assert.Contains(" %  t = ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.DoesNotContain('\r', result.Error);
    }
}
