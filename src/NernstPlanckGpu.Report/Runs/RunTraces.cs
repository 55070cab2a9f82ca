using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Payload;
using NernstPlanckGpu.Report.Thinning;

namespace NernstPlanckGpu.Report.Runs;

/// <summary>Traces, curves or spectra of a run.</summary>
internal static class RunTraces
{
    /// <summary>Traces have what the profiles leave, but this part of the room in any case.</summary>
    private const double Share = 0.25;

    /// <summary>Reads them.</summary>
    /// <param name="file">Run.</param>
    /// <param name="room">Bytes for traces and profiles.</param>
    /// <param name="profiles">Bytes that all profiles would take.</param>
    /// <param name="leftOut">Takes a sentence on what is left out.</param>
    /// <returns>The traces, and the bytes that they take.</returns>
    internal static (JsonObject Traces, long Bytes) Of(RunFile file, long room, double profiles, JsonArray leftOut)
    {
        string[] names = [.. file.Names(file.TraceGroup).Where(name => name != file.TraceAxis)];
        double[] axis = file.Read($"{file.TraceGroup}/{file.TraceAxis}");
        double[][] values = [.. names.Select(name => file.Read($"{file.TraceGroup}/{name}")[..axis.Length])];
        double each = NumberArray.BytesEach(single: false);
        int most = (int)Math.Min(int.MaxValue, Math.Max(room * Share, room - profiles) / (each * (names.Length + 1)));
        int[] kept = Choice.Samples(values, Math.Max(2, most));
        if (kept.Length < axis.Length)
        {
            leftOut.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{kept.Length} of {axis.Length} samples of the traces are in the page: of each stretch of samples the least and the largest value of every trace"));
        }

        double[] Thinned(double[] all) => [.. kept.Select(i => all[i])];
        var traces = new JsonObject
        {
            ["group"] = file.TraceGroup,
            ["axis"] = Column(file, file.TraceAxis, Thinned(axis)),
            ["columns"] = new JsonArray([.. names.Select((name, i) => Column(file, name, Thinned(values[i])))]),
        };
        return (traces, JsonSize.Of(traces));
    }

    private static JsonObject Column(RunFile file, string name, double[] values)
    {
        string path = $"{file.TraceGroup}/{name}";
        return new JsonObject
        {
            ["name"] = name,
            ["unit"] = Entry.Attribute(file, path, "units"),
            ["meaning"] = Entry.Attribute(file, path, "long_name"),
            ["values"] = NumberArray.Of(values),
        };
    }
}
