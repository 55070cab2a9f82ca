using System.Globalization;

namespace NernstPlanckGpu.Core.Units;

/// <summary>
/// Parses products, quotients and powers of units, left to right: "um^2/ms", "mol m-2 s-1", "mol/(m^2 s)", "J·mol⁻¹".
/// </summary>
internal sealed class UnitParser
{
    private const string SuperscriptDigits = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
    private const int MaximumExponent = 12;
    private const int MaximumNesting = 8;
    private readonly string text;
    private int position;
    private int nesting;

    private UnitParser(string text) => this.text = text;

    /// <summary>Parses a unit that is known to be right.</summary>
    public static Unit Parse(string text) =>
        TryParse(text, out var unit, out var problem) ? unit : throw new ArgumentException(problem, nameof(text));

    /// <summary>Parses a unit; false with what is wrong.</summary>
    public static bool TryParse(string text, out Unit unit, out string problem)
    {
        var parser = new UnitParser(text);
        try
        {
            unit = parser.Product();
            if (parser.position < text.Length)
                throw new FormatException($"\"{text[parser.position..]}\" is not part of a unit");
            problem = "";
            return true;
        }
        catch (FormatException exception)
        {
            unit = default;
            problem = exception.Message;
            return false;
        }
    }

    private char Current => position < text.Length ? text[position] : '\0';

    private Unit Product()
    {
        var unit = Factor();
        while (true)
        {
            SkipSpaces();
            if (Current is '/')
            {
                position++;
                unit *= Factor().Power(-1);
            }
            else if (Current is '*' or '\u00b7' or '\u22c5' or '.')
            {
                position++;
                unit *= Factor();
            }
            else if (Current is '(' || IsSymbol(Current))
                unit *= Factor();
            else
                return Bounded(unit);
        }
    }

    private Unit Factor()
    {
        SkipSpaces();
        if (Current is '(')
            return Group().Power(Exponent());
        if (Current is '1')
        {
            position++;
            return Unit.One;
        }

        var start = position;
        while (IsSymbol(Current))
            position++;
        var symbol = text[start..position];
        if (symbol.Length == 0)
            throw new FormatException(start < text.Length ? $"a unit was expected where \"{text[start..]}\" stands" : "a unit is missing");
        if (UnitTable.IsCelsius(symbol))
            throw new FormatException("degC is a scale, not a factor: it stands alone, and only for a temperature");
        if (!UnitTable.TryFind(symbol, out var unit))
            throw new FormatException($"\"{symbol}\" is not a unit");
        return unit.Power(Exponent());
    }

    private Unit Group()
    {
        if (++nesting > MaximumNesting)
            throw new FormatException("the unit has too many parentheses");
        position++;
        var unit = Product();
        SkipSpaces();
        if (Current is not ')')
            throw new FormatException("a closing parenthesis is missing in the unit");
        position++;
        nesting--;
        return unit;
    }

    private int Exponent()
    {
        var start = position;
        if (Current is '^')
            position++;
        else if (text.AsSpan(position).StartsWith("**", StringComparison.Ordinal))
            position += 2;
        var superscript = position == start && IsSuperscript(Current);
        var digits = "";
        while (superscript ? IsSuperscript(Current) : char.IsAsciiDigit(Current) || (digits.Length == 0 && Current is '-' or '+'))
            digits += superscript ? FromSuperscript(text[position++]) : text[position++];
        if (position == start)
            return 1;
        if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            throw new FormatException("an exponent is missing or not a whole number in the unit");
        return Math.Abs(exponent) <= MaximumExponent ? exponent : throw new FormatException($"the exponent {exponent} is too large");
    }

    private static Unit Bounded(Unit unit) =>
        Math.Abs(unit.Decade) <= 1000 && double.IsFinite(unit.Factor) && unit.Factor > 0
            ? unit
            : throw new FormatException("the unit is out of range");

    private static bool IsSymbol(char symbol) => (char.IsLetter(symbol) && !IsSuperscript(symbol)) || symbol is '\u00b0' or '%' or '\u2103';

    private static bool IsSuperscript(char symbol) =>
        symbol != '\0' && (symbol is '\u207b' or '\u207a' || SuperscriptDigits.Contains(symbol, StringComparison.Ordinal));

    private static char FromSuperscript(char symbol) => symbol switch
    {
        '\u207b' => '-',
        '\u207a' => '+',
        _ => (char)('0' + SuperscriptDigits.IndexOf(symbol, StringComparison.Ordinal)),
    };

    private void SkipSpaces()
    {
        while (Current is ' ' or '\t' or '\u00a0' or '\u202f')
            position++;
    }
}
