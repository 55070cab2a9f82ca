using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>Runs <c>npgpu sweep</c> with <c>--json</c>.</summary>
internal static class SweepRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The process and what it printed.</summary>
    public static (ProcessResult Process, JsonElement Json) Run(Scratch scratch, string configuration, string output, params string[] options)
    {
        ProcessResult result = Npgpu.Finish(Npgpu.Start(scratch, ["sweep", configuration, "--json", "-o", output, .. options]), Patience);
        Assert.True(result.Output.StartsWith('{'), result.ToString());
        return (result, JsonDocument.Parse(result.Output).RootElement);
    }

    /// <summary>One that has to end with an exit code.</summary>
    public static JsonElement Ends(int exitCode, Scratch scratch, string configuration, string output, params string[] options)
    {
        (ProcessResult process, JsonElement json) = Run(scratch, configuration, output, options);
        Assert.True(process.ExitCode == exitCode, process.ToString());
        Assert.Equal(exitCode, json.Number("exitCode"));
        return json;
    }

    /// <summary>One that has to compute every point.</summary>
    public static JsonElement Done(Scratch scratch, string configuration, string output, params string[] options) =>
        Ends(0, scratch, configuration, output, options);

    /// <summary>A number of a JSON object.</summary>
    public static int Number(this JsonElement json, string name) => json.GetProperty(name).GetInt32();

    /// <summary>What <c>npgpu status --json</c> says.</summary>
    public static JsonElement Status(Scratch scratch, params string[] files)
    {
        ProcessResult result = Npgpu.Run(scratch, ["status", .. files, "--json"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Output).RootElement;
    }
}
