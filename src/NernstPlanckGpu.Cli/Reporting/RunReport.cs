using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What <c>run</c> says: before it starts, on standard error; and how it ended, on standard output.</summary>
internal sealed class RunReport(RunRequest request, RunLayout layout, EngineChoice engine)
{
    private readonly RunConfiguration configuration = layout.Configuration;

    /// <summary>Title, size, engine, integrator, remarks.</summary>
    public void Announce()
    {
        if (request.Quiet)
            return;
        PnpProblem problem = configuration.Problem;
        string species = string.Join(", ", problem.Species.Select(species => species.Name));
        Console.Error.WriteLine($"{configuration.Title} ({request.ConfigurationPath})");
        Console.Error.WriteLine(
            $"  problem     {species} through {string.Join(" | ", problem.Regions.Select(region => region.Name))}, "
            + $"{Quantity.Format(problem.Length, "m")}, {layout.X.Count} cells, to {Quantity.Format(configuration.Time.End, "s")}");
        Console.Error.WriteLine($"  engine      {layout.Engine} ({engine.Reason})");
        Console.Error.WriteLine($"  integrator  {layout.Integrator}");
        foreach (string remark in configuration.Remarks)
            Console.Error.WriteLine($"  remark      {remark}");
    }

    /// <summary>The result beside theory, the certificate and the file.</summary>
    public void Conclude(RunSummary summary, int exitCode)
    {
        string file = summary.Outcome == Outcome.Done ? request.OutputPath : request.OutputPath + RunFileWriter.PartSuffix;
        if (summary.Outcome != Outcome.Done)
            Console.Error.WriteLine($"npgpu: stopped at t = {Quantity.Format(summary.Time, "s")}: {summary.Outcome.Describe()}.");
        else if (!summary.CertificateHolds)
            Console.Error.WriteLine($"npgpu: the certificate is violated: {CertificateText.Violations(summary.Certificate)}.");
        if (request.Json)
            Json.Print(ToJson(summary, exitCode, file));
        else if (!request.Quiet)
            Console.Out.Write(ToText(summary, file));
    }

    private static string ToText(RunSummary summary, string file)
    {
        var table = new TextTable("", "run", "theory", "difference", "");
        table.Add("membranePotential", Quantity.Format(summary.MembranePotential, "V"), "", "", "left end minus right end");
        table.Add("currentDensity", Quantity.Format(summary.CurrentDensity, "A m-2"), "", "", "positive from left to right");
        foreach (TheoryEntry entry in summary.Theory)
        {
            string computed = entry.Computed is { } value ? Quantity.Format(value, entry.Unit) : "";
            string difference = entry.Computed is { } run ? Quantity.Format(run - entry.Value, entry.Unit) : "";
            table.Add(entry.Name, computed, Quantity.Format(entry.Value, entry.Unit), difference, entry.Meaning.Split(';')[0]);
        }

        string steps = $"{summary.AcceptedSteps} steps, {summary.RejectedSteps} rejected, {summary.Evaluations} evaluations";
        return $"""
            {OutcomeName(summary.Outcome)} at t = {Quantity.Format(summary.Time, "s")} in {ProgressText.Duration(summary.WallTime)}: {steps}
            {table.Render()}{CertificateText.ThreeLines(summary.Certificate)}
            wrote {file}

            """;
    }

    private JsonObject ToJson(RunSummary summary, int exitCode, string file) => new()
    {
        ["outcome"] = OutcomeName(summary.Outcome),
        ["exitCode"] = exitCode,
        ["message"] = summary.Outcome.Describe(),
        ["title"] = configuration.Title,
        ["configuration"] = request.ConfigurationPath,
        ["files"] = Json.Strings([file]),
        ["result"] = new JsonObject
        {
            ["time"] = Json.Number(summary.Time),
            ["membranePotential"] = Json.Number(summary.MembranePotential),
            ["currentDensity"] = Json.Number(summary.CurrentDensity),
        },
        ["theory"] = new JsonObject(summary.Theory.Select(entry => KeyValuePair.Create(entry.Name, Json.Number(entry.Value)))),
        ["comparison"] = new JsonArray([.. summary.Theory.Select(entry => (JsonNode)Compare(entry))]),
        ["certificate"] = new JsonObject(summary.Certificate.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)Certify(entry)))),
        ["certificateHolds"] = summary.CertificateHolds,
        ["steps"] = summary.AcceptedSteps,
        ["rejectedSteps"] = summary.RejectedSteps,
        ["evaluations"] = summary.Evaluations,
        ["wallTime"] = Json.Number(summary.WallTime),
        ["cells"] = layout.X.Count,
        ["engine"] = layout.Engine,
        ["engineReason"] = engine.Reason,
        ["integrator"] = layout.Integrator,
        ["remarks"] = Json.Strings(configuration.Remarks),
    };

    private static JsonObject Compare(TheoryEntry entry) => new JsonObject
    {
        ["name"] = entry.Name,
        ["theory"] = Json.Number(entry.Value),
        ["computed"] = Json.Number(entry.Computed),
        ["unit"] = entry.Unit,
        ["meaning"] = entry.Meaning,
    };

    private static JsonObject Certify(CertificateEntry entry) => new JsonObject
    {
        ["value"] = Json.Number(entry.Value),
        ["limit"] = Json.Number(entry.Limit),
        ["holds"] = entry.Holds,
        ["unit"] = entry.Unit,
        ["meaning"] = entry.Meaning,
    };

    private static string OutcomeName(Outcome outcome)
    {
        string name = outcome.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
