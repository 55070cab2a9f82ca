using System.Text;
using HDF.PInvoke;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;
using NernstPlanckGpu.Hdf5.Sweeps;

namespace NernstPlanckGpu.Hdf5;

/// <summary>A dataset of a sweep file with a row per point.</summary>
/// <param name="Name">Path in the file: <c>membrane_potential</c>, <c>result/reversalPotential</c>.</param>
/// <param name="Unit">UDUNITS unit.</param>
/// <param name="Meaning">Long name.</param>
/// <param name="Row">Dimensions of a row; none where it is one number.</param>
public sealed record SweepDataset(string Name, string Unit, string Meaning, IReadOnlyList<int> Row)
{
    /// <summary>Numbers in a row.</summary>
    public int RowLength => Row.Aggregate(1, (product, length) => product * length);
}

/// <summary>The file of a sweep or of a shard, or a merged one, opened for reading: finished, growing, or left by a kill.</summary>
public sealed class SweepFile : IDisposable
{
    private const string Kind = RunFileSchema.Provenance + "/axes";
    private const string Operation = "read the sweep";

    private readonly RunFile file;

    private SweepFile(RunFile file)
    {
        this.file = file;
        Points = [.. Read(SweepSchema.Point).Select(point => (int)point)];
        Axes = SweepAxesJson.Read(file.ReadText(Kind));
    }

    /// <summary>Path.</summary>
    public string Path => file.Path;

    /// <summary>Axes and points of the whole sweep.</summary>
    public SweepAxes Axes { get; }

    /// <summary>Indices of the points of this file: row r is point Points[r].</summary>
    public IReadOnlyList<int> Points { get; }

    /// <summary>Which part of the sweep this is.</summary>
    public Shard Shard => new((int)Number(SweepSchema.ShardIndex), (int)Number(SweepSchema.ShardCount));

    /// <summary>See <see cref="SweepLayout.BaseHash"/>.</summary>
    public PointHash BaseHash => PointHash.Parse(Text(SweepSchema.BaseHash));

    /// <summary>Version of the program that wrote it.</summary>
    public string Version => Text(RunFileSchema.Version);

    /// <summary>Precision, double or mixed, of the session that began the file; each point has its own beside its numbers.</summary>
    public string Precision => Text(RunFileSchema.Precision);

    /// <summary>The configuration, verbatim with its sweep.</summary>
    public string Configuration => Text(RunFileSchema.Configuration);

    /// <summary>Full path of the configuration file.</summary>
    public string ConfigurationName => Text(SweepSchema.ConfigurationName);

    /// <summary>Hashes of the points.</summary>
    public IReadOnlyList<PointHash> Hashes => [.. file.ReadStrings(SweepSchema.Hash.Name).Select(PointHash.Parse)];

    /// <summary>How the points stand now.</summary>
    public IReadOnlyList<PointStatus> Statuses => [.. Read(SweepSchema.Status.Name).Select(status => (PointStatus)(int)status)];

    /// <summary>Rows of points that came to their end with a violated certificate: they count as failed.</summary>
    public IReadOnlyList<bool> Violations => [.. Statuses.Zip(Read(PointVerdict.HoldsPath), PointVerdict.IsViolated)];

    /// <summary>Rows of points that came to their end, with no violated certificate.</summary>
    public IReadOnlyList<bool> GoodRows => [.. Statuses.Zip(Violations, (status, violated) => PointVerdict.HasEnded(status) && !violated)];

    /// <summary>Snapshot fields that are kept.</summary>
    public IReadOnlyList<string> Fields =>
    [
        .. RunFileSchema.Snapshot("").Where(one => one.Axes.Length > 1).Select(one => one.Name).Where(file.IsDataset),
    ];

    /// <summary>It was merged of shards: it is not written to, but its rows can be taken over unless it <see cref="RefersToShards"/>.</summary>
    public bool IsMerged => file.IsDataset(MergedStorage.PresentColumn.Field.Name);

    /// <summary>It was merged of shards whose files have its profiles and traces.</summary>
    public bool RefersToShards => IsMerged && Datasets.Any(dataset => IsVirtual(dataset.Name));

    /// <summary>The datasets with a row per point, of numbers.</summary>
    public IReadOnlyList<SweepDataset> Datasets => field ??= [.. List()];

    /// <summary>The same file with all that run files have.</summary>
    public RunFile Contents => file;

    /// <summary>Opens a file.</summary>
    /// <param name="path">Path.</param>
    /// <exception cref="Hdf5Exception">There is none, it is truncated, or it is no sweep file.</exception>
    public static SweepFile Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        FileLength length = FileLength.Of(path);
        if (length.IsShort && !path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal))
            throw length.Truncated(path, Operation, length.End);
        RunFile file = OpenWhole(path, length);
        try
        {
            if (!IsSweep(file))
                throw new Hdf5Exception(path, Operation, "it is no file of a sweep; name the output of npgpu sweep or merge");
            // What a full disk cut off is no point's: that is known of it which holds points.
            long needed = (long)file.ReadScalar($"{RunFileSchema.Provenance}/{SweepSchema.CompleteBytes.Name}");
            if (length.Bytes < Math.Min(needed, length.End))
                throw length.Truncated(path, Operation, needed);
            return new SweepFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file is that of a sweep.</summary>
    /// <param name="path">Path of a file.</param>
    /// <exception cref="Hdf5Exception">There is none, or it is no HDF5 file.</exception>
    public static bool IsSweep(string path)
    {
        using RunFile file = RunFile.Open(path);
        return IsSweep(file);
    }

    /// <summary>Whether an open file is that of a sweep.</summary>
    internal static bool IsSweep(RunFile file) => file.IsDataset(Kind);

    /// <summary>Messages of some rows; empty where nothing failed.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    public string[] Messages(int first, int count)
    {
        if (count == 0)
            return [];
        byte[] bytes = file.Use((context, root) =>
        {
            using Handle dataset = context.Own(H5D.open(root, SweepSchema.Message.Name), H5D.close, "open the messages");
            return DatasetReader.Bytes(context, dataset, SweepSchema.Message.Name, first, count);
        });
        return [.. bytes.Chunk(SweepSchema.MessageLength).Select(text => Encoding.UTF8.GetString(text).TrimEnd('\0'))];
    }

    /// <summary>Some rows of a dataset of numbers, row-major.</summary>
    /// <param name="name">One of <see cref="Datasets"/>.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    public double[] ReadRows(string name, int first, int count) => file.ReadRows(name, first, count);

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private bool IsVirtual(string name) => file.Use((context, root) =>
    {
        using Handle dataset = context.Own(H5D.open(root, name), H5D.close, $"open {name}");
        using Handle creation = context.Own(H5D.get_create_plist(dataset), H5P.close, $"open {name}");
        return H5P.get_layout(creation) == H5D.layout_t.VIRTUAL;
    });

    private static RunFile OpenWhole(string path, FileLength length)
    {
        try
        {
            return RunFile.Open(path);
        }
        catch (Hdf5Exception) when (length.IsShort)
        {
            throw length.Truncated(path, Operation, length.End);
        }
    }

    private double[] Read(string name) => file.Read(name);

    private string Text(Field field) => file.ReadText($"{RunFileSchema.Provenance}/{field.Name}");

    private double Number(Field field) => file.ReadScalar($"{RunFileSchema.Provenance}/{field.Name}");

    private IEnumerable<SweepDataset> List()
    {
        foreach (string group in (string[])["", .. file.Names("/").Where(name => name != NexusGroups.Entry[1..] && !file.IsDataset(name))])
        {
            foreach (string name in file.Names($"/{group}"))
            {
                string path = group.Length == 0 ? name : $"{group}/{name}";
                if (IsColumn(path))
                    yield return new SweepDataset(path, file.ReadAttribute(path, "units")[0], file.ReadAttribute(path, "long_name")[0], [.. file.Shape(path).Skip(1)]);
            }
        }
    }

    /// <summary>Numbers along the points: no scale, and not what is the same for all points.</summary>
    private bool IsColumn(string path)
    {
        bool isOfGrid = path == RunFileSchema.Region.Name || path is "face_area" or "cell_volume";
        return file.IsDataset(path)
            && !path.StartsWith(RunFileSchema.Provenance, StringComparison.Ordinal)
            && path != SweepSchema.Message.Name
            && !file.HasAttribute(path, "CLASS")
            && !(isOfGrid && file.HasAttribute(RunFileSchema.X, "CLASS"))
            && file.IsNumeric(path);
    }
}
