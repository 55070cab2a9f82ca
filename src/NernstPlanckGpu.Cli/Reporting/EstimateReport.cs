using System.Text;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What <c>validate</c> says: lengths, grid, step limits and cost; of a sweep those of its first point.</summary>
internal sealed class EstimateReport(RunRequest request, RunLayout layout, RunEstimate estimate, EngineChoice engine, SweepAxes? sweep = null)
{
    private readonly RunConfiguration configuration = layout.Configuration;

    public string ToText()
    {
        PnpProblem problem = configuration.Problem;
        var regions = new TextTable("region", "length", "cells", "permittivity", "Debye length", "");
        for (int region = 0; region < problem.Regions.Count; region++)
        {
            Region layer = problem.Regions[region];
            string length = Quantity.Format(layer.Length, "m");
            regions.Add(layer.Name, length, $"{CellsOf(region)}", Quantity.Number(layer.Permittivity), Debye(region), "");
        }

        string species = string.Join(", ", problem.Species.Select(Describe));
        string smallest = Quantity.Format(estimate.CellSize.Smallest, "m");
        string largest = Quantity.Format(estimate.CellSize.Largest, "m");
        var text = new StringBuilder($"""
            {configuration.Title} ({request.ConfigurationPath}): valid
            {Sweep()}{regions.Render()}  species      {species}
              temperature  {problem.Temperature:G6} K
              grid         {estimate.Cells} cells, from {smallest} to {largest}

            """);
        foreach (Mechanism mechanism in problem.Mechanisms)
            _ = text.AppendLine($"  mechanism    {mechanism.Name}: {MechanismText.Describe(mechanism, problem.Species)}");
        if (problem.Activity.Kind != ActivityKind.Ideal)
            _ = text.AppendLine($"  activity     {MechanismText.Describe(problem.Activity)}");
        if (double.IsFinite(estimate.EulerStep))
            _ = text.AppendLine($"  Euler limit  {Quantity.Format(estimate.EulerStep, "s")}, the largest stable explicit Euler step");
        _ = text.AppendLine($"  integrator   {estimate.Integrator}");
        _ = text.AppendLine($"  engine       {layout.Engine} ({engine.Reason})");
        _ = text.AppendLine($"  cost         {Cost()}");
        foreach (string remark in configuration.Remarks)
            _ = text.AppendLine($"  remark       {remark}");
        return text.ToString();
    }

    public JsonObject ToJson() => new()
    {
        ["outcome"] = "valid",
        ["points"] = sweep?.Count,
        ["axes"] = sweep is null ? null : SweepText.ToJson(sweep),
        ["mode"] = configuration.Mode.Name(),
        ["exitCode"] = ExitCode.Done,
        ["title"] = configuration.Title,
        ["configuration"] = request.ConfigurationPath,
        ["regions"] = new JsonArray([.. configuration.Problem.Regions.Select(RegionToJson)]),
        ["mechanisms"] = new JsonArray([.. configuration.Problem.Mechanisms.Select(MechanismToJson)]),
        ["activity"] = MechanismText.Word(configuration.Problem.Activity),
        ["cells"] = estimate.Cells,
        ["smallestCell"] = Json.Number(estimate.CellSize.Smallest),
        ["largestCell"] = Json.Number(estimate.CellSize.Largest),
        ["eulerStep"] = Json.Number(estimate.EulerStep),
        ["integrator"] = estimate.Integrator,
        ["engine"] = layout.Engine,
        ["engineReason"] = engine.Reason,
        ["steps"] = Json.Number(estimate.Steps),
        ["evaluations"] = Json.Number(estimate.Evaluations),
        ["wallTime"] = Json.Number(estimate.WallTime),
        ["remarks"] = Json.Strings(configuration.Remarks),
    };

    private string Sweep() => sweep is null ? "" : $"""
              sweep        {SweepText.Extent(sweep)}; all are valid
              below        {sweep.Describe(0)}

            """;

    /// <summary>A steady state is found rather than reached: there are no steps to foretell. Those after a step of voltage are not tried.</summary>
    private string Cost()
    {
        string counts = $"about {Quantity.Count(estimate.Steps)} steps, {Quantity.Count(estimate.Evaluations)} evaluations";
        string unknown = configuration.CurrentVoltage is { Protocol: CurrentVoltageProtocol.Step }
            ? "integrated together from one steady state; not estimated" : $"steady state by {SteadyMethod.Describe(configuration.Problem)}";
        string work = double.IsFinite(estimate.Steps) ? counts : unknown;
        // Nothing is computed on a device here: what it takes there is not known.
        string where = engine.Device is null ? "" : " on the CPU";
        string duration = double.IsFinite(estimate.WallTime) ? $", {ProgressText.Duration(estimate.WallTime)}{where}" : "";
        return (configuration.Mode == RunMode.Steady ? "" : $"{ModeText.Extent(configuration)}: ") + work + duration;
    }

    private JsonNode RegionToJson(Region region, int index) => new JsonObject
    {
        ["name"] = region.Name,
        ["length"] = Json.Number(region.Length),
        ["cells"] = CellsOf(index),
        ["debyeLength"] = Json.Number(estimate.DebyeLength[index]),
    };

    private static JsonNode MechanismToJson(Mechanism mechanism) => new JsonObject
    {
        ["name"] = mechanism.Name,
        ["kind"] = mechanism.Kind,
    };

    private static string Describe(Species ion) =>
        $"{ion.Name} (z = {Quantity.Number(ion.Valence)}, D = {Quantity.Number(ion.Diffusivity)} m^2/s)";

    private int CellsOf(int region) => layout.RegionOfCell.Count(index => index == region);

    private string Debye(int region) =>
        double.IsFinite(estimate.DebyeLength[region]) ? Quantity.Format(estimate.DebyeLength[region], "m") : "no ions";
}
