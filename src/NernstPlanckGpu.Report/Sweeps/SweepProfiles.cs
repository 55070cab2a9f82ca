using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Payload;
using NernstPlanckGpu.Report.Thinning;

namespace NernstPlanckGpu.Report.Sweeps;

/// <summary>Profiles and traces of chosen points of a sweep, read a point at a time.</summary>
internal sealed class SweepProfiles
{
    private readonly SweepFile file;
    private readonly RunFile contents;
    private readonly int species;
    private readonly bool isGridShared;
    private readonly bool arePlacesShared;
    private readonly string axis;
    private readonly int cellCount;
    private readonly ProfileField[] fields;
    private readonly SweepDataset[] traces;
    private int[] places = [], cells = [], faces = [], samples = [];

    private SweepProfiles(SweepFile file)
    {
        this.file = file;
        contents = file.Contents;
        species = contents.Species.Count;
        isGridShared = !file.Datasets.Any(dataset => dataset.Name == "x");
        axis = contents.ReadText("provenance/mode") == "iv" ? "voltage" : "time";
        arePlacesShared = !file.Datasets.Any(dataset => dataset.Name == axis);
        cellCount = contents.Shape("x")[^1];
        fields = [.. ProfileField.All.Where(field => file.Fields.Contains(field.Name))];
        string group = contents.TraceGroup + "/";
        traces = [.. file.Datasets.Where(dataset => dataset.Name.StartsWith(group, StringComparison.Ordinal) && dataset.RowLength > 1)];
    }

    /// <summary>Reads them.</summary>
    /// <param name="file">Sweep.</param>
    /// <param name="rows">How the points stand.</param>
    /// <param name="room">Bytes.</param>
    /// <param name="leftOut">Takes sentences on what is left out.</param>
    /// <returns>Null where no point has profiles, or none fits.</returns>
    internal static JsonObject? Of(SweepFile file, SweepRows rows, long room, JsonArray leftOut)
    {
        var profiles = new SweepProfiles(file);
        int[] ended = [.. rows.Ended];
        ProfileSize size = profiles.Size(ended.Length);
        if (size.PerPoint == 0 || ended.Length == 0)
            return null;
        if (Detail.Choose(size, room, NumberArray.BytesEach) is { } detail)
            return profiles.Read([.. Choice.Even(ended.Length, detail.Points).Select(i => ended[i])], size, detail, leftOut);
        leftOut.Add("the profiles of all points: there is no room for them");
        return null;
    }

    private ProfileSize Size(int points)
    {
        int placeCount = fields.Length == 0 ? 0 : contents.Shape(fields[0].Name)[1];
        int ofGrid = isGridShared ? 0 : 2; // x and x_face of its own
        return new ProfileSize(points, placeCount, cellCount + 1, fields.Sum(field => field.Lines(species)) + ofGrid, traces.Length == 0 ? 0 : traces[0].RowLength, traces.Length + 1);
    }

    private JsonObject Read(int[] chosen, ProfileSize size, Detail detail, JsonArray leftOut)
    {
        double[] region = isGridShared ? contents.Read("region") : new double[cellCount];
        places = Choice.Even(size.Places, detail.Places);
        cells = Choice.Cells(region, detail.Cells);
        faces = [.. cells, cellCount];
        samples = Choice.Even(size.Samples, detail.Samples);
        Tell(chosen.Length, size, detail, leftOut);
        var profiles = new JsonObject { ["axis"] = axis, ["point"] = SweepColumns.Integers(chosen.Select(row => file.Points[row])) };
        if (isGridShared)
            AddGrid(profiles);
        if (arePlacesShared && size.Places > 0)
            profiles["place"] = NumberArray.Of(Pick(contents.Read(axis), places));
        if (traces.Length > 0)
            profiles["traces"] = Traces();
        profiles["points"] = new JsonArray([.. chosen.Select(row => Point(row, detail.Single))]);
        return profiles;
    }

    private void AddGrid(JsonObject profiles)
    {
        profiles["x"] = NumberArray.Of(Pick(contents.Read("x"), cells));
        profiles["face"] = NumberArray.Of(Pick(contents.Read("x_face"), faces));
        profiles["regions"] = Regions.Of(contents, file.Configuration);
    }

    private JsonObject Traces()
    {
        return new JsonObject
        {
            ["group"] = contents.TraceGroup,
            ["axis"] = new JsonObject
            {
                ["name"] = TraceAxis,
                ["unit"] = Entry.Attribute(contents, $"{contents.TraceGroup}/{TraceAxis}", "units"),
                ["values"] = IsTraceAxisShared ? NumberArray.Of(Pick(contents.Read($"{contents.TraceGroup}/{TraceAxis}"), samples)) : null,
            },
            ["columns"] = new JsonArray([.. TraceColumns.Select(dataset => new JsonObject
            {
                ["name"] = dataset.Name[(dataset.Name.IndexOf('/') + 1)..],
                ["unit"] = dataset.Unit,
                ["meaning"] = dataset.Meaning,
            })]),
        };
    }

    /// <summary>What the traces are along: the axis of the mode; in the group it has a row per point where points differ in it.</summary>
    private string TraceAxis => contents.TraceGroup switch { "iv" => "voltage", "impedance" => "frequency", _ => "time" };

    private bool IsTraceAxisShared => !traces.Any(dataset => dataset.Name == $"{contents.TraceGroup}/{TraceAxis}");

    private IEnumerable<SweepDataset> TraceColumns => traces.Where(dataset => dataset.Name != $"{contents.TraceGroup}/{TraceAxis}");

    private JsonObject Point(int row, bool single)
    {
        var point = new JsonObject();
        if (!isGridShared)
        {
            point["x"] = NumberArray.Of(Pick(file.ReadRows("x", row, 1), cells));
            point["face"] = NumberArray.Of(Pick(file.ReadRows("x_face", row, 1), faces));
            point["regions"] = Regions.Of(contents.ReadStrings("region_name"), file.ReadRows("region", row, 1), file.ReadRows("x_face", row, 1), Regions.Membranes(file.Configuration));
        }

        if (!arePlacesShared)
            point["place"] = NumberArray.Of(Pick(file.ReadRows(axis, row, 1), places));
        foreach (ProfileField field in fields)
        {
            int[] chosen = field.AtFaces ? faces : cells, lines = [.. places.SelectMany(place => Enumerable.Range(0, field.Lines(species)).Select(line => (place * field.Lines(species)) + line))];
            point[field.Name] = NumberArray.Of(ProfileField.Pick(file.ReadRows(field.Name, row, 1), lines, field.AtFaces ? cellCount + 1 : cellCount, chosen), single);
        }

        if (traces.Length == 0)
            return point;
        if (!IsTraceAxisShared)
            point["traceAxis"] = NumberArray.Of(Pick(file.ReadRows($"{contents.TraceGroup}/{TraceAxis}", row, 1), samples));
        point["traces"] = new JsonArray([.. TraceColumns.Select(dataset => NumberArray.Of(Pick(file.ReadRows(dataset.Name, row, 1), samples), single))]);
        return point;
    }

    private static double[] Pick(double[] values, int[] chosen) => [.. chosen.Select(i => values[i])];

    private void Tell(int points, ProfileSize size, Detail detail, JsonArray leftOut)
    {
        if (points < size.Points)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"{points} of {size.Points} points have their profiles in the page, evenly chosen"));
        if (places.Length < size.Places)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"their profiles are at {places.Length} of {size.Places} snapshots, evenly chosen, the first and the last among them"));
        if (cells.Length < cellCount)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"their profiles are in {cells.Length} of {cellCount} cells: {(isGridShared ? "those beside every interface, the others " : "")}evenly chosen"));
        if (samples.Length < size.Samples)
            leftOut.Add(string.Create(CultureInfo.InvariantCulture, $"their traces have {samples.Length} of {size.Samples} samples, evenly chosen"));
        if (detail.Single)
            leftOut.Add("their profiles and traces are in single precision (seven digits)");
    }
}
