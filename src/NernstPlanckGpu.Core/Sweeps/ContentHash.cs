using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NernstPlanckGpu.Core.Configuration.Json;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// Hashes of values by what they say. The hash of a tree is the sum, mod 2^128, over its nodes, each SHA-256 cut to 128 bits of its
/// JSON pointer, kind and value: so members count in any order, numbers by their value, comments and blanks not at all, and what is
/// unchanged need not be hashed again. Sums are as unlikely to meet by chance as any 128 bits; against forgery they are no protection.
/// </summary>
internal static class ContentHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = 16;

    /// <summary>Hash of a value at its place, all below it included.</summary>
    public static UInt128 Of(ConfigurationNode node) => Of(node, node.Pointer);

    /// <summary>Hash of bytes.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>Hash of a text.</summary>
    public static UInt128 Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    private static UInt128 Of(ConfigurationNode node, string path)
    {
        var hash = Of($"{path}\0{Own(node)}");
        foreach (var member in node.Members)
            hash = unchecked(hash + Of(member.Value, $"{path}/{ConfigurationNode.Escape(member.Name)}"));
        for (var i = 0; i < node.Items.Count; i++)
            hash = unchecked(hash + Of(node.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}/{i}")));
        return hash;
    }

    private static string Own(ConfigurationNode node) => node.Kind switch
    {
        NodeKind.Object => "{}",
        NodeKind.Array => "[]",
        // + 0.0: a zero has no sign.
        NodeKind.Number => (node.Number + 0.0).ToString("R", CultureInfo.InvariantCulture),
        NodeKind.String => '"' + node.Text,
        _ => node.Text,
    };
}
