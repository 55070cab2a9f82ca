namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>Chunks of a sweep file.</summary>
internal static class SweepChunk
{
    /// <summary>Numbers in a chunk: 256 KiB of doubles.</summary>
    private const ulong Numbers = 32_768;

    /// <summary>Rows in a chunk of single numbers: 32 KiB, so that a small sweep does not have large files.</summary>
    private const ulong Rows = 4096;

    /// <summary>Whole rows up to 256 KiB; a longer row in pieces along its first axes.</summary>
    /// <param name="dimensions">Rows, and dimensions of a row.</param>
    internal static ulong[] Of(ulong[] dimensions)
    {
        ulong[] chunk = [.. dimensions.Select(length => Math.Max(length, 1))];
        ulong inner = 1;
        for (int i = chunk.Length - 1; i >= 0; i--)
        {
            chunk[i] = Math.Clamp(Numbers / inner, 1, chunk[i]);
            inner *= chunk[i];
        }
        chunk[0] = Math.Min(chunk[0], Rows);
        return chunk;
    }

    /// <summary>Chunks of the messages: 240 KiB.</summary>
    internal static ulong[] OfMessages(int rows) => [(ulong)Math.Clamp(rows, 1, 1024), SweepSchema.MessageLength];
}
