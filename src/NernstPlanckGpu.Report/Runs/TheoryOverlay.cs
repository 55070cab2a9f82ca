using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Payload;

namespace NernstPlanckGpu.Report.Runs;

/// <summary>
/// Theory as curves: constant-field currents along a current–voltage curve, and the layer of Gouy and Chapman at a charged wall. They are
/// computed from the configuration that the file holds, by the functions of <c>Core/Theory</c>.
/// </summary>
internal static class TheoryOverlay
{
    /// <summary>The curves that apply; <c>missing</c> says why there are none where the configuration cannot be read here.</summary>
    internal static JsonObject Of(RunFile file, string configuration)
    {
        ConfigurationResult parsed = ConfigurationReader.Parse(configuration, file.Path, []);
        if (parsed.Configuration is not { } run)
            return new JsonObject { ["missing"] = $"theory's curves are not drawn, because this version does not read the file's configuration: {parsed.Errors[0]}" };
        var overlays = new JsonObject { ["layers"] = Layers(file, run.Problem) };
        if (run.Mode == RunMode.CurrentVoltage)
            overlays["goldman"] = Goldman(file, run.Problem);
        return overlays;
    }

    /// <summary>GHK current of each ion at each voltage of the curve, A/m².</summary>
    private static JsonArray Goldman(RunFile file, PnpProblem problem)
    {
        double[] voltages = file.Read("iv/voltage");
        return [.. TheoryCurves.GoldmanCurrents(problem, voltages).Select(curve => new JsonObject
        {
            ["name"] = curve.Species,
            ["values"] = NumberArray.Of([.. curve.CurrentDensity]),
        })];
    }

    /// <summary>Potential in the layer at each charged wall as it is at the end, against the run's potential deep in the solution.</summary>
    private static JsonArray Layers(RunFile file, PnpProblem problem)
    {
        var layers = new JsonArray();
        if (file.SnapshotCount == 0)
            return layers;
        double[] x = file.Read("x");
        int last = file.SnapshotCount - 1;
        double[] potential = file.ReadRow("potential", last);
        double time = file.SnapshotAxis == "time" ? file.Times[last] : 0;
        foreach (DiffuseLayerCurve layer in TheoryCurves.DiffuseLayers(problem, time))
        {
            double deep = Interpolation.Linear(x, potential, layer.Deep);
            layers.Add(new JsonObject
            {
                ["name"] = $"Gouy and Chapman at rest, {(layer.IsLeft ? "left" : "right")} wall",
                ["place"] = last,
                ["x"] = NumberArray.Of([.. layer.Position]),
                ["values"] = NumberArray.Of([.. layer.Potential.Select(value => value + deep)]),
            });
        }

        return layers;
    }
}
