using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Payload;
using NernstPlanckGpu.Report.Thinning;

namespace NernstPlanckGpu.Report.Runs;

/// <summary>Profiles of a run, read a snapshot at a time.</summary>
internal static class RunProfiles
{
    /// <summary>Bytes that all of them would take in the page.</summary>
    internal static double Bytes(RunFile file)
    {
        ProfileSize size = Size(file);
        return size.PerPoint * NumberArray.BytesEach(single: false);
    }

    /// <summary>Reads them.</summary>
    /// <param name="file">Run.</param>
    /// <param name="room">Bytes.</param>
    /// <param name="leftOut">Takes a sentence on what is left out.</param>
    /// <returns>Null where there is no snapshot, or no room for two.</returns>
    internal static JsonObject? Of(RunFile file, long room, JsonArray leftOut)
    {
        ProfileSize size = Size(file);
        if (size.Places == 0)
            return null;
        if (Detail.Choose(size, room, NumberArray.BytesEach) is not { } detail)
        {
            leftOut.Add("the profiles: there is no room for them");
            return null;
        }

        double[] region = file.Read("region");
        int[] places = Choice.Even(size.Places, detail.Places), cells = Choice.Cells(region, detail.Cells);
        Tell(size, detail, places.Length, cells.Length, leftOut);
        return Arrays(file, places, cells, detail.Single);
    }

    private static JsonObject Arrays(RunFile file, int[] places, int[] cells, bool single)
    {
        double[] times = [.. file.Times], x = file.Read("x"), faces = file.Read("x_face");
        int[] chosenFaces = [.. cells, x.Length];
        var profiles = new JsonObject
        {
            ["axis"] = file.SnapshotAxis,
            ["place"] = NumberArray.Of([.. places.Select(i => times[i])]),
            ["index"] = new JsonArray([.. places.Select(i => (JsonNode)i)]),
            ["x"] = NumberArray.Of([.. cells.Select(i => x[i])]),
            ["face"] = NumberArray.Of([.. chosenFaces.Select(i => faces[i])]),
        };
        int species = file.Species.Count;
        foreach (ProfileField field in ProfileField.All.Where(field => file.IsDataset(field.Name)))
        {
            int[] chosen = field.AtFaces ? chosenFaces : cells, lines = [.. Enumerable.Range(0, field.Lines(species))];
            int length = field.AtFaces ? faces.Length : x.Length;
            double[] values = new double[places.Length * lines.Length * chosen.Length];
            for (int i = 0; i < places.Length; i++)
                ProfileField.Pick(file.ReadRow(field.Name, places[i]), lines, length, chosen).CopyTo(values, i * lines.Length * chosen.Length);
            profiles[field.Name] = NumberArray.Of(values, single);
        }

        return profiles;
    }

    private static ProfileSize Size(RunFile file)
    {
        int species = file.Species.Count;
        return new ProfileSize(1, file.SnapshotCount, file.Shape("x")[0] + 1, ProfileField.All.Where(field => file.IsDataset(field.Name)).Sum(field => field.Lines(species)));
    }

    private static void Tell(ProfileSize size, Detail detail, int places, int cells, JsonArray leftOut)
    {
        if (places < size.Places)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"{places} of {size.Places} snapshots are in the page, evenly chosen, the first and the last among them"));
        if (cells < size.Cells - 1)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"{cells} of {size.Cells - 1} cells are in the page: those beside every interface, the others evenly chosen"));
        if (detail.Single)
            leftOut.Add("profiles are in single precision (seven digits)");
    }
}
