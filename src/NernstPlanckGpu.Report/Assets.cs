using System.Reflection;

namespace NernstPlanckGpu.Report;

/// <summary>The embedded files of the page.</summary>
internal static class Assets
{
    private static readonly Assembly Owner = typeof(Assets).Assembly;

    /// <summary>Scripts of the page, in the order in which they run.</summary>
    internal static readonly string[] Scripts =
    [
        "base.js", "units.js", "tables.js", "plots.js", "regions.js", "profiles.js", "maps.js", "traces.js", "curves.js",
        "sections.js", "run.js", "sweep-data.js", "sweep-plot.js", "sweep-point.js", "sweep.js", "main.js",
    ];

    /// <summary>Whether there is one of that name.</summary>
    internal static bool Exists(string name) => Owner.GetManifestResourceInfo(name) is not null;

    /// <summary>Text of one.</summary>
    internal static string Text(string name)
    {
        using Stream stream = Owner.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the build lacks {name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
