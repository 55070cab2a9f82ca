using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>Along what a file's snapshots and traces are taken, as its NeXus groups say.</summary>
/// <param name="Snapshot">Axis of the snapshots, a dataset of the root.</param>
/// <param name="TraceGroup">Group of the traces.</param>
/// <param name="Trace">Axis of the traces, a dataset of their group.</param>
internal sealed record RunFileAxes(string Snapshot, string TraceGroup, string Trace)
{
    private const string AxesAttribute = "axes";

    /// <summary>Path of the axis of the traces.</summary>
    internal string TracePath => $"{TraceGroup}/{Trace}";

    /// <summary>Finds them; where the file does not say, they are those of a run in time.</summary>
    internal static RunFileAxes Of(FileContext file, long root)
    {
        string? group = DatasetReader.Names(file, root, "/").Find(name => H5A.exists_by_name(root, name, AxesAttribute) > 0);
        return new RunFileAxes(
            First(file, root, $"{NexusGroups.Entry}/{NexusGroups.Concentration}"),
            group ?? RunFileSchema.Traces,
            group == null ? RunFileSchema.Time : First(file, root, group));
    }

    private static string First(FileContext file, long root, string name) =>
        DatasetReader.Attribute(file, root, name, AxesAttribute) is [string first, ..] ? first : RunFileSchema.Time;
}
