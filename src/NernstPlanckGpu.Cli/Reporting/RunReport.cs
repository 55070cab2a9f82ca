using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What <c>run</c> says: before it starts, on standard error; and how it ended, on standard output.</summary>
internal sealed class RunReport(RunRequest request, RunLayout layout, EngineChoice engine)
{
    private readonly RunConfiguration configuration = layout.Configuration;

    /// <summary>Collects the run's curve while it is computed; null for a run in time.</summary>
    public Curve? Curve { get; } = Curve.Of(layout);

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
            + $"{Quantity.Format(problem.Length, "m")}, {layout.X.Count} cells, {ModeText.Extent(configuration)}");
        Console.Error.WriteLine($"  engine      {layout.Engine} ({engine.Reason})");
        Console.Error.WriteLine($"  integrator  {layout.Integrator}");
        foreach (string remark in configuration.Remarks)
            Console.Error.WriteLine($"  remark      {remark}");
    }

    /// <summary>From where a run goes on.</summary>
    public void Continue(RunCheckpoint from)
    {
        if (!request.Quiet)
            Console.Error.WriteLine($"  goes on     from t = {Quantity.Format(from.Time, "s")}, after {ProgressText.Duration(from.WallTime)} ({request.OutputPath})");
    }

    /// <summary>The result beside theory, the certificate and the file.</summary>
    /// <param name="summary">How the run ended.</param>
    /// <param name="exitCode">Exit code.</param>
    /// <param name="checkpoint">The checkpoint from which an interrupted run can go on; null for none.</param>
    public void Conclude(RunSummary summary, int exitCode, string? checkpoint = null)
    {
        string file = summary.Outcome.IsComplete() ? request.OutputPath : request.OutputPath + RunFileWriter.PartSuffix;
        if (summary.Outcome != Outcome.Done)
            Console.Error.WriteLine(summary.Outcome.IsComplete() ? Ending(summary) : Failure(summary));
        else if (!summary.CertificateHolds)
        {
            Console.Error.WriteLine($"npgpu: the certificate is violated: {CertificateText.Violations(summary.Certificate)}.");
            foreach (string remedy in CertificateText.Remedies(summary.Certificate))
                Console.Error.WriteLine($"npgpu: {remedy}.");
        }
        if (!request.Quiet && summary is { Outcome: Outcome.Done, Detail: { } remark })
            Console.Error.WriteLine($"npgpu: {remark}.");
        if (checkpoint is not null)
            Console.Error.WriteLine($"npgpu: go on with 'npgpu resume {ShellWord.Quote(request.OutputPath)}'.");
        if (request.Json)
            Json.Print(ToJson(summary, exitCode, file, checkpoint));
        else if (!request.Quiet)
            Console.Out.Write(ToText(summary, file));
    }

    /// <summary>How far the run came, what happened and what to change; then where and why, where that is known.</summary>
    internal string Failure(RunSummary summary)
    {
        string reached = ModeText.Reached(configuration, summary.Time, Curve?.Count ?? 0);
        string detail = summary.Detail is { } text ? $"{Environment.NewLine}npgpu: {text}" : "";
        return $"npgpu: stopped{reached}: {summary.Outcome.Describe()}.{detail}";
    }

    // An end before time.end that is none of the program's faults.
    private static string Ending(RunSummary summary) =>
        $"npgpu: {summary.Outcome.Describe()}{(summary.Detail is { } detail ? $" ({detail})" : "")}.";

    /// <summary>What stands on standard output: the result, the curve, theory and the certificate.</summary>
    internal string ToText(RunSummary summary, string file)
    {
        bool inTime = configuration.Mode == RunMode.Transient;
        string end = inTime ? $" at t = {Quantity.Format(summary.Time, "s")}" : "";
        string extent = inTime ? "" : $"{ModeText.Extent(configuration)}; ";
        string steps = inTime || configuration.CurrentVoltage is { Protocol: CurrentVoltageProtocol.Step }
            ? $"{summary.AcceptedSteps} steps, {summary.RejectedSteps} rejected, {summary.Evaluations} evaluations"
            : $"{summary.AcceptedSteps} {(SteadyMethod.Settles(configuration.Problem) ? "steps" : "Newton iterations")}";
        return $"""
            {Json.Name(summary.Outcome)}{end} in {ProgressText.Duration(summary.WallTime)}: {extent}{steps}
            {ResultTable(summary)}{Curve?.ToText(file)}{MembraneText.Of(summary, Curve?.LastPlace ?? "")}{TheoryTable(summary)}{CertificateText.ThreeLines(summary.Certificate)}
            wrote {file}

            """;
    }

    private static string ResultTable(RunSummary summary)
    {
        if (summary.Results.Count == 0)
            return "";
        var table = new TextTable("result", "value", "");
        foreach (ResultEntry entry in summary.Results)
            table.Add(entry.Name, Quantity.Format(entry.Value, entry.Unit, Digits(entry)), entry.Meaning);
        return table.Render();
    }

    /// <summary>A potential that the run sought is known to much more than four digits, and is what the run was for.</summary>
    private static int Digits(ResultEntry entry) => entry.Name.EndsWith("Potential", StringComparison.Ordinal) ? 7 : 4;

    /// <summary>Above theory stand the potential and the current at the end; those of a curve are of its last point and say nothing.</summary>
    private string TheoryTable(RunSummary summary)
    {
        bool isCurve = configuration.Mode == RunMode.CurrentVoltage;
        if (isCurve && summary.Theory.Count == 0)
            return "";
        var table = new TextTable("", "run", "theory", "difference", "");
        if (!isCurve)
        {
            table.Add("membranePotential", Quantity.Format(summary.MembranePotential, "V"), "", "", "left end minus right end");
            table.Add("currentDensity", Quantity.Format(summary.CurrentDensity, "A m-2"), "", "", "positive from left to right");
        }

        foreach (TheoryEntry entry in summary.Theory)
        {
            string computed = entry.Computed is { } value ? Quantity.Format(value, entry.Unit) : "";
            string difference = entry.Computed is { } run ? Quantity.Format(run - entry.Value, entry.Unit) : "";
            table.Add(entry.Name, computed, Quantity.Format(entry.Value, entry.Unit), difference, entry.Meaning.Split(';')[0]);
        }

        return table.Render() + Reasons(summary);
    }

    /// <summary>Why run and theory may differ, where both have a value: each reason once, with the entries that it is of.</summary>
    private static string Reasons(RunSummary summary)
    {
        var table = new TextTable("why they may differ", "");
        foreach (IGrouping<string, TheoryEntry> reason in summary.Theory.Where(entry => entry.Computed is not null && entry.Meaning.Contains(';'))
            .GroupBy(entry => entry.Meaning.Split(';')[1].Trim()))
            table.Add(string.Join(", ", reason.Select(entry => entry.Name)), reason.Key);
        return table.Count == 0 ? "" : table.Render();
    }

    /// <summary>The same for programs.</summary>
    internal JsonObject ToJson(RunSummary summary, int exitCode, string file, string? checkpoint = null) => new()
    {
        ["outcome"] = Json.Name(summary.Outcome),
        ["exitCode"] = exitCode,
        ["message"] = summary.Outcome.Describe(),
        ["detail"] = summary.Detail,
        ["mode"] = configuration.Mode.Name(),
        ["title"] = configuration.Title,
        ["configuration"] = request.ConfigurationPath,
        ["files"] = Json.Strings([file]),
        ["checkpoint"] = checkpoint,
        ["result"] = ResultToJson(summary),
        ["theory"] = new JsonObject(summary.Theory.Select(entry => KeyValuePair.Create(entry.Name, Json.Number(entry.Value)))),
        ["comparison"] = new JsonArray([.. summary.Theory.Select(entry => (JsonNode)Compare(entry))]),
        ["certificate"] = new JsonObject(summary.Certificate.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)Certify(entry)))),
        ["certificateHolds"] = summary.Certificate.Count > 0 ? summary.CertificateHolds : null,
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

    private JsonObject ResultToJson(RunSummary summary)
    {
        var result = new JsonObject
        {
            ["time"] = Json.Number(summary.Time),
            ["membranePotential"] = Json.Number(summary.MembranePotential),
            ["currentDensity"] = Json.Number(summary.CurrentDensity),
        };
        foreach (ResultEntry entry in summary.Results)
            result[entry.Name] = Json.Number(entry.Value);
        if (summary.Membrane is { } membrane)
            MembraneJson.AddTo(result, membrane);
        if (Curve is { } curve)
            result[curve.Key] = curve.ToJson();
        return result;
    }

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
        ["remedy"] = entry.Remedy,
    };
}
