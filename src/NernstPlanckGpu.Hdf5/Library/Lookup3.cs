using System.Buffers.Binary;
using static System.Numerics.BitOperations;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>Bob Jenkins' hash lookup3 (hashlittle), HDF5's checksum of metadata.</summary>
internal static class Lookup3
{
    /// <summary>Checksum of <paramref name="bytes"/>.</summary>
    internal static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint a = unchecked(0xdeadbeef + (uint)bytes.Length), b = a, c = a;
        while (bytes.Length > 12)
        {
            Add(bytes, ref a, ref b, ref c);
            Mix(ref a, ref b, ref c);
            bytes = bytes[12..];
        }
        if (bytes.IsEmpty)
            return c;
        Span<byte> tail = stackalloc byte[12];
        tail.Clear();
        bytes.CopyTo(tail);
        Add(tail, ref a, ref b, ref c);
        return Finish(a, b, c);
    }

    private static void Add(ReadOnlySpan<byte> block, ref uint a, ref uint b, ref uint c)
    {
        unchecked
        {
            a += BinaryPrimitives.ReadUInt32LittleEndian(block);
            b += BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
            c += BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
        }
    }

    private static void Mix(ref uint a, ref uint b, ref uint c)
    {
        unchecked
        {
            a = (a - c) ^ RotateLeft(c, 4);
            c += b;
            b = (b - a) ^ RotateLeft(a, 6);
            a += c;
            c = (c - b) ^ RotateLeft(b, 8);
            b += a;
            a = (a - c) ^ RotateLeft(c, 16);
            c += b;
            b = (b - a) ^ RotateLeft(a, 19);
            a += c;
            c = (c - b) ^ RotateLeft(b, 4);
            b += a;
        }
    }

    private static uint Finish(uint a, uint b, uint c)
    {
        unchecked
        {
            c = (c ^ b) - RotateLeft(b, 14);
            a = (a ^ c) - RotateLeft(c, 11);
            b = (b ^ a) - RotateLeft(a, 25);
            c = (c ^ b) - RotateLeft(b, 16);
            a = (a ^ c) - RotateLeft(c, 4);
            b = (b ^ a) - RotateLeft(a, 14);
            return (c ^ b) - RotateLeft(b, 24);
        }
    }
}
