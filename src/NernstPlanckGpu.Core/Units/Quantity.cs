using System.Globalization;

namespace NernstPlanckGpu.Core.Units;

/// <summary>Reads quantities such as "140 mM" into SI.</summary>
public static class Quantity
{
    /// <summary>Reads <paramref name="text"/>, a number and a unit of the right dimension, into SI. Always finite.</summary>
    /// <param name="text">Text, such as "-70 mV".</param>
    /// <param name="kind">What it must be.</param>
    /// <param name="value">SI value, correctly rounded where the unit is a power of ten of the SI unit.</param>
    /// <param name="problem">What is wrong; empty when nothing is.</param>
    /// <param name="remedy">What to write instead; empty when nothing is wrong.</param>
    public static bool TryParse(string text, QuantityKind kind, out double value, out string problem, out string remedy)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(kind);
        value = double.NaN;
        remedy = $"write {kind.Advice}";
        var (number, unitText) = Split(text);
        if (number.Length == 0)
            problem = $"\"{Shorten(text)}\" does not start with a number";
        else if (unitText.Length == 0)
            problem = $"\"{Shorten(text)}\" has no unit";
        else
            problem = Convert(number, unitText, kind, out value);
        if (problem.Length == 0)
        {
            remedy = "";
            return true;
        }

        value = double.NaN;
        return false;
    }

    /// <summary>Reads text that is known to be right.</summary>
    /// <param name="text">Text, such as "-70 mV".</param>
    /// <param name="kind">What it must be.</param>
    public static double Parse(string text, QuantityKind kind) =>
        TryParse(text, kind, out var value, out var problem, out var remedy) ? value : throw new FormatException($"{problem}; {remedy}");

    /// <summary>Number and unit of a text; either may be empty.</summary>
    internal static (string Number, string Unit) Split(string text)
    {
        var trimmed = text.Trim().Replace('\u2212', '-');
        var length = NumberLength(trimmed);
        return (trimmed[..length], trimmed[length..].Trim());
    }

    /// <summary>Reads a number with any unit into SI; null where the text is none.</summary>
    internal static (double Value, Dimension Dimension)? TryParse(string text)
    {
        var (number, unitText) = Split(text);
        if (number.Length == 0 || unitText.Length == 0)
            return null;
        var dimension = UnitTable.IsCelsius(unitText) ? QuantityKind.Temperature.Dimension
            : UnitParser.TryParse(unitText, out var unit, out _) ? unit.Dimension : (Dimension?)null;
        return dimension is { } known && Convert(number, unitText, new("value", "", known, []), out var value).Length == 0 ? (value, known) : null;
    }

    private static string Convert(string number, string unitText, QuantityKind kind, out double value)
    {
        value = double.NaN;
        if (UnitTable.IsCelsius(unitText))
        {
            if (kind.Dimension != QuantityKind.Temperature.Dimension)
                return $"\"{unitText}\" is a temperature, but {kind.WithArticle} is expected";
            value = double.Parse(number, CultureInfo.InvariantCulture) + PhysicalConstants.ZeroCelsius;
        }
        else
        {
            if (!UnitParser.TryParse(unitText, out var unit, out var problem))
                return problem;
            if (unit.Dimension != kind.Dimension)
                return $"the unit \"{Shorten(unitText)}\" ({unit.Dimension}) is not that of {kind.WithArticle} ({kind.Dimension})";
            value = Scale(number, unit.Decade) * unit.Factor;
        }

        return double.IsFinite(value) ? "" : $"{Shorten(number)} is not a finite number";
    }

    /// <summary>number × 10^decade, rounded once: the decade goes into the decimal exponent, not into a product.</summary>
    private static double Scale(string number, int decade)
    {
        var mark = number.IndexOfAny(['e', 'E']);
        var mantissa = mark < 0 ? number : number[..mark];
        var exponent = 0L;
        if (mark >= 0 && !long.TryParse(number[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            exponent = number[mark + 1] == '-' ? -1_000_000 : 1_000_000;
        exponent = Math.Clamp(exponent, -1_000_000, 1_000_000) + decade;
        return double.Parse($"{mantissa}e{exponent.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);
    }

    /// <summary>Length of the number at the start; an "e" without digits belongs to the unit ("5 eV").</summary>
    private static int NumberLength(string text)
    {
        var sign = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(text, sign);
        var end = sign + whole;
        var fraction = end < text.Length && text[end] == '.' ? Digits(text, end + 1) : 0;
        if (whole + fraction == 0)
            return 0;
        if (end < text.Length && text[end] == '.')
            end += 1 + fraction;
        if (end >= text.Length || text[end] is not ('e' or 'E'))
            return end;
        var exponent = end + 1;
        if (exponent < text.Length && text[exponent] is '+' or '-')
            exponent++;
        var digits = Digits(text, exponent);
        return digits == 0 ? end : exponent + digits;
    }

    private static int Digits(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end - start;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 37), "...");
}
