using System.Runtime.InteropServices;
using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>Writes attributes.</summary>
internal static class Attributes
{
    /// <summary>One string.</summary>
    internal static void Write(FileContext file, long target, string name, string value) =>
        WriteStrings(file, target, name, [value], scalar: true);

    /// <summary>A list of strings.</summary>
    internal static void Write(FileContext file, long target, string name, IReadOnlyList<string> values) =>
        WriteStrings(file, target, name, values, scalar: false);

    /// <summary>A list of bytes (CF flag values).</summary>
    internal static unsafe void Write(FileContext file, long target, string name, sbyte[] values)
    {
        fixed (sbyte* data = values)
            Write(file, target, name, H5T.STD_I8LE, [(ulong)values.Length], (nint)data);
    }

    /// <summary>Any values, in the memory layout of <paramref name="type"/>.</summary>
    internal static void Write(FileContext file, long target, string name, long type, ulong[] dimensions, nint data)
    {
        string operation = $"write the attribute {name}";
        using Handle space = file.Space(dimensions);
        using Handle attribute = file.Own(H5A.create(target, name, type, space), H5A.close, operation);
        file.Check(H5A.write(attribute, type, data), operation);
    }

    /// <summary>Puts another text in the place of one of <see cref="Write(FileContext, long, string, string)"/>; not while readers watch.</summary>
    internal static void Replace(FileContext file, long target, string name, string value)
    {
        string operation = $"write the attribute {name}";
        using Handle type = Utf8Strings.Type(file);
        using Utf8Strings strings = new([value]);
        using Handle attribute = file.Own(H5A.open_by_name(target, ".", name), H5A.close, operation);
        file.Check(H5A.write(attribute, type, strings.Address), operation);
    }

    /// <summary>The mark of a dimension scale, as netCDF reads it: a fixed-length ASCII string.</summary>
    internal static void WriteFixed(FileContext file, long target, string name, string value)
    {
        using Handle type = file.Own(H5T.copy(H5T.C_S1), H5T.close, "create the string type");
        nint data = Marshal.StringToCoTaskMemUTF8(value);
        try
        {
            file.Check(H5T.set_size(type, System.Text.Encoding.UTF8.GetByteCount(value) + 1), "create the string type");
            Write(file, target, name, type, [], data);
        }
        finally
        {
            Marshal.FreeCoTaskMem(data);
        }
    }

    private static void WriteStrings(FileContext file, long target, string name, IReadOnlyList<string> values, bool scalar)
    {
        using Handle type = Utf8Strings.Type(file);
        using Utf8Strings strings = new(values);
        Write(file, target, name, type, scalar ? [] : [(ulong)values.Count], strings.Address);
    }
}
