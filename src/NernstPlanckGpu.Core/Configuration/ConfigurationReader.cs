using System.Text;
using NernstPlanckGpu.Core.Configuration.Building;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration;

/// <summary>Reads a configuration into a run, or into all of its errors. It does not throw for anything that a file may hold.</summary>
public static class ConfigurationReader
{
    /// <summary>Errors after which the rest is only counted.</summary>
    private const int MostErrors = 1000;

    /// <summary>Reads a file of at most 16 MiB.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <param name="overrides">Overrides <c>/json/pointer=value</c>, as the command line's <c>--set</c>; applied in order.</param>
    public static ConfigurationResult Read(string path, IReadOnlyList<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(overrides);
        var bytes = ConfigurationFile.Read(path, out var error);
        return bytes is null ? new(null, [error!]) : Parse(bytes, path, overrides);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">JSON text; comments and trailing commas are read.</param>
    /// <param name="fileName">Name for messages; its folder is the start of relative paths.</param>
    /// <param name="overrides">Overrides <c>/json/pointer=value</c>; applied in order.</param>
    public static ConfigurationResult Parse(string text, string fileName, IReadOnlyList<string> overrides)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(overrides);
        return Parse(Encoding.UTF8.GetBytes(text), fileName, overrides);
    }

    private static ConfigurationResult Parse(byte[] bytes, string fileName, IReadOnlyList<string> overrides)
    {
        var errors = new List<ConfigurationError>();
        if (ReadTree(bytes, fileName, overrides, errors) is not { } tree)
            return new(null, Ordered(errors));
        var context = new ReadContext(errors);
        if (tree.Root.Find(RootKeys.Sweep.Name) is { } sweep)
        {
            errors.Clear();
            context.Report(sweep, "this is a sweep, not a single run", "run it with `npgpu sweep FILE`, or remove this key");
            return new(null, errors) { IsSweep = true };
        }

        var raw = RootKeys.Form.Read(tree.Root, context);
        var run = raw.Value is null ? null : new ConfigurationBuilder(raw.Value, context).Build(fileName, tree.Source);
        return run is not null && errors.Count == 0 ? new(run, []) : new(null, Ordered(errors));
    }

    /// <summary>The tree of a text with its overrides, and the text that says the same; null when it is not JSON.</summary>
    internal static (ConfigurationNode Root, string Source)? ReadTree(byte[] bytes, string fileName, IReadOnlyList<string> overrides,
        List<ConfigurationError> errors)
    {
        if (ConfigurationFile.Check(bytes, fileName) is { } problem)
        {
            errors.Add(problem);
            return null;
        }

        var root = JsonTreeReader.Read(ConfigurationFile.WithoutMark(bytes), fileName, positioned: true, errors);
        if (root is null)
            return null;
        Overrides.Apply(root, overrides, errors);
        return (root, overrides.Count == 0 ? Encoding.UTF8.GetString(bytes) : JsonTreeWriter.Write(root));
    }

    /// <summary>Errors in the order of the file, overrides last.</summary>
    internal static IReadOnlyList<ConfigurationError> Ordered(IReadOnlyList<ConfigurationError> errors)
    {
        var ordered = errors.OrderBy(error => error.Line == 0).ThenBy(error => error.Line).ThenBy(error => error.Column).ToList();
        if (ordered.Count <= MostErrors)
            return ordered;
        var rest = ordered[MostErrors] with
        {
            Message = $"and {ordered.Count - MostErrors} more errors from here on",
            Remedy = "correct those above first"
        };
        return [.. ordered.Take(MostErrors), rest];
    }
}
