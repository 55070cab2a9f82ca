using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Payload;

namespace NernstPlanckGpu.Report.Runs;

/// <summary>What the page shows of a run.</summary>
internal static class RunSection
{
    private static readonly string[] Texts = ["config"];

    /// <summary>Reads it.</summary>
    /// <param name="path">Path of a run file, finished or not.</param>
    /// <param name="room">Bytes that it may take in the page.</param>
    internal static JsonObject Of(string path, long room)
    {
        using RunFile file = RunFile.Open(path);
        string configuration = file.ReadText("provenance/config");
        JsonObject section = Facts(file, path, configuration);
        section["theory"] = Theory(file);
        section["certificate"] = Certificate(file);
        section["results"] = Entry.Group(file, "result");
        section["membrane"] = Entry.Group(file, "membrane");
        section["provenance"] = Entry.Group(file, "provenance", name => !Texts.Contains(name));
        section["regions"] = Regions.Of(file, configuration);
        section["species"] = Species(file);
        section["overlays"] = TheoryOverlay.Of(file, configuration);
        var leftOut = new JsonArray();
        long left = room - JsonSize.Of(section);
        (section["traces"], long used) = RunTraces.Of(file, left, RunProfiles.Bytes(file), leftOut);
        section["profiles"] = RunProfiles.Of(file, left - used, leftOut);
        section["leftOut"] = leftOut;
        return section;
    }

    private static JsonObject Facts(RunFile file, string path, string configuration)
    {
        Outcome outcome = file.Outcome;
        return new JsonObject
        {
            ["kind"] = "run",
            ["path"] = path,
            ["bytes"] = new FileInfo(path).Length,
            ["title"] = Entry.Attribute(file, "/", "title"),
            ["mode"] = file.IsDataset("provenance/mode") ? file.ReadText("provenance/mode") : "transient",
            ["outcome"] = Name(outcome),
            ["good"] = outcome.IsComplete(),
            ["outcomeText"] = outcome == Outcome.Running ? "running still, or killed: this file has what was there when it was read" : outcome.Describe(),
            ["detail"] = file.IsDataset("provenance/detail") ? file.ReadText("provenance/detail") : "",
            ["finished"] = !path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal),
            ["cells"] = file.Shape("x")[0],
            ["snapshots"] = file.SnapshotCount,
            ["summary"] = new JsonArray(Entry.Of(file, "membrane_potential"), Entry.Of(file, "current_density")),
            ["config"] = configuration,
        };
    }

    private static JsonArray Species(RunFile file)
    {
        double[] valence = file.Read("valence"), diffusivity = file.Read("diffusivity");
        return [.. file.Species.Select((name, i) => new JsonObject { ["name"] = name, ["valence"] = valence[i], ["diffusivity"] = diffusivity[i] })];
    }

    /// <summary>Theory beside the run's value.</summary>
    private static JsonArray Theory(RunFile file)
    {
        string[] names = [.. file.Names("theory")];
        return [.. names.Where(name => !(name.EndsWith(Computed, StringComparison.Ordinal) && names.Contains(name[..^Computed.Length]))).Select(name =>
        {
            JsonObject entry = Entry.Of(file, $"theory/{name}");
            entry["computed"] = names.Contains(name + Computed) ? Entry.Number(file.ReadScalar($"theory/{name}{Computed}")) : null;
            return entry;
        })];
    }

    private const string Computed = "_computed", Limit = "_limit";

    private static JsonObject Certificate(RunFile file)
    {
        string[] names = [.. file.Names("certificate")];
        return new JsonObject
        {
            ["holds"] = file.ReadScalar("certificate/holds"),
            ["entries"] = new JsonArray([.. names.Where(name => names.Contains(name + Limit)).Select(name => Checked(file, name))]),
        };
    }

    private static JsonObject Checked(RunFile file, string name)
    {
        JsonObject entry = Entry.Of(file, $"certificate/{name}");
        double value = file.ReadScalar($"certificate/{name}"), limit = file.ReadScalar($"certificate/{name}{Limit}");
        entry["limit"] = Entry.Number(limit);
        entry["verdict"] = double.IsPositiveInfinity(limit) ? "reported" : double.IsNaN(limit) ? "unknown"
            : Math.Abs(value) <= limit ? "holds" : double.IsNaN(value) ? "unknown" : "violated";
        return entry;
    }

    /// <summary>An outcome as the program's JSON spells it: notConverged.</summary>
    internal static string Name(Enum value)
    {
        string name = value.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{char.ToLowerInvariant(name[0])}{name[1..]}");
    }
}
