using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>Writes the checkpoints of a run beside its output, each after the outputs that it counts.</summary>
/// <param name="output">Path of the output.</param>
/// <param name="header">What the checkpoints say of the run.</param>
internal sealed class CheckpointKeeper(string output, CheckpointHeader header) : ICheckpointStore
{
    /// <summary>The run's file, once it is open.</summary>
    public RunFileWriter? Writer { get; set; }

    /// <summary>The run can go on from where it was interrupted: the last checkpoint is there.</summary>
    public bool IsKept { get; set; }

    /// <summary>Path of the checkpoint.</summary>
    public string CheckpointPath => output + CheckpointFile.Suffix;

    public void Save(RunCheckpoint checkpoint)
    {
        IsKept = false;
        Writer!.Sync();
        try
        {
            CheckpointFile.Write(CheckpointPath, header, checkpoint);
            IsKept = true;
        }
        catch (Hdf5Exception exception)
        {
            string rest = File.Exists(CheckpointPath) ? "; the one before stays, and 'npgpu resume' goes on from it" : "";
            Console.Error.WriteLine($"npgpu: {exception.Message}{rest}");
        }
    }
}
