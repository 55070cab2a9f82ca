using System.Collections;
using System.Globalization;
using System.Reflection;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Sweeps;

/// <summary>Plans from the sample configuration.</summary>
internal static class Plans
{
    public static string Path(string path, string series) => $"{{ \"path\": \"{path}\", {series} }}";

    /// <summary>The sample with a sweep in the place of its title.</summary>
    public static string Text(string sweep, string? text = null) => (text ?? Sample.Text).Replace("\"title\": \"Sample\",", $"\"sweep\": {sweep},", StringComparison.Ordinal);

    public static SweepPlan Read(string sweep, string? text = null, params string[] overrides)
    {
        var result = SweepPlan.Parse(Text(sweep, text), "sample.json", overrides, threads: 2);
        Assert.Empty(result.Errors);
        return result.Plan!;
    }

    /// <summary>A plan of axes, each a path and a series.</summary>
    public static SweepPlan Grid(params (string Path, string Series)[] axes) =>
        Read($"{{ \"axes\": [{string.Join(", ", axes.Select(axis => Path(axis.Path, axis.Series)))}] }}");

    /// <summary>The sample's only errors with a sweep, which a mark § points at.</summary>
    public static (IReadOnlyList<ConfigurationError> Errors, int Line, int Column) Wrong(string marked)
    {
        var (text, line, column) = Sample.Unmark(Text(marked));
        var result = SweepPlan.Parse(text, "sample.json", []);
        Assert.Null(result.Plan);
        return (result.Errors, line, column);
    }

    /// <summary>Everything that an object holds, as text.</summary>
    public static string Dump(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Dump))}]",
        IFormattable plain => plain.ToString(null, CultureInfo.InvariantCulture),
        bool => value.ToString()!,
        _ => $"{value.GetType().Name}{{{string.Join(", ", value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0).Select(property => $"{property.Name}: {Dump(property.GetValue(value))}"))}}}",
    };
}
