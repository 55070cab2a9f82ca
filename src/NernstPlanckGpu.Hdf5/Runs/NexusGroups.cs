using HDF.PInvoke;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>
/// NeXus groups beside the netCDF layout, so that viewers plot at once: entry (NXentry) holds one NXdata group per quantity,
/// whose members are soft links to the datasets elsewhere.
/// </summary>
internal static class NexusGroups
{
    internal const string Entry = "/entry";

    /// <summary>What a viewer plots first, unless the run is about a curve.</summary>
    internal const string Concentration = "concentration";

    /// <summary>Writes the groups and names the first plot: the curve where the traces are not in time, else the concentration.</summary>
    internal static void Write(FileContext file, long root, DatasetFactory factory, RunLayout layout)
    {
        bool isCurve = layout.TraceAxis != ResultAxis.Time && layout.Traces.Count > 0;
        Attributes.Write(file, root, "NX_class", "NXroot");
        Attributes.Write(file, root, "default", Entry[1..]);
        using Handle entry = factory.Group(Entry, "NXentry");
        Attributes.Write(file, entry, "default", isCurve ? layout.TraceGroup : Concentration);
        foreach (Field field in RunFileSchema.Snapshot(layout.SnapshotAxis.Name).Where(field => field.Axes.Length > 1))
            WriteData(file, factory, field);
        if (isCurve)
            WriteCurve(file, factory, layout);
    }

    /// <summary>Makes the group of the traces plottable: the first trace is the signal, the others come beside it.</summary>
    /// <param name="file">File, for messages.</param>
    /// <param name="group">The group.</param>
    /// <param name="layout">Traces and curves.</param>
    /// <param name="axes">Dimensions of the traces; the axis alone where none are given.</param>
    internal static void MarkTraces(FileContext file, long group, RunLayout layout, string[]? axes = null)
    {
        Attributes.Write(file, group, "axes", axes ?? [layout.TraceAxis.Name]);
        if (layout.Traces.Count == 0)
            return;
        string[] names = Names(layout);
        Attributes.Write(file, group, "NX_class", "NXdata");
        Attributes.Write(file, group, "signal", names[0]);
        if (names.Length > 1)
            Attributes.Write(file, group, "auxiliary_signals", names[1..]);
    }

    private static string[] Names(RunLayout layout) =>
    [
        .. layout.Traces.Select(trace => trace.Name).Concat(layout.CurveColumns.Select(curve => curve.Name)).Select(RunFileSchema.SafeName),
    ];

    /// <summary>The axis of the species is "." (none): viewers want numbers on an axis, and species are names.</summary>
    internal static void WriteData(FileContext file, DatasetFactory factory, Field field)
    {
        using Handle group = factory.Group($"{Entry}/{field.Name}", "NXdata");
        Attributes.Write(file, group, "signal", field.Name);
        Attributes.Write(file, group, "axes", [.. field.Axes.Select(axis => axis == RunFileSchema.Species ? "." : axis)]);
        foreach (string name in (string[])[field.Name, .. field.Axes])
            file.Check(H5L.create_soft("/" + name, group, name), $"link {name}");
    }

    private static void WriteCurve(FileContext file, DatasetFactory factory, RunLayout layout)
    {
        using Handle group = factory.Group($"{Entry}/{layout.TraceGroup}");
        MarkTraces(file, group, layout);
        foreach (string name in (string[])[.. Names(layout), layout.TraceAxis.Name])
            file.Check(H5L.create_soft($"/{layout.TraceGroup}/{name}", group, name), $"link {name}");
    }
}
