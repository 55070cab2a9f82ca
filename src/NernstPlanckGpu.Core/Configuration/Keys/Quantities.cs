using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Units;
using Range = NernstPlanckGpu.Core.Configuration.Forms.Range;

namespace NernstPlanckGpu.Core.Configuration.Keys;

/// <summary>The quantities that the keys ask for.</summary>
internal static class Quantities
{
    public static QuantityForm Length { get; } = new(QuantityKind.Length, Range.Positive);

    public static QuantityForm Position { get; } = new(QuantityKind.Length, Range.NonNegative);

    public static QuantityForm Area { get; } = new(QuantityKind.Area, Range.Positive);

    public static QuantityForm Temperature { get; } = new(QuantityKind.Temperature, Range.Positive);

    public static QuantityForm Concentration { get; } = new(QuantityKind.Concentration, Range.NonNegative);

    public static QuantityForm SignedConcentration { get; } = new(QuantityKind.Concentration, Range.Any);

    public static QuantityForm PositiveConcentration { get; } = new(QuantityKind.Concentration, Range.Positive);

    public static QuantityForm Diffusivity { get; } = new(QuantityKind.Diffusivity, Range.NonNegative);

    public static QuantityForm MolarEnergy { get; } = new(QuantityKind.MolarEnergy, Range.Any);

    public static QuantityForm Capacitance { get; } = new(QuantityKind.Capacitance, Range.Positive);

    public static QuantityForm AreaToVolume { get; } = new(QuantityKind.AreaToVolume, Range.Positive);

    public static QuantityForm Potential { get; } = new(QuantityKind.Potential, Range.Any);

    public static QuantityForm Rate { get; } = new(QuantityKind.Rate, Range.NonNegative);

    public static QuantityForm Source { get; } = new(QuantityKind.Source, Range.Any);

    public static QuantityForm Time { get; } = new(QuantityKind.Time, Range.NonNegative);

    public static QuantityForm Duration { get; } = new(QuantityKind.Time, Range.Positive);

    /// <summary>The numbers of a list, or null when one of them is wrong.</summary>
    public static double[]? Numbers(Setting<IReadOnlyList<Setting<double>>> list) =>
        list.Value is { } items && items.All(item => item.IsValid) ? [.. items.Select(item => item.Value)] : null;

    /// <summary>True when the numbers strictly ascend; else reports the first that does not.</summary>
    public static bool Ascend(Setting<IReadOnlyList<Setting<double>>> list, double[] numbers, ReadContext context)
    {
        for (var i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] > numbers[i - 1])
                continue;
            ConfigurationNode place = list.Value![i].Node!;
            context.Report(place,
                $"{place.Description} is not larger than the value before it", "write the list in strictly ascending order");
            return false;
        }

        return true;
    }
}
