using System.Runtime.InteropServices;
using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>Reads numbers, strings and names. Callers hold the lock of <see cref="Hdf5Library"/>.</summary>
internal static class DatasetReader
{
    /// <summary>Dimensions of a space.</summary>
    internal static ulong[] Dimensions(FileContext file, long space)
    {
        int rank = H5S.get_simple_extent_ndims(space);
        file.Check(rank, "read the dimensions");
        ulong[] dimensions = new ulong[rank];
        if (rank > 0)
            file.Check(H5S.get_simple_extent_dims(space, dimensions, null!), "read the dimensions");
        return dimensions;
    }

    /// <summary>Numbers as doubles; all, or one row.</summary>
    internal static double[] Numbers(FileContext file, long dataset, string name, int? row) =>
        Numbers(file, dataset, name, row ?? 0, row == null ? null : 1);

    /// <summary>Numbers as doubles; all, or some rows.</summary>
    internal static unsafe double[] Numbers(FileContext file, long dataset, string name, int first, int? rows)
    {
        string operation = $"read {name}";
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, operation);
        ulong[] count = Select(file, space, first, rows, operation);
        double[] values = new double[count.Aggregate(1UL, (product, length) => product * length)];
        if (values.Length == 0)
            return values;
        using Handle memory = file.Space(count);
        fixed (double* data = values)
            file.Check(H5D.read(dataset, H5T.NATIVE_DOUBLE, memory, space, H5P.DEFAULT, (nint)data), operation);
        return values;
    }

    /// <summary>Bytes of text, some rows.</summary>
    internal static unsafe byte[] Bytes(FileContext file, long dataset, string name, int first, int rows)
    {
        string operation = $"read {name}";
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, operation);
        ulong[] count = Select(file, space, first, rows, operation);
        byte[] values = new byte[count.Aggregate(1UL, (product, length) => product * length)];
        using Handle memory = file.Space(count);
        using Handle type = Sweeps.SweepMessages.Type(file);
        fixed (byte* data = values)
            file.Check(H5D.read(dataset, type, memory, space, H5P.DEFAULT, (nint)data), operation);
        return values;
    }

    private static ulong[] Select(FileContext file, long space, int first, int? rows, string operation)
    {
        ulong[] count = Dimensions(file, space);
        if (rows is not int number)
            return count;
        ulong[] start = new ulong[count.Length];
        start[0] = (ulong)first;
        count[0] = (ulong)number;
        file.Check(H5S.select_hyperslab(space, H5S.seloper_t.SET, start, null!, count, null!), operation);
        return count;
    }

    /// <summary>Variable-length strings.</summary>
    /// <param name="file">File, for messages.</param>
    /// <param name="space">Their space.</param>
    /// <param name="what">What they are, for messages.</param>
    /// <param name="read">Reads into a buffer of pointers, given the type.</param>
    internal static unsafe string[] Strings(FileContext file, long space, string what, Func<long, nint, int> read)
    {
        ulong count = Dimensions(file, space).Aggregate(1UL, (product, length) => product * length);
        if (count == 0)
            return [];
        nint[] pointers = new nint[count];
        using Handle type = Utf8Strings.Type(file);
        fixed (nint* buffer = pointers)
        {
            file.Check(read(type, (nint)buffer), $"read {what}");
            string[] values = [.. pointers.Select(pointer => Marshal.PtrToStringUTF8(pointer) ?? string.Empty)];
            _ = H5D.vlen_reclaim(type, space, H5P.DEFAULT, (nint)buffer);
            return values;
        }
    }

    /// <summary>An attribute of strings; none where the object has none of that name.</summary>
    internal static string[] Attribute(FileContext file, long root, string name, string attribute)
    {
        if (H5A.exists_by_name(root, name, attribute) <= 0)
            return [];
        string what = $"{attribute} of {name}";
        using Handle handle = file.Own(H5A.open_by_name(root, name, attribute), H5A.close, $"read {what}");
        using Handle space = file.Own(H5A.get_space(handle), H5S.close, $"read {what}");
        return Strings(file, space, what, (type, buffer) => H5A.read(handle, type, buffer));
    }

    /// <summary>Names in a group.</summary>
    internal static List<string> Names(FileContext file, long root, string group)
    {
        using Handle handle = file.Own(H5G.open(root, group), H5G.close, $"open the group {group}");
        H5G.info_t info = default;
        file.Check(H5G.get_info(handle, ref info), $"list the group {group}");
        List<string> names = [];
        for (ulong i = 0; i < info.nlinks; i++)
            names.Add(Name(file, handle, i));
        return names;
    }

    private static string Name(FileContext file, long group, ulong index)
    {
        nint length = H5L.get_name_by_idx(group, ".", H5.index_t.NAME, H5.iter_order_t.INC, index, 0, 0, H5P.DEFAULT);
        file.Check(length, "list a group");
        nint buffer = Marshal.AllocHGlobal(length + 1);
        try
        {
            file.Check(
                H5L.get_name_by_idx(group, ".", H5.index_t.NAME, H5.iter_order_t.INC, index, buffer, length + 1, H5P.DEFAULT),
                "list a group");
            return Marshal.PtrToStringUTF8(buffer)!;
        }
        finally
        {
            Marshal.FreeHGlobal(buffer);
        }
    }
}
