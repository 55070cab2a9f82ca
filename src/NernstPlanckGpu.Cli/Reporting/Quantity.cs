using System.Globalization;
using System.Text.RegularExpressions;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>Numbers for people: four digits, or what is asked for, and an SI prefix, in the spelling that a configuration reads.</summary>
internal static partial class Quantity
{
    private static readonly (double Factor, string Prefix)[] Prefixes =
    [
        (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""),
        (1e-3, "m"), (1e-6, "u"), (1e-9, "n"), (1e-12, "p"), (1e-15, "f"), (1e-18, "a"),
    ];

    /// <summary>A value in an SI unit, UDUNITS or plain spelling: 1.5e-9 and "m" give "1.5 nm", 150 and "mol m-3" give "150 mM"; not a number is "none".</summary>
    /// <param name="value">Value.</param>
    /// <param name="unit">Unit.</param>
    /// <param name="digits">Significant digits.</param>
    public static string Format(double value, string unit, int digits = 4) => unit switch
    {
        _ when double.IsNaN(value) => "none",
        "m" or "s" or "V" => Prefixed(value, unit, largest: 1, digits),
        "Hz" => Prefixed(value, unit, largest: 1e12, digits),
        "degree" => $"{Number(value, digits)} deg",
        "mol m-3" => $"{Number(value, digits)} mM",
        "1" or "" => Number(value, digits),
        _ => $"{Number(value, digits)} {Spell(unit)}",
    };

    /// <summary>A number with so many significant digits.</summary>
    public static string Number(double value, int digits = 4) =>
        Exponent().Replace(value.ToString($"G{digits}", CultureInfo.InvariantCulture), "e$1$2");

    /// <summary>A count, in full while it is short: 81234, 1.234e7.</summary>
    public static string Count(double value) =>
        value < 1e6 ? Math.Ceiling(value).ToString("F0", CultureInfo.InvariantCulture) : Number(value);

    private static string Spell(string unit) =>
        Power().Replace(InverseUnit().Replace(unit, "/$1^$2"), "$1^$2").Replace("^1", "", StringComparison.Ordinal);

    /// <summary>Nobody says kiloseconds: seconds, metres and volts have no prefix above one.</summary>
    private static string Prefixed(double value, string unit, double largest, int digits)
    {
        double magnitude = Math.Abs(value);
        if (magnitude == 0 || !double.IsFinite(value))
            return $"{Number(value, digits)} {unit}";

        // Rounding may carry into the next prefix.
        double carry = 0.5 * Math.Pow(10, -digits);
        foreach ((double factor, string prefix) in Prefixes)
        {
            if (factor <= largest && magnitude >= factor * (1 - carry))
                return $"{Number(value / factor, digits)} {prefix}{unit}";
        }

        return $"{Number(value, digits)} {unit}";
    }

    /// <summary>The exponent of "1E-09" and "1E+09", to be written 1e-9 and 1e9.</summary>
    [GeneratedRegex(@"E(?:\+|(-))0*(\d+)$")]
    private static partial Regex Exponent();

    /// <summary>A unit to a negative power in UDUNITS: " m-2", to be written /m^2.</summary>
    [GeneratedRegex(@" ([A-Za-z]+)-(\d)")]
    private static partial Regex InverseUnit();

    /// <summary>A unit to a positive power in UDUNITS: "ohm m2", to be written ohm m^2.</summary>
    [GeneratedRegex(@"([A-Za-z])(\d)")]
    private static partial Regex Power();
}
