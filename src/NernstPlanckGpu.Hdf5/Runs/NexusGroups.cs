using HDF.PInvoke;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>
/// NeXus groups beside the netCDF layout, so that viewers plot at once: entry (NXentry) holds one NXdata group per quantity,
/// whose members are soft links to the datasets in the root.
/// </summary>
internal static class NexusGroups
{
    private const string Entry = "/entry";

    /// <summary>What a viewer plots first.</summary>
    private const string Default = "concentration";

    /// <summary>Writes the groups and names the first plot.</summary>
    internal static void Write(FileContext file, long root, DatasetFactory factory)
    {
        Attributes.Write(file, root, "NX_class", "NXroot");
        Attributes.Write(file, root, "default", Entry[1..]);
        using Handle entry = factory.Group(Entry, "NXentry");
        Attributes.Write(file, entry, "default", Default);
        foreach (Field field in RunFileSchema.Snapshot.Where(field => field.Axes.Length > 1))
            WriteData(file, factory, field);
    }

    /// <summary>Makes the group of the traces plottable: the first trace is the signal, the others come beside it.</summary>
    internal static void MarkTraces(FileContext file, long group, IReadOnlyList<TraceColumn> traces)
    {
        if (traces.Count == 0)
            return;
        string[] names = [.. traces.Select(trace => RunFileSchema.SafeName(trace.Name))];
        Attributes.Write(file, group, "NX_class", "NXdata");
        Attributes.Write(file, group, "signal", names[0]);
        Attributes.Write(file, group, "axes", [RunFileSchema.Time]);
        if (names.Length > 1)
            Attributes.Write(file, group, "auxiliary_signals", names[1..]);
    }

    /// <summary>The axis of the species is "." (none): viewers want numbers on an axis, and species are names.</summary>
    private static void WriteData(FileContext file, DatasetFactory factory, Field field)
    {
        using Handle group = factory.Group($"{Entry}/{field.Name}", "NXdata");
        Attributes.Write(file, group, "signal", field.Name);
        Attributes.Write(file, group, "axes", [.. field.Axes.Select(axis => axis == RunFileSchema.Species ? "." : axis)]);
        foreach (string name in (string[])[field.Name, .. field.Axes])
            file.Check(H5L.create_soft("/" + name, group, name), $"link {name}");
    }
}
