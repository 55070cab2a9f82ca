using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests.ConfigTests;

/// <summary>Runs the configurations of the repository, as they stand or changed.</summary>
internal static class Config
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Runs <c>configs/NAME.json</c>; its certificate has to hold on at most 400 cells.</summary>
    /// <param name="name">Name without extension.</param>
    /// <param name="change">Changes to the document, or null.</param>
    public static RunResult Run(string name, Action<JsonObject>? change = null)
    {
        JsonObject document = JsonNode.Parse(File.ReadAllText(PathOf(name)), null, Lenient)!.AsObject();
        change?.Invoke(document);
        RunResult run = Runner.FromJson(document.ToJsonString());
        Assert.True(run.CertificateHolds, run.CertificateText);
        Assert.InRange(run.X.Count, 1, 400);
        return run;
    }

    /// <summary>The steady state of a configuration at another potential of its left end.</summary>
    public static Action<JsonObject> SteadyAt(double potential) => document =>
    {
        foreach (string key in new[] { "time", "output", "iv", "impedance", "initial" })
            document.Remove(key);
        document["mode"] = "steady";
        document["boundaries"]!["left"]!["electric"] = new JsonObject { ["potential"] = potential };
    };

    /// <summary>Path of <c>configs/NAME.json</c>.</summary>
    public static string PathOf(string name)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NernstPlanckGpu.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not run within the repository");
        return Path.Combine(folder, "configs", name + ".json");
    }
}
