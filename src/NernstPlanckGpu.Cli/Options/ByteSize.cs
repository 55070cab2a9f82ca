using System.Globalization;
using System.Text.RegularExpressions;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>Sizes of files as people write them: 20MB, 1.5 GB, 500 kB, 4MiB, 123456.</summary>
internal static partial class ByteSize
{
    /// <summary>Bytes; null where the text is no size of at least one byte.</summary>
    /// <param name="text">Text.</param>
    public static long? Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success || !double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            return null;
        double factor = match.Groups[2].Value.ToUpperInvariant() switch
        {
            "" or "B" => 1,
            "KB" or "K" => 1e3,
            "MB" or "M" => 1e6,
            "GB" or "G" => 1e9,
            "KIB" => 1024,
            "MIB" => 1024 * 1024,
            _ => 1024.0 * 1024 * 1024,
        };
        return number * factor is >= 1 and < 1e15 ? (long)(number * factor) : null;
    }

    [GeneratedRegex(@"^([0-9]*\.?[0-9]+) ?(|B|[kKMG]B?|[KMG]iB)$")]
    private static partial Regex Form();
}
