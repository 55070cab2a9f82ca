using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Sweeps;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>Creates groups and datasets, each with unit, long name and scales.</summary>
/// <param name="file">File, for messages.</param>
/// <param name="root">The open file.</param>
internal sealed class DatasetFactory(FileContext file, long root)
{
    /// <summary>Level of gzip: the default of most tools; more gains nothing on doubles.</summary>
    private const uint DeflateLevel = 4;

    /// <summary>Largest chunk, in values: readers cache 1 MiB of a dataset.</summary>
    private const ulong LargestChunk = 131_072;

    private readonly DimensionScales scales = new(file, root);
    private readonly HashSet<string> scalePaths = [];

    /// <summary>Creates a group, its attributes in order of creation as netCDF lists them.</summary>
    internal Handle Group(string path, string? nexusClass = null)
    {
        using Handle properties = file.PropertyList(H5P.GROUP_CREATE);
        TrackOrder(file, properties);
        Handle group = file.Own(H5G.create(root, path, H5P.DEFAULT, properties), H5G.close, $"create the group {path}");
        if (nexusClass != null)
            Attributes.Write(file, group, "NX_class", nexusClass);
        return group;
    }

    /// <summary>Keeps links and attributes of a group or file in the order of their creation.</summary>
    internal static void TrackOrder(FileContext file, long properties)
    {
        const uint order = H5P.CRT_ORDER_TRACKED | H5P.CRT_ORDER_INDEXED;
        file.Check(H5P.set_link_creation_order(properties, order), "create a property list");
        file.Check(H5P.set_attr_creation_order(properties, order), "create a property list");
    }

    /// <summary>Real numbers that stay.</summary>
    internal unsafe void Numbers(string group, Field field, IReadOnlyList<double> values)
    {
        fixed (double* data = values.ToArray())
            Write(group, field, H5T.IEEE_F64LE, H5T.NATIVE_DOUBLE, (ulong)values.Count, (nint)data);
    }

    /// <summary>Integers that stay.</summary>
    internal unsafe void Integers(string group, Field field, IReadOnlyList<int> values)
    {
        fixed (int* data = values.ToArray())
            Write(group, field, H5T.STD_I32LE, H5T.NATIVE_INT32, (ulong)values.Count, (nint)data);
    }

    /// <summary>Integers of 64 bits that stay.</summary>
    internal unsafe void Longs(string group, Field field, IReadOnlyList<long> values)
    {
        fixed (long* data = values.ToArray())
            Write(group, field, H5T.STD_I64LE, H5T.NATIVE_INT64, (ulong)values.Count, (nint)data);
    }

    /// <summary>One integer.</summary>
    internal unsafe void Long(string group, Field field, long value)
    {
        using Handle dataset = Create(group, field, H5T.STD_I64LE, [], null, H5P.DEFAULT);
        file.Check(H5D.write(dataset, H5T.NATIVE_INT64, H5S.ALL, H5S.ALL, H5P.DEFAULT, (nint)(&value)), $"write {Path(group, field.Name)}");
    }

    /// <summary>A list of strings along an axis.</summary>
    internal void Strings(string group, Field field, IReadOnlyList<string> values) =>
        WriteStrings(group, field, values, [(ulong)values.Count]);

    /// <summary>One string.</summary>
    internal void Text(string group, Field field, string value) => WriteStrings(group, field, [value], []);

    /// <summary>Puts another text in the place of one that <see cref="Text"/> wrote; not while readers watch.</summary>
    internal void ReplaceText(string group, Field field, string value)
    {
        string path = Path(group, field.Name);
        using Handle type = Utf8Strings.Type(file);
        using Handle dataset = file.Own(H5D.open(root, path), H5D.close, $"open {path}");
        using Utf8Strings strings = new([value]);
        file.Check(H5D.write(dataset, type, H5S.ALL, H5S.ALL, H5P.DEFAULT, strings.Address), $"write {path}");
    }

    /// <summary>A number that the end of the run fills in; not a number until then.</summary>
    internal unsafe Handle NumberSlot(string group, Field field)
    {
        double fill = double.NaN;
        return Slot(group, field, H5T.IEEE_F64LE, H5T.NATIVE_DOUBLE, (nint)(&fill));
    }

    /// <summary>A count that the end of the run fills in; -1 until then.</summary>
    internal unsafe Handle CountSlot(string group, Field field)
    {
        long fill = -1;
        return Slot(group, field, H5T.STD_I64LE, H5T.NATIVE_INT64, (nint)(&fill));
    }

    /// <summary>A code that the end of the run fills in.</summary>
    internal unsafe Handle CodeSlot(string group, Field field, sbyte initial) =>
        Slot(group, field, H5T.STD_I8LE, H5T.STD_I8LE, (nint)(&initial));

    /// <summary>A dataset that grows by rows.</summary>
    /// <param name="group">Absolute path of its group, "" for the root.</param>
    /// <param name="field">Name, unit, meaning, axes.</param>
    /// <param name="row">Dimensions of a row; none where a row is one number.</param>
    /// <param name="rowsPerChunk">Rows per chunk, for rows of one number.</param>
    internal unsafe GrowingDataset Growing(string group, Field field, ulong[] row, int rowsPerChunk)
    {
        using Handle properties = file.PropertyList(H5P.DATASET_CREATE);
        ulong[] chunk = row.Length == 0 ? [(ulong)rowsPerChunk] : [1, .. ChunkOf(row)];
        file.Check(H5P.set_chunk(properties, chunk.Length, chunk), $"create {field.Name}");
        if (row.Length > 0)
            Compress(properties);
        double fill = double.NaN;
        file.Check(H5P.set_fill_value(properties, H5T.NATIVE_DOUBLE, (nint)(&fill)), $"create {field.Name}");
        Handle dataset = Create(group, field, H5T.IEEE_F64LE, [0, .. row], [H5S.UNLIMITED, .. row], properties);
        return new GrowingDataset(file, dataset, Path(group, field.Name), row);
    }

    /// <summary>A dataset with a row per point of a sweep: all rows from the start, written in place, without a filter.</summary>
    /// <param name="group">Absolute path of its group, "" for the root.</param>
    /// <param name="field">Name, unit, meaning, axes.</param>
    /// <param name="type">Type in the file.</param>
    /// <param name="fill">Address of what stands where nothing is written, of the same type.</param>
    /// <param name="dimensions">Rows, and dimensions of a row.</param>
    /// <param name="maximum">The same, unlimited where they may grow.</param>
    /// <param name="chunk">Dimensions of a chunk.</param>
    internal Handle Rows(string group, Field field, long type, nint fill, ulong[] dimensions, ulong[] maximum, ulong[] chunk)
    {
        using Handle properties = file.PropertyList(H5P.DATASET_CREATE);
        file.Check(H5P.set_chunk(properties, chunk.Length, chunk), $"create {field.Name}");
        file.Check(H5P.set_fill_value(properties, type, fill), $"create {field.Name}");
        using Handle access = UncachedAccess(file);
        return Create(group, field, type, dimensions, maximum, properties, access);
    }

    /// <summary>A dataset with a row per point that is written once: shuffled and gzipped.</summary>
    internal Handle Packed(string group, Field field, long type, nint fill, ulong[] dimensions, ulong[] chunk)
    {
        using Handle properties = file.PropertyList(H5P.DATASET_CREATE);
        file.Check(H5P.set_chunk(properties, chunk.Length, chunk), $"create {field.Name}");
        Compress(properties);
        file.Check(H5P.set_fill_value(properties, type, fill), $"create {field.Name}");
        return Create(group, field, type, dimensions, null, properties);
    }

    /// <summary>A dataset whose rows lie in other files.</summary>
    /// <param name="group">Absolute path of its group, "" for the root.</param>
    /// <param name="field">Name, unit, meaning, axes.</param>
    /// <param name="type">Type in the file.</param>
    /// <param name="fill">Address of what stands where no file has a row.</param>
    /// <param name="dimensions">Rows, and dimensions of a row.</param>
    /// <param name="map">Puts the other files into the properties.</param>
    internal Handle Virtual(string group, Field field, long type, nint fill, ulong[] dimensions, Action<long> map)
    {
        using Handle properties = file.PropertyList(H5P.DATASET_CREATE);
        file.Check(H5P.set_fill_value(properties, type, fill), $"create {field.Name}");
        map(properties);
        return Create(group, field, type, dimensions, null, properties);
    }

    /// <summary>Access without a cache of chunks: rows go to the file as they are, not by whole chunks.</summary>
    internal static Handle UncachedAccess(FileContext file)
    {
        Handle access = file.PropertyList(H5P.DATASET_ACCESS);
        file.Check(H5P.set_chunk_cache(access, 0, 0, 0), "create a property list");
        return access;
    }

    /// <summary>A scale that counts from 0, and grows.</summary>
    internal void Count(string group, SweepDimension dimension, string meaning)
    {
        Field field = new(dimension.Name, "1", meaning, dimension.Name);
        using Handle properties = file.PropertyList(H5P.DATASET_CREATE);
        file.Check(H5P.set_chunk(properties, 1, [Math.Clamp((ulong)dimension.Length, 1, 512)]), $"create {field.Name}");
        using Handle dataset = Create(group, field, H5T.STD_I64LE, [(ulong)dimension.Length], [H5S.UNLIMITED], properties);
        WriteCount(file, dataset, dimension);
    }

    /// <summary>Writes the numbers of a scale that counts.</summary>
    internal static unsafe void WriteCount(FileContext file, long dataset, SweepDimension dimension)
    {
        fixed (long* data = Enumerable.Range(0, dimension.Length).Select(i => (long)i).ToArray())
            file.Check(H5D.write(dataset, H5T.NATIVE_INT64, H5S.ALL, H5S.ALL, H5P.DEFAULT, (nint)data), $"write {dimension.Path}");
    }

    /// <summary>A dimension that has no coordinate, as netCDF marks it.</summary>
    internal void BareDimension(string name, int length)
    {
        using Handle space = file.Space([(ulong)length]);
        using Handle dataset = file.Own(H5D.create(root, Path("", name), H5T.STD_I8LE, space), H5D.close, $"create {name}");
        scales.Mark(dataset, $"This is a netCDF dimension but not a netCDF variable.{length,10}");
        scalePaths.Add(Path("", name));
    }

    /// <summary>Writes what can be written only when all datasets exist: the scales' references back to them.</summary>
    internal void CompleteScales() => scales.Complete();

    /// <summary>A chunk within a row: whole rows up to 1 MiB, then one species at a time, then pieces of x.</summary>
    private static ulong[] ChunkOf(ulong[] row)
    {
        ulong[] chunk = [.. row];
        if (chunk.Length == 2 && chunk[0] * chunk[1] > LargestChunk)
            chunk[0] = 1;
        chunk[^1] = Math.Min(chunk[^1], LargestChunk);
        return chunk;
    }

    private static string Path(string group, string name) => $"{group}/{name}";

    /// <summary>A scale of the group's own comes before one of the root, as netCDF finds dimensions.</summary>
    private string ScalePath(string group, string axis) => scalePaths.Contains(Path(group, axis)) ? Path(group, axis) : Path("", axis);

    private void Compress(long properties)
    {
        file.Check(H5P.set_shuffle(properties), "set the shuffle filter");
        file.Check(H5P.set_deflate(properties, DeflateLevel), "set the gzip filter; this HDF5 library is built without it");
    }

    private Handle Create(string group, Field field, long type, ulong[] dimensions, ulong[]? maximum, long properties, long access = H5P.DEFAULT)
    {
        string path = Path(group, field.Name);
        using Handle space = file.Space(dimensions, maximum);
        using Handle link = file.PropertyList(H5P.LINK_CREATE);
        file.Check(H5P.set_char_encoding(link, H5T.cset_t.UTF8), $"create {path}");
        Handle dataset = file.Own(H5D.create(root, path, type, space, link, properties, access), H5D.close, $"create {path}");
        Attributes.Write(file, dataset, "units", field.Unit);
        Attributes.Write(file, dataset, "long_name", field.Meaning);
        if (field.Axes is [string own] && own == field.Name)
        {
            scales.Mark(dataset, own);
            scalePaths.Add(path);
        }
        else if (field.Axes.Length > 0)
            scales.Attach(dataset, path, [.. field.Axes.Select(axis => ScalePath(group, axis))]);
        return dataset;
    }

    private void Write(string group, Field field, long type, long memoryType, ulong length, nint data)
    {
        using Handle properties = file.PropertyList(H5P.DATASET_CREATE);
        file.Check(H5P.set_chunk(properties, 1, [Math.Clamp(length, 1, LargestChunk)]), $"create {field.Name}");
        Compress(properties);
        using Handle dataset = Create(group, field, type, [length], null, properties);
        if (length == 0)
            return; // a shard without points
        file.Check(H5D.write(dataset, memoryType, H5S.ALL, H5S.ALL, H5P.DEFAULT, data), $"write {Path(group, field.Name)}");
    }

    private void WriteStrings(string group, Field field, IReadOnlyList<string> values, ulong[] dimensions)
    {
        using Handle type = Utf8Strings.Type(file);
        using Handle dataset = Create(group, field, type, dimensions, null, H5P.DEFAULT);
        if (values.Count == 0)
            return;
        using Utf8Strings strings = new(values);
        file.Check(H5D.write(dataset, type, H5S.ALL, H5S.ALL, H5P.DEFAULT, strings.Address), $"write {Path(group, field.Name)}");
    }

    /// <summary>Allocated at once, so that filling it later changes data alone: nothing else may change while readers watch.</summary>
    private Handle Slot(string group, Field field, long type, long memoryType, nint initial)
    {
        using Handle properties = file.PropertyList(H5P.DATASET_CREATE);
        file.Check(H5P.set_alloc_time(properties, H5D.alloc_time_t.EARLY), $"create {field.Name}");
        file.Check(H5P.set_fill_value(properties, memoryType, initial), $"create {field.Name}");
        return Create(group, field, type, [], null, properties);
    }
}
