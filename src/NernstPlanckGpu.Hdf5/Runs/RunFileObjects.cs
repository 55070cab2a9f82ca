using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>The objects of a run file that grow or wait for the end of the run, open for writing.</summary>
/// <param name="snapshotAxis">Places of the snapshots: times or voltages.</param>
/// <param name="snapshot">In the order of <see cref="RunFileSchema.Snapshot"/>.</param>
/// <param name="traces">Traces.</param>
/// <param name="results">Places of the results.</param>
internal sealed class RunFileObjects(GrowingDataset snapshotAxis, GrowingDataset[] snapshot, TraceBuffer traces, ResultSlots results) : IDisposable
{
    /// <summary>Places of the snapshots: times or voltages.</summary>
    internal GrowingDataset SnapshotAxis => snapshotAxis;

    /// <summary>In the order of <see cref="RunFileSchema.Snapshot"/>.</summary>
    internal GrowingDataset[] Snapshot => snapshot;

    /// <summary>Traces.</summary>
    internal TraceBuffer Traces => traces;

    /// <summary>Places of the results.</summary>
    internal ResultSlots Results => results;

    /// <summary>Opens those that an earlier writer made for the same layout.</summary>
    internal static RunFileObjects Open(FileContext file, long root, RunLayout layout)
    {
        GrowingDataset Growing(string path) => GrowingDataset.Open(file, root, path);
        string axis = layout.SnapshotAxis.Name, group = "/" + layout.TraceGroup;
        ResultSlots results = new(file, new DatasetFactory(file, root));
        results.OpenAll(root);
        return new RunFileObjects(
            Growing("/" + axis),
            [.. RunFileSchema.Snapshot(axis).Select(field => Growing("/" + field.Name))],
            new TraceBuffer(
                Growing($"{group}/{layout.TraceAxis.Name}"),
                [.. layout.Traces.Select(trace => Growing($"{group}/{RunFileSchema.SafeName(trace.Name)}"))],
                layout.CurveColumns.Select(curve => RunFileSchema.SafeName(curve.Name)).ToDictionary(name => name, name => Growing($"{group}/{name}"))),
            results);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        results.Dispose();
        traces.Dispose();
        foreach (GrowingDataset dataset in snapshot)
            dataset.Dispose();
        snapshotAxis.Dispose();
    }
}
