using System.Globalization;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;

// SyntheticRuns PATH CELLS SPECIES SNAPSHOTS PAUSE_MS [TRACES_PER_SNAPSHOT [MODE]]: writes a run, says "snapshot N" after each;
// when the file fails, the message on stderr, a small run to $OTHER_FILE where that is set (the process goes on), exit 5.
if (args.Length < 5)
{
    Console.Error.WriteLine("usage: SyntheticRuns PATH CELLS SPECIES SNAPSHOTS PAUSE_MS [TRACES_PER_SNAPSHOT [MODE]]");
    return 2;
}
if (args[0] == "sweep")
    return Guarded(() => SweepCommand.Run(args[1..]));
int[] numbers = [.. args[1..Math.Min(args.Length, 6)].Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
int traces = numbers.Length > 4 ? numbers[4] : 1;
RunMode mode = args.Length > 6 ? Enum.Parse<RunMode>(args[6]) : RunMode.Transient;
SyntheticRun run = new(numbers[0], numbers[1], numbers[2], mode: mode);
return Guarded(Write);

int Write()
{
    using RunFileWriter writer = RunFileWriter.Create(args[0], run.Announced(), new Provenance { CommandLine = string.Join(' ', args) }, overwrite: true);
    for (int i = 0; i < run.Snapshots; i++)
    {
        for (int j = 0; j < traces; j++)
            writer.Trace(run.SampleAt(run.Place(i) + ((run.Place(i + 1) - run.Place(i)) * j / traces)));
        writer.Snapshot(run.SnapshotAt(i));
        Console.WriteLine($"snapshot {i}");
        if (numbers[3] > 0)
            Thread.Sleep(numbers[3]);
    }
    writer.Complete(run.Summary());
    return 0;
}

static int Guarded(Func<int> write)
{
    try
    {
        return write();
    }
    catch (Hdf5Exception exception)
    {
        Console.Error.WriteLine(exception.Message);
        if (Environment.GetEnvironmentVariable("OTHER_FILE") is string other)
            WriteSmall(other);
        return 5;
    }
}

static void WriteSmall(string path)
{
    SyntheticRun small = new(3, 1, 2);
    using RunFileWriter writer = RunFileWriter.Create(path, small.Layout, new Provenance { CommandLine = "small" });
    small.WriteTo(writer);
}
