using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>A sweep's <c>.part</c>, open for writing; or its finished file, which is touched only when there is something to write.</summary>
/// <param name="Shape">Dimensions, as the file has them.</param>
/// <param name="Numbers">Columns of single numbers.</param>
/// <param name="Rows">The file; null while it is finished.</param>
/// <param name="Statuses">How its rows stand.</param>
internal sealed record OpenSweep(SweepShape Shape, SweepNumbers Numbers, SweepRowFile? Rows, PointStatus[] Statuses)
{
    /// <summary>Rows whose certificate is violated.</summary>
    internal required bool[] Violations { get; init; }

    /// <summary>Where earlier files are kept that have points which the plan no longer has.</summary>
    internal IReadOnlyList<string> Kept { get; init; } = [];
}

/// <summary>Makes or finds the <c>.part</c> that a sweep is written to. Callers hold the lock of the output.</summary>
internal static class SweepOpening
{
    /// <summary>Suffix of a file that is being made, and of which a kill leaves nothing that counts.</summary>
    private const string NewSuffix = ".new";

    private const string Operation = "go on with the sweep";

    /// <summary>Makes a new file, with the rows of old ones, beside them; when it is on the disk it takes its place.</summary>
    /// <param name="path">The output.</param>
    /// <param name="layout">The plan.</param>
    /// <param name="provenance">Who computes.</param>
    /// <param name="own">Earlier files of this output, which the new one replaces: nothing of them may be lost.</param>
    /// <param name="others">Files of other outputs, which stay.</param>
    internal static OpenSweep Start(string path, SweepLayout layout, Provenance provenance, string[] own, IReadOnlyList<string> others)
    {
        FileContext fresh = new(path + NewSuffix);
        File.Delete(fresh.Path);
        SweepObjects.CreateFile(fresh, layout, new SweepShape(layout), new SweepNumbers(layout), provenance);
        string[] losing = own.Length + others.Count > 0 ? TakeOver(fresh, layout, provenance, own, others) : [];
        List<string> kept = [];
        foreach (string file in losing)
        {
            kept.Add(PreviousOf(path));
            DurableFile.Publish(file, kept[^1]);
        }
        DurableFile.Publish(fresh.Path, path + RunFileWriter.PartSuffix);
        return Open(path, layout) with { Kept = kept };
    }

    /// <summary>Goes on with the file that is there if it has the same plan; else starts with its rows.</summary>
    internal static OpenSweep Continue(string path, SweepLayout layout, Provenance provenance, IReadOnlyList<string> others)
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
            return Start(path, layout, provenance, sources, others);
        if (sources[0] != path)
            return Open(path, layout);
        OpenSweep finished = Found(path, layout);
        return finished.Statuses.Contains(PointStatus.Missing) ? finished with { Rows = Reopen(path, layout, finished) } : finished;
    }

    /// <summary>Opens a finished file for writing: it is a <c>.part</c> again.</summary>
    internal static SweepRowFile Reopen(string path, SweepLayout layout, OpenSweep sweep)
    {
        FileContext part = new(path + RunFileWriter.PartSuffix);
        DurableFile.Publish(path, part.Path);
        return new SweepRowFile(part, layout.Points.Count, sweep.Shape, sweep.Numbers);
    }

    private static bool HasSamePlan(string path, SweepLayout layout, Provenance provenance)
    {
        using SweepFile file = SweepFile.Open(path);
        return !file.IsMerged && SweepTransfer.IsSamePlan(file, layout, new SweepShape(layout), new SweepNumbers(layout), provenance.Version);
    }

    /// <summary>Takes the rows over that the plan has; gives the files of this output that have others, too.</summary>
    /// <exception cref="Hdf5Exception">No row of this output's own files can be taken over.</exception>
    private static string[] TakeOver(FileContext fresh, SweepLayout layout, Provenance provenance, string[] own, IReadOnlyList<string> others)
    {
        SweepShape shape = new(layout);
        SweepNumbers numbers = new(layout);
        SweepRowFile target = new(fresh, layout.Points.Count, shape, numbers);
        try
        {
            PointStatus[] statuses = [.. layout.Points.Select(_ => PointStatus.Missing)];
            Dictionary<string, string> differences = [];
            foreach (string path in own.Concat(others))
            {
                using SweepFile source = SweepFile.Open(path);
                if (source.RefersToShards)
                    continue;
                if (SweepTransfer.Difference(source, layout, shape, numbers, provenance.Version) is { } difference)
                    differences[path] = difference;
                else
                    SweepTransfer.Copy(source, target, layout, statuses);
            }
            string[] losing = Losing(own, layout, statuses, differences);
            target.Close();
            return losing;
        }
        catch
        {
            target.Dispose();
            File.Delete(fresh.Path);
            throw;
        }
    }

    /// <summary>The files that have computed points which are not taken over.</summary>
    /// <exception cref="Hdf5Exception">Nothing of them was, or the shards that one refers to are not there.</exception>
    private static string[] Losing(string[] own, SweepLayout layout, PointStatus[] statuses, Dictionary<string, string> differences)
    {
        HashSet<PointHash> taken = [.. layout.Hashes.Where((_, row) => statuses[row] != PointStatus.Missing)];
        List<string> losing = [];
        Hdf5Exception? refusal = null;
        bool isAnyTaken = false;
        foreach (string path in own)
        {
            using SweepFile source = SweepFile.Open(path);
            PointHash[] computed = [.. source.Hashes.Zip(source.Statuses).Where(row => row.Second != PointStatus.Missing).Select(row => row.First)];
            int lost = differences.ContainsKey(path) ? computed.Length : computed.Count(hash => !taken.Contains(hash));
            if (lost > 0 && source.RefersToShards)
                throw new Hdf5Exception(path, Operation, "it refers to shards; resume those (--shard I/N) and merge again, or name another file");
            if (lost > 0)
                losing.Add(path);
            if (lost > 0 && lost == computed.Length)
                refusal ??= Refusal(source, layout, computed.Length, differences.GetValueOrDefault(path));
            isAnyTaken |= lost < computed.Length;
        }
        return refusal == null || isAnyTaken ? [.. losing] : throw refusal;
    }

    /// <summary>Why a file is not gone on with of which nothing can be taken over; null where a shard, which has few, has others by now.</summary>
    private static Hdf5Exception? Refusal(SweepFile source, SweepLayout layout, int computed, string? difference)
    {
        string? reason = source.BaseHash != layout.BaseHash ? "it is of another configuration"
            : difference ?? (layout.Shard.Count == 1 ? "the sweep has none of them" : null);
        return reason == null ? null : new Hdf5Exception(
            source.Path, Operation, $"none of its {computed} computed points can be taken over: {reason}; start anew with --force, or name another file");
    }

    /// <summary>A name that is free for an earlier file: sweep.h5.previous, sweep.h5.previous-2, …</summary>
    private static string PreviousOf(string path)
    {
        string previous = path + ".previous";
        for (int i = 2; File.Exists(previous); i++)
            previous = $"{path}.previous-{i}";
        return previous;
    }

    private static OpenSweep Open(string path, SweepLayout layout)
    {
        FileContext part = new(path + RunFileWriter.PartSuffix);
        OpenSweep sweep = Found(part.Path, layout);
        return sweep with { Rows = new SweepRowFile(part, layout.Points.Count, sweep.Shape, sweep.Numbers) };
    }

    private static OpenSweep Found(string path, SweepLayout layout)
    {
        using SweepFile file = SweepFile.Open(path);
        return new(new SweepShape(layout), new SweepNumbers(layout), null, [.. file.Statuses]) { Violations = [.. file.Violations] };
    }
}
