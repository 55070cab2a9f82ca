using System.Text.Json;
using System.Text.Json.Nodes;

namespace NernstPlanckGpu.EndToEndTests.Support;

/// <summary>The valid configuration in other modes, and what runs print about them.</summary>
internal static class Document
{
    /// <summary>The valid configuration, changed.</summary>
    public static string With(params Action<JsonObject>[] changes)
    {
        JsonObject document = JsonNode.Parse(Configurations.Valid)!.AsObject();
        foreach (Action<JsonObject> change in changes)
            change(document);
        return document.ToJsonString();
    }

    /// <summary>Another mode, without time.</summary>
    public static Action<JsonObject> Mode(string mode, string key = "", string settings = "{}") => document =>
    {
        _ = document.Remove("time");
        _ = document.Remove("output");
        document["mode"] = mode;
        if (key.Length > 0)
            document[key] = JsonNode.Parse(settings);
    };

    /// <summary>A current–voltage curve.</summary>
    public static Action<JsonObject> Curve(string voltages) => Mode("iv", "iv", $$"""{ "voltages": {{voltages}} }""");

    /// <summary>A value at a path of keys; a missing last key is added.</summary>
    public static Action<JsonObject> Set(string path, string value) => document =>
    {
        string[] keys = path.Split('/');
        JsonNode node = document;
        foreach (string key in keys[..^1])
            node = node[key]!;
        node[keys[^1]] = JsonNode.Parse(value);
    };

    /// <summary>No current through the left end.</summary>
    public static Action<JsonObject> OpenCircuit => Set("boundaries/left/electric", """{ "current": "0 A/m^2" }""");

    /// <summary>Runs a configuration with <c>--json</c>; returns the process and what it printed.</summary>
    public static (ProcessResult Process, JsonElement Json) Run(Scratch scratch, string name, string text, params string[] options)
    {
        _ = scratch.Write(name + ".json", text);
        ProcessResult result = Npgpu.Run(scratch, ["run", name + ".json", "--json", "-o", name + ".h5", .. options]);
        Assert.True(result.Output.StartsWith('{'), result.ToString());
        return (result, JsonDocument.Parse(result.Output).RootElement);
    }

    /// <summary>Such a run that has to be done, with its certificate held.</summary>
    public static JsonElement Done(Scratch scratch, string name, string text, params string[] options)
    {
        (ProcessResult process, JsonElement json) = Run(scratch, name, text, options);
        Assert.True(process.ExitCode == 0, process.ToString());
        Assert.True(json.GetProperty("certificateHolds").GetBoolean());
        return json;
    }

    /// <summary>A number of the result.</summary>
    public static double Result(this JsonElement json, string name) => json.GetProperty("result").GetProperty(name).GetDouble();

    /// <summary>A column of the result's curve.</summary>
    public static double[] Curve(this JsonElement json, string column) =>
        [.. json.GetProperty("result").GetProperty("curve").GetProperty(column).EnumerateArray().Select(value => value.GetDouble())];
}
