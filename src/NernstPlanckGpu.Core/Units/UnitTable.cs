using System.Diagnostics.CodeAnalysis;

namespace NernstPlanckGpu.Core.Units;

/// <summary>A unit as Factor × 10^Decade in SI; the decade is kept apart so that "30 nm" is exactly 30e-9.</summary>
/// <param name="Factor">What is not a power of ten.</param>
/// <param name="Decade">Power of ten.</param>
/// <param name="Dimension">Dimension.</param>
internal readonly record struct Unit(double Factor, int Decade, Dimension Dimension)
{
    public static Unit One { get; } = new(1, 0, default);

    public static Unit operator *(Unit left, Unit right) =>
        new(left.Factor * right.Factor, left.Decade + right.Decade, left.Dimension * right.Dimension);

    public Unit Power(int exponent) =>
        new(exponent == 1 ? Factor : Math.Pow(Factor, exponent), Decade * exponent, Dimension.Power(exponent));
}

/// <summary>Units by symbol, and prefixes.</summary>
internal static class UnitTable
{
    private static readonly Dimension Energy = new(Metre: 2, Kilogram: 1, Second: -2);

    /// <summary>Units that take prefixes. Exact values: SI brochure, 9th edition (2019); calorie: thermochemical.</summary>
    private static readonly Dictionary<string, Unit> Prefixed = new(StringComparer.Ordinal)
    {
        ["m"] = new(1, 0, new(Metre: 1)),
        ["g"] = new(1, -3, new(Kilogram: 1)),
        ["s"] = new(1, 0, new(Second: 1)),
        ["A"] = new(1, 0, new(Ampere: 1)),
        ["K"] = new(1, 0, new(Kelvin: 1)),
        ["mol"] = new(1, 0, new(Mole: 1)),
        ["M"] = new(1, 3, new(Metre: -3, Mole: 1)),
        ["L"] = new(1, -3, new(Metre: 3)),
        ["l"] = new(1, -3, new(Metre: 3)),
        ["Hz"] = new(1, 0, new(Second: -1)),
        ["N"] = new(1, 0, new(Metre: 1, Kilogram: 1, Second: -2)),
        ["Pa"] = new(1, 0, new(Metre: -1, Kilogram: 1, Second: -2)),
        ["bar"] = new(1, 5, new(Metre: -1, Kilogram: 1, Second: -2)),
        ["J"] = new(1, 0, Energy),
        ["cal"] = new(4.184, 0, Energy),
        ["eV"] = new(1.602176634, -19, Energy),
        ["W"] = new(1, 0, new(Metre: 2, Kilogram: 1, Second: -3)),
        ["C"] = new(1, 0, new(Second: 1, Ampere: 1)),
        ["V"] = new(1, 0, new(Metre: 2, Kilogram: 1, Second: -3, Ampere: -1)),
        ["F"] = new(1, 0, new(Metre: -2, Kilogram: -1, Second: 4, Ampere: 2)),
        ["S"] = new(1, 0, new(Metre: -2, Kilogram: -1, Second: 3, Ampere: 2)),
        ["ohm"] = new(1, 0, new(Metre: 2, Kilogram: 1, Second: -3, Ampere: -2)),
        ["\u03a9"] = new(1, 0, new(Metre: 2, Kilogram: 1, Second: -3, Ampere: -2)),
        ["\u2126"] = new(1, 0, new(Metre: 2, Kilogram: 1, Second: -3, Ampere: -2)),
        ["rad"] = new(1, 0, default),
    };

    private static readonly Dictionary<string, Unit> Whole = new(StringComparer.Ordinal)
    {
        ["min"] = new(60, 0, new(Second: 1)),
        ["h"] = new(3600, 0, new(Second: 1)),
        ["d"] = new(86400, 0, new(Second: 1)),
        ["angstrom"] = new(1, -10, new(Metre: 1)),
        ["Angstrom"] = new(1, -10, new(Metre: 1)),
        ["\u00c5"] = new(1, -10, new(Metre: 1)),
        ["\u212b"] = new(1, -10, new(Metre: 1)),
        ["deg"] = new(Math.PI / 180, 0, default),
        ["%"] = new(1, -2, default),
    };

    private static readonly (string Symbol, int Decade)[] Prefixes =
    [
        ("da", 1), ("Y", 24), ("Z", 21), ("E", 18), ("P", 15), ("T", 12), ("G", 9), ("M", 6), ("k", 3), ("h", 2), ("d", -1),
        ("c", -2), ("m", -3), ("u", -6), ("\u00b5", -6), ("\u03bc", -6), ("n", -9), ("p", -12), ("f", -15), ("a", -18),
        ("z", -21), ("y", -24),
    ];

    /// <summary>Looks a symbol up: without a prefix first ("min" is a minute, "m" a metre), then with one.</summary>
    public static bool TryFind(string symbol, out Unit unit)
    {
        if (Whole.TryGetValue(symbol, out unit) || Prefixed.TryGetValue(symbol, out unit))
            return true;
        foreach (var (prefix, decade) in Prefixes)
        {
            if (!symbol.StartsWith(prefix, StringComparison.Ordinal) || !Prefixed.TryGetValue(symbol[prefix.Length..], out unit))
                continue;
            unit = unit with { Decade = unit.Decade + decade };
            return true;
        }

        unit = default;
        return false;
    }

    /// <summary>True for the names of the Celsius scale, which is not a factor.</summary>
    public static bool IsCelsius([NotNullWhen(true)] string? symbol) => symbol is "degC" or "\u00b0C" or "\u2103" or "celsius" or "Celsius";
}
