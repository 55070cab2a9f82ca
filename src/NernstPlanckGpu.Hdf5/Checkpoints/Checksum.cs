using System.Security.Cryptography;
using System.Text;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Hdf5.Checkpoints;

/// <summary>SHA-256 over all that a checkpoint holds: HDF5 itself does not notice a changed number.</summary>
internal static class Checksum
{
    /// <summary>Hexadecimal digits.</summary>
    internal static string Of(IReadOnlyDictionary<string, string> texts, IReadOnlyList<string> overrides, IEnumerable<EngineRecord> records)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            foreach ((string name, string value) in texts)
            {
                writer.Write(name);
                writer.Write(value);
            }
            foreach (string text in overrides)
                writer.Write(text);
            foreach (RecordEntry entry in records.SelectMany(record => record.Entries))
            {
                writer.Write(entry.Name);
                writer.Write(entry.Unit);
                writer.Write(entry.Values.Length);
                foreach (double value in entry.Values)
                    writer.Write(value);
            }
        }
        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }
}
