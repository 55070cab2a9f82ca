using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>The commands beside <c>run</c>.</summary>
public class CommandTests
{
    [Theory]
    [InlineData("membrane")]
    [InlineData("electrodes")]
    [InlineData("junction")]
    [InlineData("neuron")]
    public void Init_writes_a_configuration_that_reads_and_runs(string template)
    {
        using var scratch = new Scratch();
        ProcessResult written = Npgpu.Run(scratch, "init", "--template", template, "start.json");
        Assert.True(written.ExitCode == 0, written.ToString());
        Assert.Contains("//", File.ReadAllText(scratch.PathOf("start.json")), StringComparison.Ordinal);
        ProcessResult validated = Npgpu.Run(scratch, "validate", "start.json");
        Assert.True(validated.ExitCode == 0, validated.ToString());
        ProcessResult run = Npgpu.Run(scratch, "run", "start.json", "--set", "/time/end=1 ns");
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    [Fact]
    public void Init_keeps_an_existing_file()
    {
        using var scratch = new Scratch();
        string path = scratch.Write("membrane.json", "mine");
        ProcessResult refused = Npgpu.Run(scratch, "init");
        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("membrane.json", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Equal(0, Npgpu.Run(scratch, "init", "--force").ExitCode);
    }

    [Fact]
    public void Validate_tells_the_cost_and_writes_nothing()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("cell.json", Configurations.Long);
        ProcessResult result = Npgpu.Run(scratch, "validate", "cell.json");
        Assert.True(result.ExitCode == 0, result.ToString());
        foreach (string expected in new[] { "Debye length", "cells", "Euler limit", "steps", "evaluations", "integrator", "membrane", "to 1 s: about " })
            Assert.Contains(expected, result.Output, StringComparison.Ordinal);
        Assert.Empty(Npgpu.Run(scratch, "validate", "cell.json", "--quiet").Output);
        Assert.Equal(["cell.json"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("resting-membrane.json", "10 us")]
    [InlineData("resting-membrane.json", "200 us")]
    [InlineData("bench/memb.json", "1 us")]
    public void Validate_foretells_the_steps_of_a_run(string configuration, string end)
    {
        using var scratch = new Scratch();
        string path = Path.Combine(Repository.Root, "configs", configuration);
        string set = $"/time/end={end}";
        using var estimate = JsonDocument.Parse(Npgpu.Run(scratch, "validate", path, "--json", "--set", set).Output);
        using var run = JsonDocument.Parse(Npgpu.Run(scratch, "run", path, "--json", "-o", "a.h5", "--set", set).Output);
        foreach (string count in new[] { "steps", "evaluations" })
        {
            double ratio = estimate.RootElement.GetProperty(count).GetDouble() / run.RootElement.GetProperty(count).GetDouble();
            Assert.InRange(ratio, 0.5, 2); // what lies beyond the probe is extrapolated
        }
    }

    [Fact]
    public void Validate_speaks_json()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("cell.json", Configurations.Valid);
        ProcessResult result = Npgpu.Run(scratch, "validate", "cell.json", "--json");
        using var json = JsonDocument.Parse(result.Output);
        JsonElement root = json.RootElement;
        Assert.Equal("valid", root.GetProperty("outcome").GetString());
        Assert.Equal("transient", root.GetProperty("mode").GetString());
        Assert.Equal(3, root.GetProperty("regions").GetArrayLength());
        Assert.InRange(root.GetProperty("regions")[0].GetProperty("debyeLength").GetDouble(), 0.5e-9, 1e-9);
        Assert.True(root.GetProperty("eulerStep").GetDouble() > 0);
        Assert.True(root.GetProperty("steps").GetDouble() >= 1);
    }

    [Fact]
    public void Devices_tells_what_computes_and_what_the_build_lacks()
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, "devices");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("CPU engine", result.Output, StringComparison.Ordinal);
        Assert.Contains("scalar", result.Output, StringComparison.Ordinal);
        Assert.Contains("HDF5", result.Output, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(Npgpu.Run(scratch, "devices", "--json").Output);
        JsonElement root = json.RootElement;
        bool ilgpu = root.GetProperty("gpuEngine").GetProperty("ilgpu").GetBoolean();
        Assert.Equal(ilgpu, root.GetProperty("gpuEngine").GetProperty("computes").GetBoolean());
        JsonElement.ArrayEnumerator accelerators = root.GetProperty("accelerators").EnumerateArray();
        Assert.Equal(ilgpu, accelerators.Any(device => device.GetProperty("engine").GetString() == "simulator"
            && device.GetProperty("formulaDifference").GetDouble() <= 1e-14));
        Assert.Equal(ilgpu, result.Output.Contains("formulas agree with the CPU to ", StringComparison.Ordinal));
        foreach (JsonElement package in root.GetProperty("builtWithout").EnumerateArray())
        {
            Assert.NotEmpty(package.GetProperty("reason").GetString()!);
            Assert.Contains("./run.sh setup", package.GetProperty("remedy").GetString(), StringComparison.Ordinal);
            Assert.Contains(package.GetProperty("package").GetString()!, result.Output, StringComparison.Ordinal);
        }

        Assert.Matches(@"^\d+\.\d+", root.GetProperty("hdf5").GetProperty("version").GetString());
    }

    [Fact]
    public void Ions_are_a_table_and_json()
    {
        using var scratch = new Scratch();
        ProcessResult table = Npgpu.Run(scratch, "ions");
        Assert.True(table.ExitCode == 0, table.ToString());
        using var json = JsonDocument.Parse(Npgpu.Run(scratch, "ions", "--json").Output);
        JsonElement potassium = json.RootElement.GetProperty("ions").EnumerateArray()
            .Single(ion => ion.GetProperty("name").GetString() == "K");
        Assert.Equal(1, potassium.GetProperty("valence").GetDouble());
        Assert.Equal(1.957e-9, potassium.GetProperty("diffusivity").GetDouble(), 1e-13);
        Assert.NotEmpty(potassium.GetProperty("source").GetString()!);
        foreach (JsonElement ion in json.RootElement.GetProperty("ions").EnumerateArray())
            Assert.Contains(ion.GetProperty("name").GetString()!, table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_is_the_one_in_configs()
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, "schema");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var schema = JsonDocument.Parse(result.Output);
        Assert.Contains("draft-07", schema.RootElement.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "configs", "config.schema.json")), result.Output);
    }

    [SkippableFact]
    public void Every_configuration_in_the_repository_is_valid()
    {
        LongTest.Need();
        using var scratch = new Scratch();
        foreach (string path in Directory.EnumerateFiles(Path.Combine(Repository.Root, "configs"), "*.json", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(path) == "config.schema.json")
                continue;
            ProcessResult result = Npgpu.Run(scratch, "validate", path);
            Assert.True(result.ExitCode == 0, path + result);
        }
    }
}
