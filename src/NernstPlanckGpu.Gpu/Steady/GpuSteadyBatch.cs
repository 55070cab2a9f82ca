#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Kernels.Steady;

namespace NernstPlanckGpu.Gpu.Steady;

/// <summary>
/// Steady states of many problems on a device, a thread each, by <see cref="SteadyKernel"/>. Problems of one structure go together, in
/// chunks that fit the device's memory. Those that Newton's method does not find there are found by the CPU engine's full search, and
/// their route says so.
/// </summary>
internal sealed class GpuSteadyBatch : ISteadyBatch
{
    /// <summary>Most problems of a launch: threads enough to fill the largest device twice.</summary>
    public const int MostProblems = 131_072;

    /// <summary>
    /// Newton iterations on the device. Membranes need 4 to 20; what needs more needs mostly something else, and its warp would keep the whole launch waiting.
    /// </summary>
    private const int MostIterations = 60;

    private readonly Accelerator accelerator;
    private readonly IReadOnlyList<DiscreteProblem> problems;
    private readonly int mostProblems, mostIterations, threads;
    private readonly SteadyFamily[] families;
    private readonly (SteadyOutput? Output, int Place)[] found;
    private readonly Dictionary<int, int> onCpu = [];
    private ISteadyBatch? cpu;
    private bool wasInterrupted;

    /// <summary>Prepares problems.</summary>
    /// <param name="accelerator">Device; stays the caller's.</param>
    /// <param name="problems">Problems; structures may differ.</param>
    /// <param name="mostProblems">Most problems of a launch.</param>
    /// <param name="mostIterations">Most Newton iterations on the device.</param>
    /// <param name="threads">Threads of the CPU's search for those that the device did not find; 0: all.</param>
    /// <exception cref="ArgumentException">A problem is none for the device, see <see cref="WhyNot(DiscreteProblem)"/>.</exception>
    public GpuSteadyBatch(Accelerator accelerator, IReadOnlyList<DiscreteProblem> problems, int mostProblems = MostProblems, int mostIterations = MostIterations, int threads = 0)
    {
        (this.accelerator, this.problems, this.mostProblems, this.mostIterations, this.threads) = (accelerator, problems, mostProblems, mostIterations, threads);
        found = new (SteadyOutput?, int)[problems.Count];
        families = new SteadyFamily[problems.Count];
        var known = new Dictionary<DiscreteProblem, SteadyFamily>(new SteadyFamily.Comparer());
        var groups = new Dictionary<string, SteadyGroup>();
        for (int i = 0; i < families.Length; i++)
        {
            if (WhyNotAlone(problems[i].Problem) is { } reason) throw new ArgumentException($"problem {i}: {reason}", nameof(problems));
            if (!known.TryGetValue(problems[i], out SteadyFamily? family))
            {
                var group = new SteadyGroup(problems[i]);
                if (WhyNot(group) is { } other) throw new ArgumentException($"problem {i}: {other}", nameof(problems));
                if (!groups.TryAdd(group.Key, group)) group = groups[group.Key];
                known[problems[i]] = family = new(problems[i], group);
            }
            families[i] = family;
        }
    }

    /// <inheritdoc/>
    public int Count => problems.Count;

    /// <summary>Why the kernel cannot find a problem's steady state, a sentence without its full stop; null when it can.</summary>
    /// <param name="problem">Problem.</param>
    public static string? WhyNot(DiscreteProblem problem) => WhyNotAlone(problem.Problem) ?? WhyNot(new SteadyGroup(problem));

    /// <inheritdoc/>
    public void Solve(CancellationToken cancellation)
    {
        Array.Clear(found);
        onCpu.Clear();
        foreach (IGrouping<SteadyGroup, int> group in Enumerable.Range(0, Count).GroupBy(i => families[i].Group))
            SolveGroup([.. group], ChunkSize(group.Key.Layout), cancellation);
        int[] rest = [.. Enumerable.Range(0, Count).Where(i => found[i].Output is { } output && output.Status[found[i].Place] != SteadyStatus.Found)];
        for (int j = 0; j < rest.Length; j++) onCpu[rest[j]] = j;
        using var engine = new CpuEngine(new(threads));
        cpu = engine.SteadyBatch([.. rest.Select(i => problems[i])]);
        cpu.Solve(cancellation);
        wasInterrupted = cancellation.IsCancellationRequested;
    }

    /// <inheritdoc/>
    public SteadyResult Result(int problem)
    {
        if (found[problem].Output is not { } output) return new(wasInterrupted ? Outcome.Interrupted : Outcome.Running, 0, "none", null);
        int place = found[problem].Place, iterations = output.Status[output.Count + place];
        if (!onCpu.TryGetValue(problem, out int index)) return new(Outcome.Done, iterations, "Newton on the device", null);
        SteadyResult then = cpu!.Result(index);
        string why = output.Status[place] switch
        {
            SteadyStatus.Moving => $"was still moving after {iterations} iterations",
            SteadyStatus.NoConcentration => "came to a concentration that is negative or no number",
            _ => "came to an update that is no number",
        };
        string route = then.IsFound ? $"Newton on the device {why}, then on the CPU: {then.Route}" : then.Route;
        return then with { Iterations = iterations + then.Iterations, Route = route, IsByHost = true };
    }

    /// <inheritdoc/>
    public double Voltage(int problem)
    {
        if (onCpu.TryGetValue(problem, out int index)) return cpu!.Voltage(index);
        if (found[problem].Output is not { } output) return double.NaN;
        PnpProblem p = problems[problem].Problem;
        double thermal = PhysicalConstants.ThermalVoltage(p.Temperature);
        double End(ElectricBoundary end, int block) => end is SternBoundary stern ? stern.Potential.At(0) : thermal * output.Number(block, found[problem].Place);
        return End(p.Left.Electric, 0) - End(p.Right.Electric, problems[problem].Cells + 1);
    }

    /// <inheritdoc/>
    public double TotalCurrent(int problem)
    {
        if (onCpu.TryGetValue(problem, out int index)) return cpu!.TotalCurrent(index);
        if (found[problem].Output is not { } output) return double.NaN;
        SteadyGroup group = families[problem].Group;
        double sum = 0;
        for (int s = 0; s < group.Shape.Species; s++) sum += group.Shape.Valence[s] * output.Number(group.Layout.FluxAt + s, found[problem].Place);
        return sum;
    }

    /// <inheritdoc/>
    public double Conductance(int problem)
    {
        if (onCpu.TryGetValue(problem, out int index)) return cpu!.Conductance(index);
        PnpProblem p = problems[problem].Problem;
        if (found[problem].Output is not { } output || p is not { Left.Electric.Electrode: not null, Right.Electric.Electrode: not null }) return double.NaN;
        double perVolt = PhysicalConstants.Faraday / PhysicalConstants.ThermalVoltage(p.Temperature);
        return output.Number(families[problem].Group.Layout.ConductanceAt, found[problem].Place) * perVolt;
    }

    /// <summary>Copies a problem's steady state: the device's potentials, and the concentrations and fluxes that the CPU finds in them.</summary>
    /// <param name="problem">Index; its steady state was found.</param>
    /// <param name="state">Receiver, made for this problem.</param>
    /// <returns>Its residual of continuity.</returns>
    /// <exception cref="InvalidOperationException">It was not found.</exception>
    public double Read(int problem, StateView state)
    {
        if (onCpu.TryGetValue(problem, out int index)) return cpu!.Read(index, state);
        if (found[problem].Output is not { } output) throw new InvalidOperationException($"no steady state of problem {problem} was found");
        using var solver = new SteadySolver(problems[problem], solves: false);
        var potential = new double[problems[problem].Cells + 2];
        for (int block = 0; block < potential.Length; block++) potential[block] = output.Number(block, found[problem].Place);
        if (!solver.Take(potential))
            throw new DeviceException($"the potentials that the device found for problem {problem} have no concentrations: {solver.Detail}");
        solver.Read(state);
        return solver.ContinuityResidual();
    }

    /// <inheritdoc/>
    public void Dispose() => cpu?.Dispose();

    // A quarter of the memory, since others use the device too and some devices share it with the host; and offsets that are int.
    private int ChunkSize(SteadyLayout layout)
    {
        long byMemory = accelerator.MemorySize / 4 / SteadyLaunch.BytesPerProblem(layout), byOffset = int.MaxValue / layout.WorkLength;
        return (int)Math.Clamp(Math.Min(byMemory, byOffset), 1, mostProblems);
    }

    private void SolveGroup(int[] members, int chunk, CancellationToken cancellation)
    {
        for (int first = 0; first < members.Length && !cancellation.IsCancellationRequested;)
        {
            int[] now = [.. members.Skip(first).Take(chunk)];
            if (TryRun(now, mayHalve: now.Length > 1) is not { } output)
            {
                chunk = (now.Length + 1) / 2;
                continue;
            }
            for (int i = 0; i < now.Length; i++) found[now[i]] = (output, i);
            first += now.Length;
        }
    }

    // Null where memory did not suffice and half of them may fit.
    private SteadyOutput? TryRun(int[] members, bool mayHalve)
    {
        try
        {
            return Faults.Guard(accelerator, () => SteadyLaunch.Run(accelerator, [.. members.Select(i => (problems[i], families[i]))], mostIterations));
        }
        catch (DeviceException exception) when (mayHalve && exception.InnerException is { } cause && Faults.IsOutOfMemory(cause))
        {
            return null;
        }
    }

    private static string? WhyNotAlone(PnpProblem p)
    {
        if (p.Mechanisms.Count > 0) return "mechanisms of a membrane have no steady kernel";
        if (p.Activity.Kind != ActivityKind.Ideal) return "activity coefficients have no steady kernel";
        if (p.HasSources) return "sources have no steady kernel";
        if (p.Species.Count > SteadyLayout.MostSpecies) return $"{p.Species.Count} species are more than the {SteadyLayout.MostSpecies} of the steady kernel";
        IonBoundary? other = p.Left.Ions.Concat(p.Right.Ions).FirstOrDefault(ion => ion is not (BathBoundary or BlockedBoundary));
        return other is null ? null : $"ends other than baths and closed ones have no steady kernel, and there is a {other.GetType().Name}";
    }

    private static string? WhyNot(SteadyGroup group)
    {
        if (group.Layout.Borders > SteadyLayout.MostBorders)
            return $"passing species, closed compartments and a clamped current ask for {group.Layout.Borders} border unknowns, more than the {SteadyLayout.MostBorders} of the steady kernel";
        bool seeks = group.Layout.SeeksLeft + group.Layout.SeeksRight > 0;
        return seeks && !group.CarriesCurrent ? "the current is clamped and no ion passes from end to end" : null;
    }
}
#endif
