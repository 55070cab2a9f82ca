using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>
/// The first 48 bytes of an HDF5 file (superblock version 2 or 3, 8-byte offsets). A writer sets consistency flags there;
/// while they stand, a plain open is refused although, in single-writer-multiple-reader mode, the file is readable at any time.
/// </summary>
internal struct Superblock
{
    private const int Size = 48;
    private const int FlagsAt = 11;
    private const int EndAt = 28;
    private const int ChecksumAt = 44;

    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Consistency flags: 1 being written, 4 in single-writer-multiple-reader mode.</summary>
    internal byte Flags { get; set; }

    /// <summary>End of the file as the superblock has it, bytes.</summary>
    internal long EndOfFile { get; set; }

    /// <summary>Reads it.</summary>
    /// <returns>Null where the file has none of this kind, or its checksum is wrong.</returns>
    internal static Superblock? Read(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!ReadBytes(file, bytes))
            return null;
        return new Superblock { Flags = bytes[FlagsAt], EndOfFile = BinaryPrimitives.ReadInt64LittleEndian(bytes[EndAt..]) };
    }

    /// <summary>Puts <see cref="Flags"/> and <see cref="EndOfFile"/> into the file, in one write.</summary>
    internal readonly void Write(SafeFileHandle file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!ReadBytes(file, bytes))
            return;
        bytes[FlagsAt] = Flags;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[EndAt..], EndOfFile);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Lookup3.Hash(bytes[..ChecksumAt]));
        RandomAccess.Write(file, bytes, 0);
    }

    /// <summary>Clears the consistency flags if any is set.</summary>
    internal static void ClearFlags(SafeFileHandle file)
    {
        if (Read(file) is { Flags: not 0 } superblock)
            (superblock with { Flags = 0 }).Write(file);
    }

    private static bool ReadBytes(SafeFileHandle file, Span<byte> bytes) =>
        RandomAccess.Read(file, bytes, 0) == Size
        && bytes[..Signature.Length].SequenceEqual(Signature)
        && (bytes[8] is 2 or 3)
        && bytes[9] == 8
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) == Lookup3.Hash(bytes[..ChecksumAt]);
}
