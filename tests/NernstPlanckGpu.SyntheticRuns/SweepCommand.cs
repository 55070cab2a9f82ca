using System.Globalization;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.SyntheticRuns;

/// <summary>
/// <c>SyntheticRuns sweep PATH POINTS CELLS SPECIES BATCH PAUSE_MS [words] [grid] [places] [shard=I/N] [resume]</c>: writes a sweep
/// from its last missing point to its first, and says "points N" after each batch of points that was flushed.
/// </summary>
internal static class SweepCommand
{
    internal static int Run(string[] args)
    {
        int[] numbers = [.. args[1..6].Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        SyntheticSweep sweep = new()
        {
            Points = numbers[0],
            Cells = numbers[1],
            Species = numbers[2],
            HasWords = args.Contains("words"),
            GridDiffers = args.Contains("grid"),
            PlacesDiffer = args.Contains("places"),
        };
        SweepLayout layout = sweep.Layout(ShardOf(args));
        using SweepFileWriter writer = args.Contains("resume")
            ? SweepFileWriter.Resume(args[0], layout, SyntheticSweep.Provenance)
            : SweepFileWriter.Create(args[0], layout, SyntheticSweep.Provenance, overwrite: true);
        Console.WriteLine($"missing {writer.Missing}");
        int done = 0;
        int[] missing = [.. Enumerable.Range(0, writer.Count).Where(row => !writer.IsPresent(row)).Select(row => layout.Points[row])];
        foreach (int[] batch in missing.Reverse().Chunk(numbers[3]))
        {
            writer.Add([.. batch.Select(sweep.Point)]);
            writer.Flush();
            Console.WriteLine($"points {done += batch.Length}");
            if (numbers[4] > 0)
                Thread.Sleep(numbers[4]);
        }
        writer.Finish();
        return 0;
    }

    private static Shard? ShardOf(string[] args)
    {
        if (Array.Find(args, arg => arg.StartsWith("shard=", StringComparison.Ordinal)) is not { } text)
            return null;
        int[] parts = [.. text["shard=".Length..].Split('/').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return new Shard(parts[0], parts[1]);
    }
}
