using System.Globalization;
using System.Text.Json.Nodes;

namespace NernstPlanckGpu.Core.Configuration.Forms;

/// <summary>Allowed interval of a number, in SI.</summary>
internal sealed record Range(double Minimum = double.NegativeInfinity, double Maximum = double.PositiveInfinity, bool OpenAtMinimum = false)
{
    public static Range Any { get; } = new();

    public static Range NonNegative { get; } = new(0);

    public static Range Positive { get; } = new(0, OpenAtMinimum: true);

    public bool Contains(double value) => (OpenAtMinimum ? value > Minimum : value >= Minimum) && value <= Maximum;

    /// <summary>"> 0", "≥ 1 and ≤ 10"; empty for any number.</summary>
    public string Words => string.Join(" and ", Bounds());

    /// <summary>Adds the bounds of a plain number to a schema.</summary>
    public void Describe(JsonObject schema)
    {
        if (double.IsFinite(Minimum))
            schema[OpenAtMinimum ? "exclusiveMinimum" : "minimum"] = Minimum;
        if (double.IsFinite(Maximum))
            schema["maximum"] = Maximum;
    }

    private IEnumerable<string> Bounds()
    {
        if (double.IsFinite(Minimum))
            yield return (OpenAtMinimum ? "> " : "≥ ") + Minimum.ToString(CultureInfo.InvariantCulture);
        if (double.IsFinite(Maximum))
            yield return "≤ " + Maximum.ToString(CultureInfo.InvariantCulture);
    }
}
