namespace NernstPlanckGpu.Core.Verification;

/// <summary>What a check measured.</summary>
/// <param name="Expected">Value expected, in the check's unit.</param>
/// <param name="Got">Value got.</param>
/// <param name="Error">Error, ≥ 0, as the check counts it.</param>
/// <param name="Order">Observed order, or null.</param>
public readonly record struct Measurement(double Expected, double Got, double Error, double? Order = null)
{
    /// <summary>One number, by the difference.</summary>
    /// <param name="expected">Value expected.</param>
    /// <param name="got">Value got.</param>
    public static Measurement Absolute(double expected, double got) => new(expected, got, Math.Abs(got - expected));

    /// <summary>One number, by the difference over what is expected.</summary>
    /// <param name="expected">Value expected; not 0.</param>
    /// <param name="got">Value got.</param>
    public static Measurement Relative(double expected, double got) => new(expected, got, Math.Abs(got / expected - 1));

    /// <summary>Many numbers, by the largest difference over a scale.</summary>
    /// <param name="pairs">Values expected and got.</param>
    /// <param name="scale">What differences are divided by: 1, or a value that stands for all.</param>
    public static Measurement Largest(IEnumerable<(double Expected, double Got)> pairs, double scale = 1) =>
        Worst(pairs.Select(pair => new Measurement(pair.Expected, pair.Got, Math.Abs(pair.Got - pair.Expected) / scale)));

    /// <summary>The one that errs most; an error that is no number is the worst.</summary>
    /// <param name="measurements">At least one.</param>
    public static Measurement Worst(IEnumerable<Measurement> measurements) =>
        measurements.MaxBy(measurement => double.IsNaN(measurement.Error) ? double.PositiveInfinity : measurement.Error);
}

/// <summary>A problem with a known answer: what is compared, within what limit, and how it is computed.</summary>
public sealed record VerificationCheck
{
    /// <summary>Name, unique in the table; docs/verification.md has a section of that name.</summary>
    public required string Name { get; init; }

    /// <summary>What is compared.</summary>
    public required string Quantity { get; init; }

    /// <summary>Unit of the values (UDUNITS; "1": a number).</summary>
    public required string Unit { get; init; }

    /// <summary>Largest error that passes.</summary>
    public required double Limit { get; init; }

    /// <summary>The error is a fraction; else it has the unit of the values.</summary>
    public bool IsRelative { get; init; }

    /// <summary>Smallest observed order that passes; null where none is observed.</summary>
    public double? LeastOrder { get; init; }

    /// <summary>Where the expected value comes from.</summary>
    public required string Source { get; init; }

    /// <summary>One sentence: where the expected value holds, and what the limit leaves room for.</summary>
    public required string Validity { get; init; }

    /// <summary>Runs the engine and compares.</summary>
    public required Func<VerificationBench, Measurement> Measure { get; init; }
}
