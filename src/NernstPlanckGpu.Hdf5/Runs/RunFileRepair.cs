using HDF.PInvoke;
using Microsoft.Win32.SafeHandles;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>
/// After a kill: clears the writer's mark in the superblock (as h5clear -s does), sets the end of the file right, and cuts the
/// datasets of an incomplete last snapshot back to the complete ones. No byte of a complete snapshot is touched.
/// </summary>
internal static class RunFileRepair
{
    internal static RepairReport Repair(string path)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        if (!File.Exists(path))
            throw new Hdf5Exception(path, "repair the file", "there is none; check the name and the folder");
        using RunFileLock runLock = RunFileLock.Take(OutputOf(path));
        return Repair(new FileContext(path));
    }

    /// <summary>The same for a caller that holds the lock of the output.</summary>
    internal static RepairReport Repair(FileContext file)
    {
        bool cleared = RepairSuperblock(file);
        int snapshots, samples, dropped;
        using (Handle root = RunFileAccess.OpenToRead(file))
        {
            string[] snapshotDatasets = SnapshotDatasets(file, root), traceDatasets = TraceDatasets(file, root);
            snapshots = CountComplete(file, root, snapshotDatasets);
            samples = CountComplete(file, root, traceDatasets);
            dropped = Excess(file, root, snapshotDatasets, snapshots) + Excess(file, root, traceDatasets, samples);
        }
        if (dropped > 0)
        {
            using Handle root = RunFileAccess.OpenToWrite(file);
            Cut(file, root, snapshots, samples);
            file.Check(root.Close() ? 0 : -1, "close the file");
        }
        return new RepairReport(snapshots, samples, cleared, dropped);
    }

    /// <summary>Cuts the datasets of a file that is open for writing back to their first snapshots and samples.</summary>
    internal static void Cut(FileContext file, long root, int snapshots, int samples)
    {
        Cut(file, root, SnapshotDatasets(file, root), snapshots);
        Cut(file, root, TraceDatasets(file, root), samples);
    }

    private static string[] SnapshotDatasets(FileContext file, long root)
    {
        string axis = RunFileAxes.Of(file, root).Snapshot;
        return ["/" + axis, .. RunFileSchema.Snapshot(axis).Select(dataset => "/" + dataset.Name)];
    }

    private static string[] TraceDatasets(FileContext file, long root)
    {
        string group = RunFileAxes.Of(file, root).TraceGroup;
        return [.. DatasetReader.Names(file, root, "/" + group).Select(name => $"/{group}/{name}")];
    }

    /// <summary>The lock is that of the run's output, whether its file is finished or not.</summary>
    private static string OutputOf(string path) =>
        path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal) ? path[..^RunFileWriter.PartSuffix.Length] : path;

    /// <summary>Clears the writer's mark and sets the end of the file right.</summary>
    internal static bool RepairSuperblock(FileContext file)
    {
        try
        {
            if (IsSound(file.Path))
                return false;
            using SafeFileHandle handle = OpenShared(file.Path);
            if (Superblock.Read(handle) is not { } superblock)
                throw new Hdf5Exception(file.Path, "repair the file", "it is no run file, or its beginning is damaged; compute it anew");
            long length = RandomAccess.GetLength(handle);
            long end = Math.Max(length, superblock.EndOfFile);
            if (end > length)
                RandomAccess.SetLength(handle, end);
            bool marked = superblock.Flags != 0;
            if (marked || end != superblock.EndOfFile)
                new Superblock { Flags = 0, EndOfFile = end }.Write(handle);
            return marked;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or ArgumentOutOfRangeException or (IOException and not Hdf5Exception))
        {
            // To .NET a limit on the size of files is an argument's fault.
            throw new Hdf5Exception(file.Path, "repair the file", exception.Message, exception);
        }
    }

    /// <summary>Whether a file has no writer's mark, and the length it says: then it need not be writable.</summary>
    private static bool IsSound(string path)
    {
        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Superblock.Read(handle) is { Flags: 0 } superblock && superblock.EndOfFile == RandomAccess.GetLength(handle);
    }

    /// <summary>Beside readers: the lock of the output keeps other writers away. Tries for a second, as <see cref="RunFileAccess.OpenToWrite"/> does and for its reason.</summary>
    private static SafeFileHandle OpenShared(string path)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (IOException) when (attempt < 20)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Rows that all the datasets have, and whose last one can be read.</summary>
    private static int CountComplete(FileContext file, long root, string[] datasets)
    {
        int count = datasets.Min(name => Length(file, root, name));
        while (count > 0 && !datasets.All(name => IsReadable(file, root, name, count - 1)))
            count--;
        return count;
    }

    private static int Excess(FileContext file, long root, string[] datasets, int count) =>
        datasets.Sum(name => Length(file, root, name) - count);

    private static int Length(FileContext file, long root, string name) => (int)Extent(file, root, name)[0];

    private static ulong[] Extent(FileContext file, long root, string name)
    {
        using Handle dataset = file.Own(H5D.open(root, name), H5D.close, $"open {name}");
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, $"open {name}");
        return DatasetReader.Dimensions(file, space);
    }

    private static bool IsReadable(FileContext file, long root, string name, int row)
    {
        using Handle dataset = file.Own(H5D.open(root, name), H5D.close, $"open {name}");
        try
        {
            DatasetReader.Numbers(file, dataset, name, row);
            return true;
        }
        catch (Hdf5Exception)
        {
            return false;
        }
    }

    private static void Cut(FileContext file, long root, string[] datasets, int count)
    {
        foreach (string name in datasets)
        {
            ulong[] extent = Extent(file, root, name);
            if ((int)extent[0] == count)
                continue;
            extent[0] = (ulong)count;
            using Handle dataset = file.Own(H5D.open(root, name), H5D.close, $"open {name}");
            file.Check(H5D.set_extent(dataset, extent), $"cut {name} to its complete rows");
        }
    }
}
