using System.Globalization;
using HDF.PInvoke;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>
/// Makes the file of an interrupted or killed run ready to go on from a checkpoint: repaired, cut back to what the checkpoint counts, its
/// results taken out. All in a copy that takes the file's place in one step, so that a kill meanwhile leaves the one or the other.
/// </summary>
internal static class RunFileContinuation
{
    /// <summary>Does it; the caller holds the lock of the output and that of <see cref="Hdf5Library"/>.</summary>
    /// <param name="part">Path of the run's file.</param>
    /// <param name="checkpoint">Checkpoint.</param>
    /// <param name="commandLine">The command that goes on, for the file's history.</param>
    internal static void Prepare(string part, RunCheckpoint checkpoint, string commandLine)
    {
        string copy = part + DurableFile.TemporarySuffix;
        try
        {
            File.Copy(part, copy, overwrite: true);
            FileContext file = new(copy);
            RepairReport found = RunFileRepair.Repair(file);
            if (found.Snapshots < checkpoint.Snapshots || found.TraceSamples < checkpoint.Samples)
            {
                string lacks = $"it has {found.Snapshots} snapshots and {found.TraceSamples} samples, and its checkpoint counts {checkpoint.Snapshots} and {checkpoint.Samples}";
                throw new Hdf5Exception(part, "go on writing", $"{lacks}; start anew (run --force)");
            }
            Edit(file, checkpoint, commandLine);
            DurableFile.Publish(copy, part);
        }
        catch (Exception exception)
        {
            DurableFile.Discard(copy);
            // To .NET a limit on the size of files is an argument's fault.
            if (exception is UnauthorizedAccessException or ArgumentOutOfRangeException or (IOException and not Hdf5Exception))
                throw new Hdf5Exception(part, "go on writing", exception.Message, exception);
            throw;
        }
    }

    private static void Edit(FileContext file, RunCheckpoint checkpoint, string commandLine)
    {
        string now = Text(DateTimeOffset.UtcNow);
        Handle root = RunFileAccess.OpenToWrite(file);
        RunFileRepair.Cut(file, root, checkpoint.Snapshots, checkpoint.Samples);
        DatasetFactory factory = new(file, root);
        using (ResultSlots results = new(file, factory))
        {
            results.OpenAll(root);
            results.Reset(checkpoint.Resumptions.Count + 1);
        }
        const string group = "/" + RunFileSchema.Provenance;
        factory.ReplaceText(group, RunFileSchema.Detail, "");
        factory.ReplaceText(group, RunFileSchema.Resumed, string.Join(' ', [.. checkpoint.Resumptions.Select(Text), now]));
        string[] history = DatasetReader.Attribute(file, root, "/", "history");
        Attributes.Replace(file, root, "history", string.Join('\n', [.. history, $"{now} {commandLine}"]));
        file.Check(H5F.flush(root, H5F.scope_t.GLOBAL), "write to the disk");
        file.Check(root.Close() ? 0 : -1, "close the file");
    }

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
