using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What passes the membrane, for programs: keys of the object <c>result</c>.</summary>
internal static class MembraneJson
{
    /// <summary>Adds membraneArea, mechanisms, diffusion, leaks, reservoirs and budgets.</summary>
    public static void AddTo(JsonObject result, MembraneSummary membrane)
    {
        result["membraneArea"] = Json.Number(membrane.Area);
        result["mechanisms"] = Array(membrane.Mechanisms, mechanism => Of(mechanism, membrane.Area));
        result["diffusion"] = Array(membrane.Diffusion, ion => Of(ion, membrane.Area));
        result["leaks"] = Array(membrane.Leaks, ion => Of(ion, membrane.Area, hasMoved: false));
        result["reservoirs"] = new JsonObject(membrane.Ends.Select(end => KeyValuePair.Create(end.Side, (JsonNode?)Of(end))));
        result["budgets"] = Array(membrane.Budgets, budget => new JsonObject
        {
            ["ion"] = budget.Ion,
            ["where"] = budget.Where,
            ["change"] = Json.Number(budget.Change),
            ["crossed"] = Json.Number(budget.Crossed),
            ["residual"] = Json.Number(budget.Residual),
        });
    }

    private static JsonArray Array<T>(IEnumerable<T> values, Func<T, JsonObject> toJson) => [.. values.Select(value => (JsonNode)toJson(value))];

    private static JsonObject Of(MechanismResult mechanism, double? area)
    {
        var json = new JsonObject
        {
            ["name"] = mechanism.Name,
            ["kind"] = mechanism.Kind,
            ["currentDensity"] = Json.Number(mechanism.CurrentDensity),
            ["current"] = Json.Number(mechanism.CurrentDensity * area),
            ["ions"] = Array(mechanism.Ions, ion => Of(ion, area)),
        };
        if (mechanism.Cycles is { } cycles)
        {
            json["cycles"] = Json.Number(cycles);
            json["cyclesPerSecond"] = Json.Number(cycles * area * PhysicalConstants.Avogadro);
            json["powerDensity"] = Json.Number(mechanism.Power);
            json["power"] = Json.Number(mechanism.Power * area);
        }

        if (mechanism.Gates.Count > 0)
            json["gates"] = new JsonObject(mechanism.Gates.Select(gate => KeyValuePair.Create(gate.Gate, Json.Number(gate.Open))));
        return json;
    }

    private static JsonObject Of(IonFlux ion, double? area, bool hasMoved = true)
    {
        var json = new JsonObject
        {
            ["ion"] = ion.Ion,
            ["flux"] = Json.Number(ion.Flux),
            ["currentDensity"] = Json.Number(ion.CurrentDensity),
            ["current"] = Json.Number(ion.CurrentDensity * area),
        };
        if (hasMoved)
            json["moved"] = Json.Number(ion.Moved);
        return json;
    }

    private static JsonObject Of(EndResult end) => new()
    {
        ["isReservoir"] = end.IsReservoir,
        ["relativeVolume"] = Json.Number(end.RelativeVolume),
        ["osmolarity"] = Json.Number(end.Osmolarity),
        ["concentration"] = new JsonObject(end.Concentration.Select(ion => KeyValuePair.Create(ion.Ion, Json.Number(ion.Concentration)))),
    };
}
