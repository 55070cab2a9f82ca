using System.Text;
using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>
/// The messages of points: characters [point, byte] as netCDF has text of fixed length (xarray joins them to strings). Strings of
/// variable length cannot be written while readers watch, and netCDF crashes on fixed-length ones of HDF5.
/// </summary>
internal sealed class SweepMessages(FileContext file, Handle dataset) : IDisposable
{
    private const string Operation = "write the messages";

    /// <summary>One byte of text.</summary>
    internal static Handle Type(FileContext file)
    {
        Handle type = file.Own(H5T.copy(H5T.C_S1), H5T.close, "create the string type");
        file.Check(H5T.set_strpad(type, H5T.str_t.NULLPAD), "create the string type");
        return type;
    }

    /// <summary>Writes the message of a row.</summary>
    internal unsafe void Write(int row, string message)
    {
        byte[] bytes = Bytes(message);
        ulong[] counts = [1, SweepSchema.MessageLength];
        using Handle memory = file.Space(counts);
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, Operation);
        file.Check(H5S.select_hyperslab(space, H5S.seloper_t.SET, [(ulong)row, 0], null!, counts, null!), Operation);
        using Handle type = Type(file);
        fixed (byte* data = bytes)
            file.Check(H5D.write(dataset, type, memory, space, H5P.DEFAULT, (nint)data), Operation);
    }

    /// <inheritdoc/>
    public void Dispose() => dataset.Dispose();

    /// <summary>The text on one line, cut between two characters where it is too long.</summary>
    internal static byte[] Bytes(string message)
    {
        const char more = '…';
        string line = message.ReplaceLineEndings(" ").Replace("\0", string.Empty, StringComparison.Ordinal);
        byte[] bytes = new byte[SweepSchema.MessageLength];
        if (Encoding.UTF8.GetByteCount(line) > bytes.Length)
        {
            var kept = new StringBuilder();
            int room = bytes.Length - new Rune(more).Utf8SequenceLength;
            foreach (Rune rune in line.EnumerateRunes())
            {
                room -= rune.Utf8SequenceLength;
                if (room < 0)
                    break;
                kept.Append(rune);
            }
            line = kept.Append(more).ToString();
        }
        Encoding.UTF8.GetBytes(line, bytes);
        return bytes;
    }
}
