using System.Diagnostics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Certificates;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Theory;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>What every mode of a run has: configuration, engine, finite volumes, and how a state becomes results.</summary>
internal sealed class RunContext
{
    public RunContext(RunConfiguration configuration, IEngine engine, DiscreteProblem discrete, GridEstimate? grid)
    {
        (Configuration, Engine, Discrete, Grid) = (configuration, engine, discrete, grid);
        Field = new(discrete);
    }

    public RunConfiguration Configuration { get; }

    public IEngine Engine { get; }

    /// <summary>The CPU in any case: it does what is done with one problem alone before a run, the same whichever engine is to run.</summary>
    public IEngine Host => HostOf(Engine);

    /// <summary>An engine where it is the CPU's, else one of the CPU with a single thread.</summary>
    public static IEngine HostOf(IEngine engine) => engine as CpuEngine ?? new CpuEngine(new(1));

    /// <summary>Refuses what the engine cannot step.</summary>
    /// <exception cref="EngineRefusalException">It cannot.</exception>
    public void NeedSteps(DiscreteProblem problem, TimeSettings time)
    {
        if (Engine.WhyNot(problem, time) is { } why) throw EngineRefusalException.Of(Engine, why);
    }

    /// <summary>Refuses a problem whose steady state the engine does not find.</summary>
    /// <exception cref="EngineRefusalException">It does not.</exception>
    public void NeedSteadyStates(DiscreteProblem problem)
    {
        if (!Engine.HasSteadyStates && Engine.WhyNoSteadyBatch(problem) is { } why) throw EngineRefusalException.Of(Engine, why);
    }

    /// <summary>Refuses a run that needs more of a steady state than batches give, where the engine leaves that to the CPU.</summary>
    /// <param name="why">What such an engine has not, a sentence without its full stop.</param>
    /// <exception cref="EngineRefusalException">It does.</exception>
    public void NeedOwnSteadyStates(string why)
    {
        if (!Engine.HasSteadyStates) throw EngineRefusalException.Of(Engine, why);
    }

    public DiscreteProblem Discrete { get; }

    /// <summary>Solve again on a finer grid at the end, and certify the difference.</summary>
    public bool CertifiesGrid { get; init; }

    /// <summary>How the grid was refined; null when it was taken as built.</summary>
    public GridEstimate? Grid { get; }

    public FieldReconstruction Field { get; }

    public Stopwatch Watch { get; } = Stopwatch.StartNew();

    /// <summary>The same run with another problem on the same grid: one whose initial state or boundaries are resolved.</summary>
    public RunContext With(PnpProblem problem) =>
        new(Configuration with { Problem = problem }, Engine, Discretiser.Discretise(problem, Discrete.Grid), Grid) { CertifiesGrid = CertifiesGrid, Asked = Asked };

    /// <summary>The run as it was asked for, its initial state not resolved: what a finer grid has to compute as well.</summary>
    private RunConfiguration Asked { get => field ?? Configuration; init; }

    /// <summary>The layout that all modes share; they add their axes and columns.</summary>
    /// <param name="certificate">Certificate before the run, for its names.</param>
    /// <param name="results">Results that the mode will have besides that of the grid.</param>
    public RunLayout Layout(IEnumerable<CertificateEntry> certificate, IEnumerable<ResultColumn> results) => new()
    {
        Configuration = Configuration,
        X = Discrete.Centres(),
        XFace = Discrete.Grid.Faces,
        RegionOfCell = Discrete.Grid.RegionOfCell,
        FaceArea = Discrete.FaceAreas(),
        CellVolume = Discrete.Volumes(),
        Traces = [],
        Engine = EngineText(),
        Integrator = "",
        TheoryColumns = [.. TheoryNames().Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning))],
        CertificateColumns = [.. certificate.Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning, entry.Remedy))],
        MembraneColumns = [.. MembraneSummaryBuilder.Columns(Discrete, Field, Configuration.Mode == RunMode.Transient ? Budgets() : null)],
        ResultColumns = [.. results.Concat(GridResults().Select(entry => new ResultColumn(entry.Name, entry.Unit, entry.Meaning)))],
    };

    // What the CPU does for another engine is said beside that engine's name: on the terminal, in JSON and in the file.
    private string EngineText()
    {
        bool hasSteady = !Engine.HasSteadyStates && Configuration.Problem.Initial is SteadyInitialState;
        bool hasGrid = Engine is not CpuEngine && Configuration.Problem.GridTolerance is not null;
        return Engine.Description + (hasSteady, hasGrid) switch
        {
            (true, true) => "; the grid is refined and the initial steady state is found on the CPU",
            (true, false) => "; the initial steady state is found on the CPU",
            (false, true) => "; the grid is refined on the CPU",
            _ => "",
        };
    }

    // What applies may change while the ends do: what does at the end of the run counts, too.
    private IEnumerable<TheoryEntry> TheoryNames() => TheoryComparison.Of(Configuration.Problem)
        .Concat(TheoryComparison.Of(Configuration.Problem, new() { Time = Configuration.Time.End })).DistinctBy(entry => entry.Name);

    // Which species have one depends on the ends alone.
    private IReadOnlyList<IonBudget> Budgets() =>
        Discrete.Problem.Mechanisms.Count == 0 ? [] : new MembraneBudget(Discrete, Field.ReferenceArea).Latest;

    /// <summary>The error that the refinement of the grid leaves.</summary>
    public IEnumerable<ResultEntry> GridResults()
    {
        if (Grid is { } grid)
            yield return new("gridError", grid.Error, "V", "estimated error of the potential by the grid: a third of what halving every cell last changed");
    }

    /// <summary>The certificate's entry about the grid, where it was asked for.</summary>
    /// <param name="isOver">The run is over: solve again. Before, the entry has no value.</param>
    public IEnumerable<CertificateEntry> GridEntries(bool isOver)
    {
        if (!CertifiesGrid) yield break;
        yield return isOver ? GridRefinement.Certify(Asked, Host, Discrete.Grid) : CertificateEntries.GridError(double.NaN, null);
    }

    /// <summary>What theory is held against.</summary>
    public RunMeasurement Measure(StateView state, double time, double? restingPotential = null)
    {
        Snapshot snapshot = Field.NewSnapshot();
        Field.Fill(snapshot, state, time);
        return new()
        {
            Time = time,
            MembranePotential = snapshot.LeftPotential - snapshot.RightPotential,
            RestingPotential = restingPotential,
            IonicCurrentDensity = [.. Enumerable.Range(0, Discrete.Species).Select(s => Field.IonicCurrent(state, s))],
            MechanismCurrentDensity = MechanismCurrents(state),
            EndConcentration = (EndConcentration(state, true), EndConcentration(state, false)),
            LeftCharge = Field.LeftCharge(state),
            Potential = new([0, .. Discrete.Centres(), Discrete.Grid.Faces[^1]],
                [snapshot.LeftPotential, .. snapshot.Potential, snapshot.RightPotential]),
            WallCharge = (snapshot.Displacement[0], -snapshot.Displacement[^1]),
            ReferenceArea = Field.ReferenceArea,
        };
    }

    private double[] EndConcentration(StateView state, bool left) =>
        [.. Enumerable.Range(0, Discrete.Species).Select(s => Field.EndConcentration(state, s, left))];

    private double[] MechanismCurrents(StateView state)
    {
        if (Discrete.Problem.Mechanisms.Count == 0) return [];
        var account = new MembraneAccount(Discrete, Field);
        return [.. Enumerable.Range(0, account.Layout.Items.Count).Select(item => account.CurrentDensity(state, item))];
    }

    /// <summary>The estimate of a mode without steps: the grid, and no cost.</summary>
    public RunEstimate EstimateWithoutSteps(string integrator) => new()
    {
        Cells = Discrete.Cells,
        CellSize = CellSize(),
        DebyeLength = DebyeLengths(),
        EulerStep = double.NaN,
        Integrator = integrator,
        Steps = double.NaN,
        Evaluations = double.NaN,
        WallTime = double.NaN,
    };

    public (double Smallest, double Largest) CellSize()
    {
        double[] sizes = [.. Discrete.Grid.Faces.Zip(Discrete.Grid.Faces.Skip(1), (a, b) => b - a)];
        return (sizes.Min(), sizes.Max());
    }

    public IReadOnlyList<double> DebyeLengths() =>
        [.. Configuration.Problem.Regions.Select(region => DebyeLength.OfRegion(Configuration.Problem, region))];
}

/// <summary>One mode of running.</summary>
internal interface IRunPlan
{
    /// <summary>Axes and names.</summary>
    RunLayout Layout { get; }

    /// <summary>What it will cost.</summary>
    RunEstimate Estimate();

    /// <summary>Runs to the end, to failure or to cancellation.</summary>
    RunSummary Run(IRunSink sink, Action<RunProgress>? progress, CancellationToken cancellation);
}
