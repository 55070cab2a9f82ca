using NernstPlanckGpu.EndToEndTests.Checkpoints;
using NernstPlanckGpu.EndToEndTests.Support;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>
/// docs/output.md and real files of every mode, with mechanisms and without, single, swept, merged and saved: what is in a file is in the
/// document, and what its tables name is in a file.
/// </summary>
public sealed class EveryDatasetTests : IDisposable
{
    private const string Electrode = """{ "electric": { "potential": "0 mV" }, "ions": "bath" }""";

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [SkippableFact]
    public void Whatever_a_file_holds_is_in_the_document_and_whatever_the_document_names_is_in_a_file()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix signals");
        Tool.NeedPython("h5py");
        foreach (string name in new[]
        {
            "resting-membrane", "donnan", "charged-membrane", "liquid-junction", "cyclic-voltammetry", "debye-layer", "impedance", "iv-potassium",
            "neuron/donnan-held", "neuron/donnan-swelling", "neuron/pump-leak", "neuron/run-down",
        })
            Run(name, name.Replace('/', '-'));
        Run("neuron/action-potential", "traces", "/time/end=1 ms", """
            /output/traces=["membranePotential", "currentDensity", "ionicCurrentDensity", "speciesCurrentDensity", "displacementCurrentDensity",
            "leftCharge", "leftConcentration", "rightConcentration", "mechanismCurrentDensity", "mechanismFlux", "transported", "permeated", "gates"]
            """);
        Run("neuron/stroke", "reservoirs", """/output/traces=["relativeVolume", "osmolarity", "pumpPower"]""");
        Run("resting-membrane", "refined", """/grid={ "tolerance": "0.5 mV" }""");
        Run("debye-layer", "wall-left", """/boundaries/left/electric={ "surfaceCharge": "0.01 C/m^2" }""");
        Run("debye-layer", "wall-right", $$"""/boundaries={ "left": {{Electrode}}, "right": { "electric": { "surfaceCharge": "0.01 C/m^2" }, "ions": "blocked" } }""");
        Done("run", Config("donnan"), "-o", "certified.h5", "--certify", "grid", "--quiet");
        RunCurveWithMechanisms();
        Sweeps();
        string[] files = Directory.GetFiles(scratch.Folder, "*.h5");
        Assert.True(files.Length >= 20, "files were lost");

        using CheckpointedRun saved = new(CheckpointedRun.Medium);
        Assert.Equal(75, saved.Interrupt("TERM").ExitCode);
        string script = Path.Combine(Repository.Root, "tests", "NernstPlanckGpu.EndToEndTests", "Hdf5", "every_dataset.py");
        ToolResult compared = Tool.Run(Tool.Python, [script, Path.Combine(Repository.Root, "docs", "output.md"), .. files, saved.Part, saved.Checkpoint]);
        Assert.True(compared.ExitCode == 0, compared.Error);
        string[] lines = compared.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(lines[..^1]);
        Assert.True(int.Parse(lines[^1].Split(' ')[0]) > 250, lines[^1]);
    }

    /// <summary>A pump between two electrodes.</summary>
    private void RunCurveWithMechanisms()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "configs", "neuron", "pump-leak.json"))
            .Replace("\"mode\": \"steady\"", """ "mode": "iv", "iv": { "voltages": ["-80 mV", "-70 mV"] } """, StringComparison.Ordinal);
        _ = scratch.Write("curve.json", text);
        Done("run", "curve.json", "-o", "curve.h5", "--set", "/boundaries/left=" + Electrode, "--quiet");
    }

    private void Sweeps()
    {
        string surface = Config("sweeps/iv-surface");
        Done("sweep", surface, "-o", "half.h5", "--shard", "0/2", "--quiet");
        Done("merge", "half.0-of-2.h5", "-o", "merged.h5");
        Done("sweep", surface, "-o", "grids.h5", "--quiet", "--set", """/sweep={ "axes": [ { "path": "/regions/0/grid/cells", "values": [20, 30] } ] }""");
        Done("sweep", Config("debye-layer"), "-o", "times.h5", "--quiet", "--set", """/sweep={ "axes": [ { "path": "/time/end", "values": ["1 ns", "2 ns"] } ] }""");
    }

    private void Run(string config, string name, params string[] overrides) =>
        Done(["run", Config(config), "-o", name + ".h5", "--quiet", .. overrides.SelectMany(change => new[] { "--set", change.ReplaceLineEndings(" ") })]);

    private void Done(params string[] arguments)
    {
        ProcessResult result = Npgpu.Run(scratch, arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}\n{result}");
    }

    private static string Config(string name) => Path.Combine(Repository.Root, "configs", name + ".json");
}
