using System.Globalization;
using System.Text;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>
/// The values of an axis, written as a user would write them: in the user's unit where both ends have the same, else in SI. They are
/// the same on every machine, since a point is known by its hash: nothing here calls the machine's own pow.
/// </summary>
internal static class AxisSeries
{
    /// <summary>Digits of values that are no decimal fractions of the ends.</summary>
    private const string Digits = "G12";

    /// <summary>The values in the place of another one; null when there is something wrong, which is reported.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="place">Value of the configuration that they replace.</param>
    /// <param name="context">Receives errors.</param>
    public static ConfigurationNode[]? Make(RawAxis axis, ConfigurationNode place, ReadContext context)
    {
        if (axis.Series is RawValues { Values: var listed })
            return [.. listed.Select(one => one.Node!.InPlaceOf(place))];
        var (first, last, isLogarithmic) = axis.Series switch
        {
            RawSpaced spaced => (spaced.First, spaced.Last, spaced.IsLogarithmic),
            RawRandom random => (random.From, random.To, random.IsLogarithmic),
            _ => throw new ArgumentException($"no series {axis.Series.GetType().Name}", nameof(axis)),
        };
        // Ratios are ratios of SI values: those of degrees Celsius mean nothing.
        var isOwnUnit = first.Unit == last.Unit && !(isLogarithmic && Units.UnitTable.IsCelsius(first.Unit));
        var (low, high) = isOwnUnit ? (first.Number, last.Number) : (first.Value, last.Value);
        var unit = isOwnUnit ? first.Unit : AxisUnits.Written((first.Dimension ?? last.Dimension)!.Value);
        var numbers = axis.Series is RawSpaced { Count: var count }
            ? Spaced(low, high, count, isLogarithmic)
            : Random(low, high, (RawRandom)axis.Series, axis.Path.Value!);
        if (axis.Series is RawSpaced && !Spacing.AreApart(numbers, high > low))
        {
            context.Report(axis.SeriesNode, $"double precision does not hold {numbers.Length} different values between these ends",
                "write a smaller count, or ends that lie further apart");
            return null;
        }

        return [.. numbers.Select(number => Node(number, unit, axis.SeriesNode).InPlaceOf(place))];
    }

    private static double[] Spaced(double first, double last, int count, bool isLogarithmic)
    {
        if (!isLogarithmic)
            return Spacing.Linear(first, last, count);
        double[] numbers = [.. Enumerable.Range(0, count).Select(i => Between(first, last, (double)i / (count - 1), isLogarithmic: true))];
        (numbers[0], numbers[^1]) = (first, last);
        return numbers;
    }

    /// <summary>
    /// Value k is made from the k-th number of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, 453) from a start that the seed and
    /// the path give, so that more values keep the earlier ones, and axes with one seed are independent.
    /// </summary>
    private static double[] Random(double from, double to, RawRandom random, string path)
    {
        // FNV-1a of the path.
        var start = Encoding.UTF8.GetBytes(path).Aggregate(14695981039346656037UL, (hash, symbol) => unchecked((hash ^ symbol) * 1099511628211UL));
        start = Mix(start ^ Mix((ulong)random.Seed));
        return [.. Enumerable.Range(1, random.Count).Select(k =>
            Between(from, to, (Mix(unchecked(start + (ulong)k * 0x9E3779B97F4A7C15UL)) >> 11) * (1.0 / (1UL << 53)), random.IsLogarithmic))];
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    private static double Between(double low, double high, double part, bool isLogarithmic)
    {
        var number = isLogarithmic
            ? Elementary.Exp(new ScalarLane(Log(low) * (1 - part) + Log(high) * part)).Value
            : low * (1 - part) + high * part;
        return double.Parse(number.ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0;
    }

    private static double Log(double number) => Elementary.Log(new ScalarLane(number)).Value;

    private static ConfigurationNode Node(double number, string unit, ConfigurationNode place)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
        return new()
        {
            Kind = unit.Length == 0 ? NodeKind.Number : NodeKind.String,
            File = place.File,
            Line = place.Line,
            Column = place.Column,
            Text = unit.Length == 0 ? text : $"{text} {unit}",
            Number = unit.Length == 0 ? number : 0,
        };
    }
}
