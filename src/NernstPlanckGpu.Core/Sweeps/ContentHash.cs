using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Hashes of values by what they say: SHA-256 cut to 128 bits, of a value over those of its parts (Merkle), so that what is
/// unchanged is hashed once. Members count in the order of their names, numbers by their value, comments and blanks not at all.
/// </summary>
internal static class ContentHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 16;

    /// <summary>Hash of a value, kept with it.</summary>
    public static UInt128 Of(ConfigurationNode node)
    {
        if (node.Content is { } kept)
            return kept.Value;
        var hash = Of(Bytes(node));
        node.Content = new StrongBox<UInt128>(hash);
        return hash;
    }

    /// <summary>Hash of bytes.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Hash of a text.</summary>
    public static UInt128 Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>What is hashed of an object or list, and where in it the hashes of some of its children stand.</summary>
    /// <param name="node">Object or list.</param>
    /// <param name="children">Indices of members or items.</param>
    /// <param name="leftOut">Names of members that do not count.</param>
    public static (byte[] Bytes, int[] Places) Template(ConfigurationNode node, IReadOnlyList<int> children, IReadOnlyCollection<string> leftOut)
    {
        var places = new int[children.Count];
        using var stream = new MemoryStream();
        stream.WriteByte((byte)(node.Kind == NodeKind.Object ? 'o' : 'a'));
        IEnumerable<int> order = node.Kind == NodeKind.Object
            ? Enumerable.Range(0, node.Members.Count).Where(i => !leftOut.Contains(node.Members[i].Name)).OrderBy(i => node.Members[i].Name, StringComparer.Ordinal)
            : Enumerable.Range(0, node.Items.Count);
        Span<byte> hash = stackalloc byte[Size];
        foreach (var i in order)
        {
            if (node.Kind == NodeKind.Object)
            {
                var name = Encoding.UTF8.GetBytes(node.Members[i].Name);
                BinaryPrimitives.WriteInt32BigEndian(hash, name.Length);
                stream.Write(hash[..sizeof(int)]);
                stream.Write(name);
            }

            for (var k = 0; k < places.Length; k++)
            {
                if (children[k] == i)
                    places[k] = (int)stream.Position;
            }

            hash.Clear();
            if (!children.Contains(i))
                BinaryPrimitives.WriteUInt128BigEndian(hash, Of(node.Kind == NodeKind.Object ? node.Members[i].Value : node.Items[i]));
            stream.Write(hash);
        }

        return (stream.ToArray(), places);
    }

    private static byte[] Bytes(ConfigurationNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Object or NodeKind.Array:
                return Template(node, [], []).Bytes;
            case NodeKind.Number:
                var bytes = new byte[9];
                bytes[0] = (byte)'n';
                // + 0.0: a zero has no sign.
                BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(1), node.Number + 0.0);
                return bytes;
            default:
                return Encoding.UTF8.GetBytes((node.Kind == NodeKind.String ? "s" : "l") + node.Text);
        }
    }
}
