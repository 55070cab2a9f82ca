using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.SyntheticRuns;

/// <summary>A run made up: any sizes, and values that follow from their indices alone.</summary>
public sealed class SyntheticRun
{
    private static readonly string[] Names = ["K", "Na", "Cl", "HCO3-", "Ca²⁺"];

    private readonly RunMode mode;

    /// <summary>An impedance spectrum has as many frequencies as snapshots are asked for, and one snapshot.</summary>
    public SyntheticRun(int cells, int species, int snapshots, Geometry? geometry = null, RunMode mode = RunMode.Transient)
    {
        this.mode = mode;
        Cells = cells;
        Species = species;
        Samples = snapshots;
        Snapshots = mode == RunMode.Impedance ? 1 : snapshots;
        Layout = BuildLayout(geometry ?? new PlanarGeometry());
    }

    public int Cells { get; }

    public int Species { get; }

    public int Snapshots { get; }

    public int Samples { get; }

    public RunLayout Layout { get; init; }

    public static double Time(int snapshot) => 1e-9 * snapshot;

    public static double Concentration(int snapshot, int species, int cell) => 100 + (species * 10) + Math.Sin((0.1 * cell) + snapshot);

    public static double Potential(int snapshot, int cell) => -0.07 * Math.Exp(-0.01 * cell) / (1 + snapshot);

    public static double Flux(int snapshot, int species, int face) => 1e-7 * (species + 1) * Math.Cos(face + (0.3 * snapshot));

    public static double TraceValue(int column, double time) => (column + 1) * Math.Cos(time * 1e9);

    /// <summary>Place of a sample on the axis of the traces.</summary>
    public double Place(int sample) => SyntheticMode.Place(mode, sample);

    /// <summary>Snapshot number <paramref name="index"/>.</summary>
    public Snapshot SnapshotAt(int index) => new()
    {
        Time = mode == RunMode.Impedance ? 0 : Place(index),
        Concentration = Fill(Species, Cells, (species, cell) => Concentration(index, species, cell)),
        Potential = Fill(1, Cells, (_, cell) => Potential(index, cell)),
        ElectricField = Fill(1, Cells + 1, (_, face) => 1e6 * (face + 1) / (index + 3.0)),
        Displacement = Fill(1, Cells + 1, (_, face) => 1e-3 / (face + index + 1.0)),
        ChargeDensity = Fill(1, Cells, (_, cell) => 1e5 * Math.Sin(cell - index)),
        Flux = Fill(Species, Cells + 1, (species, face) => Flux(index, species, face)),
        LeftPotential = -0.07 + (1e-4 * index),
        RightPotential = 1e-5 * index,
    };

    public TraceSample SampleAt(double place) =>
        new(place, Enumerable.Range(0, Layout.Traces.Count).Select(column => SyntheticMode.Value(mode, column, place)).ToArray());

    public RunSummary Summary(Outcome outcome = Outcome.Done) => new()
    {
        Outcome = outcome,
        Time = Time(Snapshots - 1),
        AcceptedSteps = 1234,
        RejectedSteps = 5,
        Evaluations = 98765,
        WallTime = 0.25,
        Certificate =
        [
            new CertificateEntry("massDrift_K", 3e-13, 1e-12, "1", "relative drift of the amount of K"),
            new CertificateEntry("gaussResidual", 2e-10, 1e-9, "mol m-3", "largest residual of Gauss's law"),
        ],
        Theory =
        [
            new TheoryEntry("ghk", -0.0703, -0.07, "V", "Goldman-Hodgkin-Katz potential"),
            new TheoryEntry("nernst_K", -0.089, null, "V", "Nernst potential of K"),
        ],
        MembranePotential = -0.07,
        CurrentDensity = 0.5,
        Results = SyntheticMode.Results(mode),
        Curves = SyntheticMode.Curves(mode, Layout, Samples),
        Detail = outcome == Outcome.NotConverged ? "Gauss's law at x = 3 nm, cell 17 (µ)" : null,
    };

    /// <summary>Writes the whole run, one trace sample per snapshot.</summary>
    public void WriteTo(RunFileWriter writer, Outcome outcome = Outcome.Done)
    {
        for (int i = 0; i < Samples; i++)
        {
            writer.Trace(SampleAt(Place(i)));
            if (i < Snapshots)
                writer.Snapshot(SnapshotAt(i));
        }
        writer.Complete(Summary(outcome));
    }

    /// <summary>Writes the whole run to a file.</summary>
    public void WriteTo(string path)
    {
        using RunFileWriter writer = RunFileWriter.Create(path, Announced(), new Provenance { CommandLine = "npgpu run synthetic.json" });
        WriteTo(writer);
    }

    /// <summary>The layout with the results announced, as a simulation does.</summary>
    public RunLayout Announced() => Layout with
    {
        ResultColumns = [.. Summary().Results.Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning))],
        TheoryColumns = [.. Summary().Theory.Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning))],
        CertificateColumns = [.. Summary().Certificate.Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning))],
    };

    private static double[] Fill(int rows, int columns, Func<int, int, double> value)
    {
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
            values[i] = value(i / columns, i % columns);
        return values;
    }

    private RunLayout BuildLayout(Geometry geometry)
    {
        double[] faces = [.. Enumerable.Range(0, Cells + 1).Select(face => 1e-9 * face * (1 + (0.01 * face)))];
        Species[] species = [.. Enumerable.Range(0, Species).Select(i => new Species(Names[i % Names.Length], i % 2 == 0 ? 1 : -0.85, (1 + i) * 1e-9))];
        RunLayout layout = new()
        {
            Configuration = SyntheticMode.Configure(Configuration(species, geometry, faces[^1]), mode, Samples),
            X = [.. Enumerable.Range(0, Cells).Select(cell => 0.5 * (faces[cell] + faces[cell + 1]))],
            XFace = faces,
            RegionOfCell = [.. Enumerable.Range(0, Cells).Select(cell => 2 * cell / Cells)],
            FaceArea = [.. faces.Select(_ => 1.0)],
            CellVolume = [.. Enumerable.Range(0, Cells).Select(cell => faces[cell + 1] - faces[cell])],
            Traces =
            [
                new TraceColumn("membranePotential", "V", "membrane potential"),
                new TraceColumn("leftConcentration_K", "mol m-3", "concentration of K at the left end"),
            ],
            Engine = "CPU, scalar lane, 1 thread",
            Integrator = "rkc2",
        };
        return SyntheticMode.Arrange(layout, mode, species.Select(one => one.Name));
    }

    private RunConfiguration Configuration(Species[] species, Geometry geometry, double length)
    {
        Region region = new()
        {
            Name = "inside",
            Length = length / 2,
            Permittivity = 78.5,
            Impermeable = [.. species.Select(_ => false)],
            DiffusivityFactor = [.. species.Select(_ => 1.0)],
            Barrier = [.. species.Select(_ => 0.0)],
        };
        Boundary boundary = new(new PotentialBoundary(new ConstantWaveform(0)), [.. species.Select(_ => new BlockedBoundary())]);
        double[] times = [.. Enumerable.Range(0, Snapshots).Select(Time)];
        return new RunConfiguration
        {
            Title = "Synthetic run",
            Problem = new PnpProblem
            {
                Temperature = 310.15,
                Geometry = geometry,
                Species = species,
                Regions = [region, region with { Name = "the outside" }],
                Left = boundary,
                Right = boundary,
                Initial = new ProfilesInitialState([.. species.Select(_ => new RegionsProfile())]),
            },
            Time = new TimeSettings { End = Math.Max(Time(Snapshots - 1), 1e-9) },
            Output = new OutputSettings { SnapshotTimes = times, TraceTimes = times },
            Source = "{\n  // a comment\n  \"title\": \"Synthetic run, µ\"\n}\n",
        };
    }
}
