using System.Globalization;
using HDF.PInvoke;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Checkpoints;

/// <summary>
/// The checkpoint of a run, an HDF5 file beside its output (docs/output.md): attributes of the root say of what, and the groups run, engine and
/// observations hold one dataset with its unit per entry of a record.
/// </summary>
public static class CheckpointFile
{
    /// <summary>Suffix of a checkpoint, behind the name of the output.</summary>
    public const string Suffix = ".checkpoint";

    private const string Format = "NernstPlanckGpu checkpoint";
    private const string FormatVersion = "1";
    private const string RunGroup = "run", EngineGroup = "engine", ObservationGroup = "observations";
    private const string EntriesAttribute = "entries";

    private static readonly string[] Groups = [RunGroup, EngineGroup, ObservationGroup];

    /// <summary>Writes a checkpoint in the place of the one before, in one step.</summary>
    /// <param name="path">Path, ending in <see cref="Suffix"/>.</param>
    /// <param name="header">Of what.</param>
    /// <param name="checkpoint">Checkpoint.</param>
    /// <exception cref="Hdf5Exception">It cannot be written; the one before is untouched.</exception>
    public static void Write(string path, CheckpointHeader header, RunCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(checkpoint);
        FileContext file = new(path);
        EngineRecord[] records = [RunRecord(checkpoint), checkpoint.Engine, checkpoint.Observations];
        Dictionary<string, string> texts = Texts(header, checkpoint.ProblemHash);
        byte[] bytes;
        using (Hdf5Library.Enter())
        {
            bytes = MemoryFile.Make(file, root =>
            {
                foreach ((string name, string value) in texts)
                    Attributes.Write(file, root, name, value);
                Attributes.Write(file, root, "overrides", header.Overrides);
                Attributes.Write(file, root, "checksum", Checksum.Of(texts, header.Overrides, records));
                for (int i = 0; i < Groups.Length; i++)
                    WriteRecord(file, root, Groups[i], records[i]);
            });
        }
        try
        {
            DurableFile.Write(path, bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new Hdf5Exception(path, "write the checkpoint", exception.Message, exception);
        }
    }

    /// <summary>Reads a checkpoint and checks that it is whole and of this version of the program.</summary>
    /// <param name="path">Path.</param>
    /// <exception cref="Hdf5Exception">There is none, it is none, it is damaged, or of another version.</exception>
    public static (CheckpointHeader Header, RunCheckpoint Checkpoint) Read(string path)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        FileContext file = new(path);
        using Handle root = OpenToRead(file);
        string Text(string name) => DatasetReader.Attribute(file, root, "/", name) is [string text]
            ? text : throw Refuse(path, $"it has no attribute {name}; it is damaged, or no checkpoint");
        if (DatasetReader.Attribute(file, root, "/", "format") is not [Format])
            throw Refuse(path, "it is no checkpoint; name the output of a run, its .part or its .checkpoint");
        if (Text("version") != Provenance.ProgramVersion)
            throw Refuse(path, $"version {Text("version")} of the program wrote it, and this is {Provenance.ProgramVersion}: "
                + "it may compute other bits; go on with that version, or start anew (run --force)");
        if (Text("formatVersion") != FormatVersion)
            throw Refuse(path, $"its format has version {Text("formatVersion")}, and this program reads {FormatVersion}; go on with the program that wrote it, or start anew (run --force)");
        CheckpointHeader header = new()
        {
            Configuration = Text("configuration"),
            ConfigurationPath = Text("configurationPath"),
            Overrides = DatasetReader.Attribute(file, root, "/", "overrides"),
            Engine = Text("engine"),
            Precision = Text("precision"),
            CertifiesGrid = Text("certify") == "grid",
            OutputPath = Text("outputPath"),
            Started = double.TryParse(Text("started"), CultureInfo.InvariantCulture, out double started) ? started : double.NaN,
        };
        EngineRecord[] records = [.. Groups.Select(group => ReadRecord(file, root, group))];
        if (Text("checksum") != Checksum.Of(Texts(header, Text("problemHash")), header.Overrides, records))
            throw Refuse(path, "its checksum is wrong: it is damaged; start anew (run --force)");
        return (header, Checkpoint(path, Text("problemHash"), records));
    }

    private static Dictionary<string, string> Texts(CheckpointHeader header, string problemHash) => new()
    {
        ["format"] = Format,
        ["formatVersion"] = FormatVersion,
        ["version"] = header.Version,
        ["problemHash"] = problemHash,
        ["configuration"] = header.Configuration,
        ["configurationPath"] = header.ConfigurationPath,
        ["engine"] = header.Engine,
        ["precision"] = header.Precision,
        ["outputPath"] = header.OutputPath,
        ["certify"] = header.CertifiesGrid ? "grid" : "",
        ["started"] = header.Started.ToString("r", CultureInfo.InvariantCulture),
    };

    private static EngineRecord RunRecord(RunCheckpoint checkpoint)
    {
        var record = new EngineRecord();
        record.Add("time", "s", checkpoint.Time);
        record.Add("snapshots", "1", checkpoint.Snapshots);
        record.Add("samples", "1", checkpoint.Samples);
        record.Add("wall_time", "s", checkpoint.WallTime);
        record.Add("resumptions", RunFileSchema.EpochUnit, [.. checkpoint.Resumptions.Select(moment => (double)moment.ToUnixTimeMilliseconds() / 1000)]);
        return record;
    }

    private static RunCheckpoint Checkpoint(string path, string problemHash, EngineRecord[] records)
    {
        EngineRecord run = records[0];
        try
        {
            int resumptions = run.Entries.FirstOrDefault(entry => entry.Name == "resumptions")?.Values.Length ?? 0;
            return new RunCheckpoint
            {
                ProblemHash = problemHash,
                Time = run.Get("time", "s"),
                Snapshots = (int)run.Get("snapshots", "1"),
                Samples = (int)run.Get("samples", "1"),
                WallTime = run.Get("wall_time", "s"),
                Resumptions = [.. run.Get("resumptions", RunFileSchema.EpochUnit, resumptions).Select(Moment)],
                Engine = records[1],
                Observations = records[2],
            };
        }
        catch (EngineRecordException exception)
        {
            throw new Hdf5Exception(path, "go on from the checkpoint", exception.Message, exception);
        }
    }

    private static DateTimeOffset Moment(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(1000 * seconds));

    private static void WriteRecord(FileContext file, long root, string group, EngineRecord record)
    {
        var groups = new HashSet<string>();
        MakeGroups(file, root, groups, group + "/");
        foreach (RecordEntry entry in record.Entries)
        {
            string path = $"{group}/{entry.Name}";
            MakeGroups(file, root, groups, path);
            WriteEntry(file, root, path, entry);
        }
        using Handle target = file.Own(H5G.open(root, group), H5G.close, $"open the group {group}");
        Attributes.Write(file, target, EntriesAttribute, [.. record.Entries.Select(entry => entry.Name)]);
    }

    private static void MakeGroups(FileContext file, long root, HashSet<string> known, string path)
    {
        for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            string group = path[..slash];
            if (known.Add(group))
                file.Own(H5G.create(root, group, H5P.DEFAULT, H5P.DEFAULT), H5G.close, $"create the group {group}").Dispose();
        }
    }

    private static unsafe void WriteEntry(FileContext file, long root, string path, RecordEntry entry)
    {
        using Handle space = file.Space([(ulong)entry.Values.Length]);
        using Handle dataset = file.Own(H5D.create(root, path, H5T.IEEE_F64LE, space, H5P.DEFAULT, H5P.DEFAULT), H5D.close, $"create {path}");
        Attributes.Write(file, dataset, "units", entry.Unit);
        fixed (double* data = entry.Values)
            file.Check(H5D.write(dataset, H5T.NATIVE_DOUBLE, H5S.ALL, H5S.ALL, H5P.DEFAULT, (nint)data), $"write {path}");
    }

    private static EngineRecord ReadRecord(FileContext file, long root, string group)
    {
        var record = new EngineRecord();
        foreach (string name in DatasetReader.Attribute(file, root, group, EntriesAttribute))
        {
            string path = $"{group}/{name}";
            using Handle dataset = file.Own(H5D.open(root, path), H5D.close, $"read {path}");
            string unit = DatasetReader.Attribute(file, root, path, "units") is [string text] ? text : "no unit";
            record.Add(name, unit, DatasetReader.Numbers(file, dataset, path, row: null));
        }
        return record;
    }

    private static Handle OpenToRead(FileContext file)
    {
        if (!File.Exists(file.Path))
            throw Refuse(file.Path, "there is none; name an interrupted run, or start anew (run --force)");
        return file.Own(H5F.open(file.Path, H5F.ACC_RDONLY), H5F.close, "go on from the checkpoint");
    }

    private static Hdf5Exception Refuse(string path, string reason) => new(path, "go on from the checkpoint", reason);
}
