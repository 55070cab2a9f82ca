using System.Globalization;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.SyntheticRuns;

/// <summary>A sweep made up: a grid of voltages and words, and points whose values follow from their indices alone.</summary>
public sealed class SyntheticSweep
{
    private static readonly string[] Words = ["rodas4", "rkc2", "euler"];

    private readonly Dictionary<(int Cells, int Snapshots), SyntheticRun> runs = [];

    public int Points { get; init; } = 12;

    public int Cells { get; init; } = 7;

    public int Species { get; init; } = 2;

    public int Snapshots { get; init; } = 2;

    public RunMode Mode { get; init; } = RunMode.Transient;

    /// <summary>With a second axis, of words.</summary>
    public bool HasWords { get; init; }

    /// <summary>Points have one to four cells more, or fewer snapshots, than the first.</summary>
    public bool GridDiffers { get; init; }

    public bool PlacesDiffer { get; init; }

    /// <summary>Value of the first voltage, V: another one makes other points.</summary>
    public double FirstVoltage { get; init; } = -0.12;

    public IReadOnlyList<string> Fields { get; init; } = ["concentration", "potential"];

    public SweepAxes Axes => field ??= MakeAxes();

    public static Provenance Provenance { get; } = new() { CommandLine = "npgpu sweep synthetic.json" };

    /// <summary>The layout of a shard; of the whole sweep unless one is named.</summary>
    public SweepLayout Layout(Shard? part = null)
    {
        Shard shard = part ?? Shard.Whole;
        SweepAxes axes = Axes;
        int[] points = [.. Enumerable.Range(0, axes.Count).Where(point => shard.Owns(Hash(axes, point)))];
        RunLayout run = Run(0).Announced();
        return new SweepLayout
        {
            Source = run.Configuration.Source,
            FileName = "synthetic.json",
            BaseHash = new PointHash(42),
            Axes = axes,
            Shard = shard,
            Points = points,
            Hashes = [.. points.Select(point => Hash(axes, point))],
            Run = run,
            IsGridShared = !GridDiffers,
            ArePlacesShared = !PlacesDiffer,
            Fields = Fields,
            ResultColumns = run.ResultColumns,
            TheoryColumns = run.TheoryColumns,
            CertificateColumns = run.CertificateColumns,
            MembraneColumns = run.MembraneColumns,
        };
    }

    /// <summary>What a point came to; every eleventh failed.</summary>
    public PointResult Point(int index)
    {
        bool fails = index % 11 == 10;
        SyntheticRun run = Run(index);
        int seed = Seed(index);
        return new PointResult
        {
            Index = index,
            Status = fails ? PointStatus.NotConverged : PointStatus.Done,
            Message = fails ? $"Gauss's law at x = 3 nm, cell 17 (µ), point {index}" : "",
            Layout = run.Layout,
            Summary = run.Summary(fails ? Outcome.NotConverged : Outcome.Done) with
            {
                MembranePotential = -0.07 + (1e-5 * seed),
                AcceptedSteps = 1000 + seed,
                WallTime = 0.25,
            },
            Snapshots = fails ? [] : [.. Enumerable.Range(0, run.Snapshots).Select(i => Moved(run.SnapshotAt(i), seed))],
            Traces = fails ? [] : [.. Enumerable.Range(0, run.Samples).Select(i => Sample(run, i, seed))],
        };
    }

    /// <summary>Writes all points of a shard, in the order of their indices, and finishes the file.</summary>
    public void WriteTo(string path, Shard? part = null)
    {
        SweepLayout layout = Layout(part);
        using SweepFileWriter writer = SweepFileWriter.Create(path, layout, Provenance);
        writer.Add([.. layout.Points.Select(Point)]);
        writer.Finish();
    }

    /// <summary>What a point's values follow from: its own value, so that it is the same point in another sweep.</summary>
    private int Seed(int index)
    {
        SweepAxes axes = Axes;
        int seed = (int)Math.Round((axes.Value(index, 0).Number + 1) * 1000);
        return HasWords ? (seed * Words.Length) + axes.Choice(index, 1) : seed;
    }

    private SweepAxes MakeAxes()
    {
        int voltages = HasWords ? (Points + Words.Length - 1) / Words.Length : Points;
        SweepAxis voltage = new(
            "/boundaries/left/electric/potential",
            "left_potential_set",
            "V",
            [.. Enumerable.Range(0, voltages).Select(i => Voltage(FirstVoltage + (0.001 * i)))]);
        SweepAxis word = new("/time/integrator", "integrator", "1", [.. Words.Select(text => new SweepValue($"\"{text}\"", double.NaN))]);
        return new SweepAxes(HasWords ? [voltage, word] : [voltage], SweepCombination.Grid);
    }

    private static SweepValue Voltage(double volt)
    {
        double milli = Math.Round(volt * 1000);
        return new SweepValue(string.Create(CultureInfo.InvariantCulture, $"\"{milli} mV\""), milli / 1000);
    }

    /// <summary>From the values alone; spread over all bits.</summary>
    private static PointHash Hash(SweepAxes axes, int point)
    {
        UInt128 hash = 0;
        for (int i = 0; i < axes.Axes.Count; i++)
        {
            foreach (char letter in axes.Value(point, i).Json)
                hash = (hash ^ letter) * (((UInt128)0x9E3779B97F4A7C15 << 64) | 0xF39CC0605CEDC835);
            hash ^= hash >> 61;
        }
        return new PointHash(hash);
    }

    private static Snapshot Moved(Snapshot snapshot, int seed) => new()
    {
        Time = snapshot.Time,
        Concentration = [.. snapshot.Concentration.Select(value => value + (0.001 * seed))],
        Potential = [.. snapshot.Potential.Select(value => value - (0.001 * seed))],
        ElectricField = snapshot.ElectricField,
        Displacement = snapshot.Displacement,
        ChargeDensity = snapshot.ChargeDensity,
        Flux = [.. snapshot.Flux.Select(value => value * seed)],
        LeftPotential = snapshot.LeftPotential + seed,
        RightPotential = snapshot.RightPotential,
    };

    private static (double Place, double[] Values) Sample(SyntheticRun run, int index, int seed)
    {
        TraceSample sample = run.SampleAt(run.Place(index));
        return (sample.Time, [.. sample.Values.ToArray().Select(value => value + seed)]);
    }

    private SyntheticRun Run(int index)
    {
        int cells = GridDiffers ? Cells + (index % 5) : Cells;
        int snapshots = PlacesDiffer ? Snapshots + (index % 3) : Snapshots;
        if (!runs.TryGetValue((cells, snapshots), out SyntheticRun? run))
            runs.Add((cells, snapshots), run = new SyntheticRun(cells, Species, snapshots, mode: Mode));
        return run;
    }
}
