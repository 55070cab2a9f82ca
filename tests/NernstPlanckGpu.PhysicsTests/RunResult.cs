using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>State at one time, or at one voltage of a curve; arrays are [species][index].</summary>
internal sealed record State(
    double Time, double[][] Concentration, double[] Potential, double[] Displacement, double[][] Flux, double LeftPotential, double RightPotential)
{
    /// <summary>Value at a position by the cubic through the four nearest cell centres (the ends extrapolate).</summary>
    public static double Interpolate(IReadOnlyList<double> x, IReadOnlyList<double> value, double at)
    {
        int first = 0;
        while (first < x.Count - 4 && x[first + 2] < at) first++;
        double sum = 0;
        for (int i = first; i < first + 4; i++)
        {
            double weight = 1;
            for (int k = first; k < first + 4; k++)
                if (k != i) weight *= (at - x[k]) / (x[i] - x[k]);
            sum += weight * value[i];
        }

        return sum;
    }
}

/// <summary>What a run gave, from memory or from its file.</summary>
internal sealed class RunResult
{
    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> XFace { get; init; }

    public required IReadOnlyList<double> Volume { get; init; }

    public required IReadOnlyList<State> States { get; init; }

    public required IReadOnlyList<double> TraceTime { get; init; }

    public required IReadOnlyDictionary<string, double[]> Traces { get; init; }

    /// <summary>Certificate values by name.</summary>
    public required IReadOnlyDictionary<string, double> Certificate { get; init; }

    /// <summary>What the run found besides, by name: its resting potential, …</summary>
    public required IReadOnlyDictionary<string, double> Results { get; init; }

    /// <summary>Theory by name, the run's values under the name with _computed.</summary>
    public required IReadOnlyDictionary<string, double> Theory { get; init; }

    public required bool CertificateHolds { get; init; }

    public required Outcome Outcome { get; init; }

    public required double MembranePotential { get; init; }

    public required double CurrentDensity { get; init; }

    /// <summary>Evaluations of the right-hand side.</summary>
    public required long Evaluations { get; init; }

    public string CertificateText => string.Join("; ", Certificate.Select(entry => $"{entry.Key} {entry.Value:E2}"));

    public State Last => States[^1];

    /// <summary>The state at a snapshot time.</summary>
    public State At(double time) => States.Single(state => Math.Abs(state.Time - time) <= 1e-9 * Math.Abs(time));

    /// <summary>A trace's value at a trace time.</summary>
    public double Trace(string name, double time)
    {
        for (int i = 0; i < TraceTime.Count; i++)
            if (Math.Abs(TraceTime[i] - time) <= 1e-9 * Math.Abs(time)) return Traces[name][i];
        throw new ArgumentException($"no trace sample at {time}");
    }

    /// <summary>Amount of a species in the stack, mol per reference area.</summary>
    public double Amount(State state, int species)
    {
        double sum = 0;
        for (int i = 0; i < X.Count; i++) sum += state.Concentration[species][i] * Volume[i];
        return sum;
    }
}

/// <summary>Keeps a run in memory.</summary>
internal sealed class MemorySink(RunLayout layout) : IRunSink
{
    private readonly List<State> states = [];
    private readonly List<double> times = [];
    private readonly List<double[]> samples = [];
    private RunSummary? summary;

    public void Snapshot(Snapshot snapshot)
    {
        int n = layout.X.Count, species = layout.Configuration.Problem.Species.Count;
        states.Add(new State(
            snapshot.Time, Rows(snapshot.Concentration, species, n), [.. snapshot.Potential], [.. snapshot.Displacement],
            Rows(snapshot.Flux, species, n + 1), snapshot.LeftPotential, snapshot.RightPotential));
    }

    public void Trace(in TraceSample sample)
    {
        times.Add(sample.Time);
        samples.Add(sample.Values.ToArray());
    }

    public void Complete(RunSummary summary) => this.summary = summary;

    public RunResult Result() => new()
    {
        X = layout.X,
        XFace = layout.XFace,
        Volume = layout.CellVolume,
        States = states,
        TraceTime = times,
        Traces = layout.Traces.Select((column, i) => (column.Name, i)).ToDictionary(
            entry => entry.Name, entry => samples.Select(sample => sample[entry.i]).ToArray()),
        Certificate = summary!.Certificate.ToDictionary(entry => entry.Name, entry => entry.Value),
        Results = summary.Results.ToDictionary(entry => entry.Name, entry => entry.Value),
        Theory = summary.Theory.ToDictionary(entry => entry.Name, entry => entry.Value),
        CertificateHolds = summary.CertificateHolds,
        Outcome = summary.Outcome,
        MembranePotential = summary.MembranePotential,
        CurrentDensity = summary.CurrentDensity,
        Evaluations = summary.Evaluations,
    };

    internal static double[][] Rows(double[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, rows).Select(row => values[(row * columns)..((row + 1) * columns)])];
}
