using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace NernstPlanckGpu.Report.Payload;

/// <summary>
/// Arrays of numbers in the page: little-endian, base64 in its variant for addresses, none of whose signs JSON escapes. In single precision seven digits are kept, and the page shows six; what single
/// precision cannot hold (beyond 1e38, or below 1e-37 and not 0) stays double.
/// </summary>
internal static class NumberArray
{
    private const double SmallestSingle = 1e-37, LargestSingle = 3e38;

    /// <summary>Bytes in the page that a number takes.</summary>
    internal static double BytesEach(bool single) => (single ? 4 : 8) * 4.0 / 3;

    /// <summary>An array.</summary>
    /// <param name="values">Values, row-major.</param>
    /// <param name="single">Single precision suffices.</param>
    internal static JsonObject Of(ReadOnlySpan<double> values, bool single = false)
    {
        bool fits = single && FitsSingle(values);
        return new JsonObject { [fits ? "f32" : "f64"] = fits ? Single(values) : Base64Url.EncodeToString(MemoryMarshal.AsBytes(values)) };
    }

    /// <summary>Whether single precision holds the values to its seven digits.</summary>
    internal static bool FitsSingle(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            double size = Math.Abs(value);
            if (size is > LargestSingle and < double.PositiveInfinity || (size > 0 && size < SmallestSingle))
                return false;
        }

        return true;
    }

    private static string Single(ReadOnlySpan<double> values)
    {
        float[] narrow = new float[values.Length];
        for (int i = 0; i < narrow.Length; i++)
            narrow[i] = (float)values[i];
        return Base64Url.EncodeToString(MemoryMarshal.AsBytes<float>(narrow));
    }
}
