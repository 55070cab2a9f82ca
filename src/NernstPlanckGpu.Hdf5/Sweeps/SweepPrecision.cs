using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>
/// The precisions that the points of a sweep were computed with. A sweep may go on in another one, as on the CPU when its device is gone; its
/// file says so then: <c>double, mixed</c>.
/// </summary>
internal static class SweepPrecision
{
    private const string Separator = ", ";

    /// <summary>All precisions that are named, each once.</summary>
    internal static string Of(IEnumerable<string> precisions) =>
        string.Join(Separator, precisions.SelectMany(one => one.Split(Separator)).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The precision of points that are to come, and of those in files which may be taken over.</summary>
    internal static string Of(Provenance provenance, IEnumerable<string> files) => Of([provenance.Precision, .. files.SelectMany(Computed)]);

    /// <summary>Writes into a closed file that points of another precision are to come, if they are.</summary>
    internal static void Remember(FileContext file, Provenance provenance)
    {
        string all = Of(provenance, [file.Path]);
        using (SweepFile sweep = SweepFile.Open(file.Path))
        {
            if (sweep.Precision == all)
                return;
        }
        FileEdit.InCopy(file.Path, "go on with the sweep", copy =>
        {
            Handle root = RunFileAccess.OpenToWrite(copy);
            new DatasetFactory(copy, root).ReplaceText("/" + RunFileSchema.Provenance, RunFileSchema.Precision, all);
            copy.Check(root.Close() ? 0 : -1, "close the file");
        });
    }

    /// <summary>The precision of a file's points; none where none is computed.</summary>
    private static string[] Computed(string path)
    {
        using SweepFile file = SweepFile.Open(path);
        return file.Statuses.All(status => status == PointStatus.Missing) ? [] : [file.Precision];
    }
}
