using System.Globalization;
using System.Text.RegularExpressions;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>Numbers for people: four digits and an SI prefix, in the spelling that a configuration reads.</summary>
internal static partial class Quantity
{
    private static readonly (double Factor, string Prefix)[] Prefixes =
    [
        (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""),
        (1e-3, "m"), (1e-6, "u"), (1e-9, "n"), (1e-12, "p"), (1e-15, "f"), (1e-18, "a"),
    ];

    /// <summary>A value in an SI unit, UDUNITS or plain spelling: 1.5e-9 and "m" give "1.5 nm", 150 and "mol m-3" give "150 mM".</summary>
    public static string Format(double value, string unit) => unit switch
    {
        "m" or "s" or "V" => Prefixed(value, unit, largest: 1),
        "Hz" => Prefixed(value, unit, largest: 1e12),
        "degree" => $"{Number(value)} deg",
        "mol m-3" => $"{Number(value)} mM",
        "1" or "" => Number(value),
        _ => $"{Number(value)} {Spell(unit)}",
    };

    /// <summary>Four significant digits.</summary>
    public static string Number(double value) => Exponent().Replace(value.ToString("G4", CultureInfo.InvariantCulture), "e$1$2");

    /// <summary>A count, in full while it is short: 81234, 1.234e7.</summary>
    public static string Count(double value) =>
        value < 1e6 ? Math.Ceiling(value).ToString("F0", CultureInfo.InvariantCulture) : Number(value);

    private static string Spell(string unit) =>
        Power().Replace(InverseUnit().Replace(unit, "/$1^$2"), "$1^$2").Replace("^1", "", StringComparison.Ordinal);

    /// <summary>Nobody says kiloseconds: seconds, metres and volts have no prefix above one.</summary>
    private static string Prefixed(double value, string unit, double largest)
    {
        double magnitude = Math.Abs(value);
        if (magnitude == 0 || !double.IsFinite(value))
            return $"{Number(value)} {unit}";

        // Rounding to four digits may carry into the next prefix.
        foreach ((double factor, string prefix) in Prefixes)
        {
            if (factor <= largest && magnitude >= factor * 0.99995)
                return $"{Number(value / factor)} {prefix}{unit}";
        }

        return $"{Number(value)} {unit}";
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
