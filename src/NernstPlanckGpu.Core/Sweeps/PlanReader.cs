using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Reads the sweep of a configuration, and checks its points.</summary>
/// <param name="fileName">Name for messages.</param>
/// <param name="threads">Threads that check points; 0: all processors.</param>
internal sealed class PlanReader(string fileName, int threads)
{
    private readonly List<ConfigurationError> errors = [];

    /// <summary>The plan, or what is wrong.</summary>
    public SweepPlanResult Read(byte[] bytes, IReadOnlyList<string> overrides)
    {
        if (ConfigurationReader.ReadTree(bytes, fileName, overrides, errors) is not { } tree)
            return Failed();
        var context = new ReadContext(errors);
        if (tree.Root.Find(RootKeys.Sweep.Name) is not { } node)
        {
            context.Report(tree.Root, "there is no sweep", $"write \"sweep\": {RootKeys.Sweep.Example}, or run it with `npgpu run FILE`");
            return Failed();
        }

        var root = tree.Root.With(tree.Root.Members.Where(member => member.Name != RootKeys.Sweep.Name));
        var sweep = SweepKeys.Form.Read(node, context).Value;
        var placed = sweep is null ? [] : Place(sweep, root, context);
        var axes = placed is null || errors.Count > 0 ? null : Axes(sweep!, root, placed, context);
        if (placed is null || axes is null || errors.Count > 0)
        {
            ReadRest(root, placed ?? []);
            return Failed();
        }

        var points = new PlanPoints(fileName, root, axes.Value.Slots, axes.Value.Axes, sweep!.Fields);
        var survey = new PlanSurvey(points, placed[0].Raw.Path.Node!);
        survey.Check(threads);
        if (survey.Errors.Count > 0)
            return new(null, survey.Errors);
        return new(new SweepPlan(points)
        {
            Axes = axes.Value.Axes,
            Title = root.Find("title") is { Kind: NodeKind.String } title ? title.Text : Path.GetFileNameWithoutExtension(fileName),
            Source = tree.Source,
            FileName = fileName,
            BaseHash = points.BaseHash(),
            Fields = sweep.Fields,
            IsGridShared = survey.IsGridShared,
            ArePlacesShared = survey.ArePlacesShared,
        }, []);
    }

    /// <summary>What else is wrong in the document, apart from what the axes replace: all errors are said at once.</summary>
    private void ReadRest(ConfigurationNode root, IReadOnlyList<PlacedAxis> placed)
    {
        var rest = new List<ConfigurationError>();
        RootKeys.Form.Read(root, new(rest));
        errors.AddRange(rest.Where(error => !placed.SelectMany(axis => axis.All).Any(axis => (error.Pointer + "/").StartsWith(axis.Target.Pointer + "/", StringComparison.Ordinal))));
    }

    private static List<PlacedAxis>? Place(RawSweep sweep, ConfigurationNode root, ReadContext context)
    {
        if (root.Kind != NodeKind.Object)
            return null;
        var paths = new PlanPaths(root, context);
        List<PlacedAxis> placed = [.. sweep.Axes.Where(axis => axis.IsValid).Select(axis => paths.Find(axis.Value!)).OfType<PlacedAxis>()];
        paths.CheckApart([.. placed.SelectMany(axis => axis.All)]);
        CheckNames(root, placed, context);
        return placed;
    }

    private static string NameOf(ConfigurationNode root, PlacedAxis axis) => axis.Raw.Name.Value ?? AxisNames.Default(root, axis.Keys);

    private static void CheckNames(ConfigurationNode root, List<PlacedAxis> placed, ReadContext context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var axis in placed)
        {
            var name = NameOf(root, axis);
            var place = axis.Raw.Name.Node ?? axis.Raw.Path.Node!;
            if (AxisNames.IsReserved(name, root))
                context.Report(place, $"\"{name}\" is the name of something else in result files", "write another \"name\"");
            else if (!seen.Add(name))
                context.Report(place, $"two axes are called \"{name}\"", "write another \"name\" for one of them");
            else if (PlainName.Check(name) is { } problem)
                context.Report(place, problem.Message, "write another \"name\"");
        }
    }

    private static (SweepAxes Axes, PlanSlot[] Slots)? Axes(RawSweep sweep, ConfigurationNode root, List<PlacedAxis> placed, ReadContext context)
    {
        ConfigurationNode[][] nodes = [.. placed.Select(axis => AxisSeries.Make(axis.Raw, axis.Target, context)).OfType<ConfigurationNode[]>()];
        if (nodes.Length < placed.Count)
            return null;
        int[] lengths = [.. nodes.Select(one => one.Length)];
        var count = lengths.Aggregate(1.0, (product, length) => product * length);
        if (sweep.Combination == SweepCombination.Zip && lengths.Distinct().Count() > 1)
        {
            context.Report(sweep.Node.Find("combine")!, $"the axes that are zipped have {string.Join(", ", lengths)} values", "write as many values on each, or \"combine\": \"grid\"");
            return null;
        }

        if (sweep.Combination == SweepCombination.Grid && count > int.MaxValue)
        {
            context.Report(sweep.Node.Find("axes")!, FormattableString.Invariant($"{count:0.###e+0} points are more than {int.MaxValue}"), "write fewer values, or several sweeps");
            return null;
        }

        var slots = placed.SelectMany((axis, i) => Slots(axis, i, nodes[i], context));
        var axes = placed.Select((axis, i) => Axis(axis, NameOf(root, axis), nodes[i]));
        return (new SweepAxes([.. axes], sweep.Combination), [.. slots]);
    }

    /// <summary>An axis and what goes with it; what has another number of values is reported.</summary>
    private static IEnumerable<PlanSlot> Slots(PlacedAxis axis, int index, ConfigurationNode[] nodes, ReadContext context)
    {
        yield return new(axis, index, nodes);
        foreach (var with in axis.With)
        {
            if (AxisSeries.Make(with.Raw, with.Target, context) is not { } values)
                continue;
            if (values.Length == nodes.Length)
                yield return new(with, index, values);
            else
                context.Report(with.Raw.SeriesNode, $"{values.Length} values go with an axis of {nodes.Length}", "write one for each value of the axis");
        }
    }

    private static SweepAxis Axis(PlacedAxis axis, string name, ConfigurationNode[] nodes)
    {
        var values = new SweepValue[nodes.Length];
        var dimension = axis.Target.Kind == NodeKind.String ? Quantity.TryParse(axis.Target.Text)?.Dimension : null;
        for (var i = 0; i < nodes.Length; i++)
        {
            var quantity = nodes[i].Kind == NodeKind.String ? Quantity.TryParse(nodes[i].Text) : null;
            values[i] = new(JsonTreeWriter.WriteLine(nodes[i]), nodes[i].Kind == NodeKind.Number ? nodes[i].Number : quantity?.Value ?? double.NaN);
            dimension = quantity?.Dimension ?? dimension;
        }

        return new(axis.Raw.Path.Value!, name, dimension is { } known ? AxisUnits.Udunits(known) : "1", values);
    }

    private SweepPlanResult Failed() => new(null, ConfigurationReader.Ordered(errors));
}
