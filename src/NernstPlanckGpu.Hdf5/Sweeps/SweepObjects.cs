using System.Text.Json;
using HDF.PInvoke;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>Creates all objects of a sweep file at once: nothing but numbers is added afterwards.</summary>
internal sealed class SweepObjects
{
    private readonly FileContext file;
    private readonly long root;
    private readonly SweepLayout layout;
    private readonly SweepShape shape;
    private readonly IReadOnlyList<SweepColumn> columns;
    private readonly DatasetFactory factory;
    private readonly ISweepStorage storage;

    private SweepObjects(FileContext file, long root, SweepLayout layout, SweepShape shape, SweepNumbers numbers, ISweepStorage storage)
    {
        (this.file, this.root, this.layout, this.shape, this.storage) = (file, root, layout, shape, storage);
        columns = [.. numbers.Columns, .. shape.Columns];
        factory = new DatasetFactory(file, root);
    }

    /// <summary>Creates a file that does not exist yet, with all its objects; where that fails, none is left.</summary>
    internal static void CreateFile(FileContext file, SweepLayout layout, SweepShape shape, SweepNumbers numbers, Provenance provenance) =>
        CreateFile(file, layout, shape, numbers, provenance, new RowsInPlace());

    /// <summary>The same with datasets kept in another way.</summary>
    /// <param name="file">File that does not exist.</param>
    /// <param name="layout">Axes, points, names.</param>
    /// <param name="shape">Dimensions.</param>
    /// <param name="numbers">Columns of single numbers.</param>
    /// <param name="provenance">Who computes, how and where.</param>
    /// <param name="storage">How datasets with a row per point are kept.</param>
    /// <param name="fill">Writes what is known already, given the open file; null where nothing is.</param>
    internal static void CreateFile(
        FileContext file,
        SweepLayout layout,
        SweepShape shape,
        SweepNumbers numbers,
        Provenance provenance,
        ISweepStorage storage,
        Action<long>? fill = null)
    {
        try
        {
            Handle root = RunFileAccess.Create(file);
            new SweepObjects(file, root, layout, shape, numbers, storage).Create(provenance);
            fill?.Invoke(root);
            file.Check(H5F.flush(root, H5F.scope_t.GLOBAL), "write to the disk");
            file.Check(root.Close() ? 0 : -1, "close the file");
        }
        catch
        {
            // Not closed: HDF5 would try again to write what it could not.
            File.Delete(file.Path);
            throw;
        }
    }

    private void Create(Provenance provenance)
    {
        RunFileHeader.WriteAttributes(file, root, layout.Run, provenance);
        Attributes.Write(file, root, "coordinates", string.Join(' ', layout.Axes.Axes.Select(axis => axis.Name)));
        WriteCoordinates();
        WriteStatus();
        WriteShared();
        CreateGroups();
        foreach (SweepColumn column in columns)
            CreateColumn(column);
        WriteProvenance(provenance);
        WriteNexus();
        factory.CompleteScales();
    }

    private void WriteCoordinates()
    {
        factory.Longs("", SweepSchema.PointField, [.. layout.Points.Select(point => (long)point)]);
        for (int i = 0; i < layout.Axes.Axes.Count; i++)
        {
            SweepAxis axis = layout.Axes.Axes[i];
            Field field = new(axis.Name, axis.Unit, $"swept value of {axis.Path}", SweepSchema.Point);
            SweepValue[] values = [.. layout.Points.Select(point => layout.Axes.Value(point, i))];
            if (axis.IsNumeric)
                factory.Numbers("", field, [.. values.Select(value => value.Number)]);
            else
                factory.Strings("", field, [.. values.Select(value => Word(value.Json))]);
        }
        factory.Strings("", SweepSchema.Hash, [.. layout.Hashes.Select(hash => hash.ToString())]);
    }

    /// <summary>A JSON string without its quotes; other JSON as it stands.</summary>
    private static string Word(string json) => json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : json;

    private void WriteStatus()
    {
        foreach (SweepColumn column in storage.Masks)
            CreateRows(column).Dispose();
        using (Handle status = CreateRows(SweepRowFile.StatusColumn))
        {
            Attributes.Write(file, status, "flag_values", (sbyte[])[.. SweepSchema.Statuses.Select(one => (sbyte)one)]);
            Attributes.Write(file, status, "flag_meanings", string.Join(' ', SweepSchema.Statuses));
        }
        factory.BareDimension(SweepSchema.MessageByte, SweepSchema.MessageLength);
        using Handle type = SweepMessages.Type(file);
        using Handle messages = storage.CreateMessages(factory, type, layout.Points.Count);
        Attributes.Write(file, messages, "_Encoding", "utf-8");
    }

    /// <summary>What is the same for all points, and the scales of what is not.</summary>
    private void WriteShared()
    {
        RunLayout run = layout.Run;
        PnpProblem problem = run.Configuration.Problem;
        factory.Strings("", RunFileSchema.SpeciesField, [.. problem.Species.Select(species => species.Name)]);
        factory.Strings("", RunFileSchema.RegionNameField, [.. problem.Regions.Select(region => region.Name)]);
        if (layout.IsGridShared)
        {
            factory.Numbers("", RunFileSchema.XField, run.X);
            factory.Numbers("", RunFileSchema.XFaceField, run.XFace);
            factory.Integers("", RunFileSchema.Region, run.RegionOfCell);
            factory.Numbers("", RunFileSchema.FaceArea(problem.Geometry), run.FaceArea);
            factory.Numbers("", RunFileSchema.CellVolume(problem.Geometry), run.CellVolume);
        }
        else
        {
            factory.Count("", shape.Cell, "index of the cell of the point, from the left end");
            factory.Count("", shape.Face, "index of the face of the point, from the left end");
        }
        if (layout.ArePlacesShared)
            factory.Numbers("", RunFileSchema.Axis(run.SnapshotAxis), shape.SnapshotPlaces);
        else
            factory.Count("", shape.Snapshot, "index of the snapshot of the point");
    }

    private void CreateGroups()
    {
        RunLayout run = layout.Run;
        string traces = "/" + run.TraceGroup;
        using (Handle group = factory.Group(traces))
            NexusGroups.MarkTraces(file, group, run, [SweepSchema.Point, shape.Sample.Name]);
        if (layout.ArePlacesShared)
            factory.Numbers(traces, RunFileSchema.Axis(run.TraceAxis), shape.SamplePlaces);
        else
            factory.Count(traces, shape.Sample, "index of the sample of the point");
        foreach (string name in (string[])[RunFileSchema.Result, RunFileSchema.Theory, RunFileSchema.Certificate, RunFileSchema.Provenance])
            factory.Group("/" + name).Dispose();
        if (layout.MembraneColumns.Count > 0)
            factory.Group("/" + RunFileSchema.Membrane).Dispose();
    }

    private void CreateColumn(SweepColumn column)
    {
        using Handle dataset = CreateRows(column);
        if (column.Field.Name == RunFileSchema.CertificateHolds.Name && column.Kind == NumberKind.Code)
        {
            Attributes.Write(file, dataset, "flag_values", (sbyte[])[-1, 0, 1]);
            Attributes.Write(file, dataset, "flag_meanings", "unknown violated holds");
        }
    }

    private Handle CreateRows(SweepColumn column) => storage.Create(factory, column, layout.Points.Count);

    private void WriteProvenance(Provenance provenance)
    {
        const string path = "/" + RunFileSchema.Provenance;
        RunFileHeader.WriteProvenance(factory, layout.Run, layout.Source, provenance);
        factory.Text(path, SweepSchema.ConfigurationName, Path.GetFullPath(layout.FileName));
        factory.Text(path, SweepSchema.BaseHash, layout.BaseHash.ToString());
        factory.Text(path, SweepSchema.Axes, SweepAxesJson.Write(layout.Axes));
        factory.Long(path, SweepSchema.PointCount, layout.Axes.Count);
        factory.Long(path, SweepSchema.ShardIndex, layout.Shard.Index);
        factory.Long(path, SweepSchema.ShardCount, layout.Shard.Count);
        factory.CountSlot(path, SweepSchema.CompleteBytes).Dispose();
    }

    /// <summary>A viewer plots the membrane potential first: over the swept value where one number is swept, else over the points.</summary>
    private void WriteNexus()
    {
        Attributes.Write(file, root, "NX_class", "NXroot");
        Attributes.Write(file, root, "default", NexusGroups.Entry[1..]);
        using (Handle entry = factory.Group(NexusGroups.Entry, "NXentry"))
            Attributes.Write(file, entry, "default", RunFileSchema.MembranePotential.Name);
        string axis = layout.Axes.Axes is [{ IsNumeric: true } only] ? only.Name : SweepSchema.Point;
        NexusGroups.WriteData(file, factory, RunFileSchema.MembranePotential with { Axes = [axis] });
        foreach (SweepColumn column in shape.Columns.Where(column => layout.Fields.Contains(column.Field.Name)))
            NexusGroups.WriteData(file, factory, column.Field);
    }
}
