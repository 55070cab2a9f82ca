using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>A sweep's <c>.part</c>, open for writing.</summary>
/// <param name="Shape">Dimensions, as the file has them.</param>
/// <param name="Numbers">Columns of single numbers.</param>
/// <param name="Rows">The file.</param>
/// <param name="Statuses">How its rows stand.</param>
internal sealed record OpenSweep(SweepShape Shape, SweepNumbers Numbers, SweepRowFile Rows, PointStatus[] Statuses);

/// <summary>Makes or finds the <c>.part</c> that a sweep is written to. Callers hold the lock of the output.</summary>
internal static class SweepOpening
{
    /// <summary>Suffix of a file that is being made, and of which a kill leaves nothing that counts.</summary>
    private const string NewSuffix = ".new";

    /// <summary>Makes a new file, with the rows of old ones, beside them; when it is on the disk it takes its place.</summary>
    internal static OpenSweep Start(string path, SweepLayout layout, Provenance provenance, string[] sources)
    {
        FileContext fresh = new(path + NewSuffix);
        File.Delete(fresh.Path);
        SweepObjects.CreateFile(fresh, layout, new SweepShape(layout), new SweepNumbers(layout), provenance);
        if (sources.Length > 0)
            TakeOver(fresh, layout, provenance, sources);
        File.Move(fresh.Path, path + RunFileWriter.PartSuffix, overwrite: true);
        return Open(path, layout);
    }

    /// <summary>Goes on with the file that is there if it has the same plan; else starts with its rows.</summary>
    internal static OpenSweep Continue(string path, SweepLayout layout, Provenance provenance)
    {
        string part = path + RunFileWriter.PartSuffix;
        string[] sources = [.. ((string[])[part, path]).Where(File.Exists)];
        foreach (string source in sources)
        {
            // Before the repair, which gives a truncated file its length back.
            SweepFile.Open(source).Dispose();
            RunFileRepair.RepairSuperblock(new FileContext(source));
        }
        if (sources.Length == 0 || !HasSamePlan(sources[0], layout, provenance))
            return Start(path, layout, provenance, sources);
        if (sources[0] == path)
            File.Move(path, part);
        return Open(path, layout);
    }

    private static bool HasSamePlan(string path, SweepLayout layout, Provenance provenance)
    {
        using SweepFile file = SweepFile.Open(path);
        return SweepTransfer.IsSamePlan(file, layout, new SweepShape(layout), new SweepNumbers(layout), provenance.Version);
    }

    private static void TakeOver(FileContext fresh, SweepLayout layout, Provenance provenance, string[] sources)
    {
        SweepShape shape = new(layout);
        SweepNumbers numbers = new(layout);
        SweepRowFile target = new(fresh, RunFileAccess.OpenToWrite(fresh), layout.Points.Count, shape, numbers);
        try
        {
            PointStatus[] statuses = [.. layout.Points.Select(_ => PointStatus.Missing)];
            foreach (string path in sources)
            {
                using SweepFile source = SweepFile.Open(path);
                if (SweepTransfer.Difference(source, layout, shape, numbers, provenance.Version) == null)
                    SweepTransfer.Copy(source, target, layout, statuses);
            }
            target.Synchronise();
            target.Close();
        }
        catch
        {
            target.Dispose();
            File.Delete(fresh.Path);
            throw;
        }
    }

    private static OpenSweep Open(string path, SweepLayout layout)
    {
        FileContext part = new(path + RunFileWriter.PartSuffix);
        SweepShape shape = new(layout);
        SweepNumbers numbers = new(layout);
        PointStatus[] statuses;
        using (SweepFile file = SweepFile.Open(part.Path))
            statuses = [.. file.Statuses];
        return new OpenSweep(shape, numbers, new SweepRowFile(part, RunFileAccess.OpenToWrite(part), layout.Points.Count, shape, numbers), statuses);
    }
}
