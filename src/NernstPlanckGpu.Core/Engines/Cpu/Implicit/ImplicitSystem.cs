using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The semi-discrete equations of a pack, M du/dt = F(t, u) in concentrations and reduced potential together:
/// <code>V dc/dt = J_left − J_right + s V,    0 = q_left − q_right + V (sum z c + fixed charge),    q = (psi_L − psi_R)/b,</code>
/// closed by the rows of the two ends (<see cref="EndRows"/>).
/// </summary>
internal sealed unsafe class ImplicitSystem<T> : IDisposable
    where T : unmanaged, ILane<T>
{
    private readonly DiscreteProblem[] problems;
    private readonly EndRows[] ends;
    private readonly SourceFluxes[] sources;
    private readonly Circuit[] circuits;
    private readonly MembraneBorder[] borders;
    private readonly bool hasWater;
    private readonly double[] amounts;

    /// <summary>Takes up to as many problems as a lane is wide; missing ones repeat the last.</summary>
    public ImplicitSystem(IReadOnlyList<DiscreteProblem> problems, int vectors, bool separateFaces = false)
    {
        this.problems = [.. problems];
        Shape = PackShape.Of(problems[0]);
        Arrays = new(Shape, T.Width, vectors, separateFaces);
        for (int k = 0; k < T.Width; k++) Arrays.Load(problems[Math.Min(k, problems.Count - 1)], k);
        ends = [.. Enumerable.Range(0, T.Width).Select(k => new EndRows(this.problems[Math.Min(k, this.problems.Length - 1)], Arrays, k))];
        Reductions = [.. ends.Select((_, k) => new EndReduction(Arrays, k))];
        sources = [.. this.problems.Select(problem => new SourceFluxes(problem, Shape))];
        circuits = [.. this.problems.Select(problem => new Circuit(problem, problem.FaceAreas(), problem.Resistances()))];
        borders = [.. this.problems.Select((problem, k) => (Problem: problem, Layout: MembraneLayout.Of(problem.Problem), Place: k))
            .Where(p => p.Layout is not null).Select(p => new MembraneBorder(p.Problem, p.Layout!, Arrays, ends[p.Place], p.Place))];
        hasWater = borders.Any(border => border.Layout.HasWater);
        amounts = new double[hasWater ? 2 * Arrays.Species * T.Width : 0];
    }

    public PackShape Shape { get; }

    public ImplicitArrays Arrays { get; }

    /// <summary>Problems that are not padding.</summary>
    public int Count => problems.Length;

    public EndRows Ends(int k) => ends[k];

    /// <summary>Mechanisms of each problem; empty where there are none.</summary>
    public IReadOnlyList<MembraneBorder> Borders => borders;

    /// <summary>Vectors that the mechanisms of a lane need: their columns, and a right-hand side.</summary>
    public static int VectorsOf(DiscreteProblem problem) => MembraneLayout.Of(problem.Problem) is not { } layout ? 0
        : layout.Items.Select(item => item.Species).Distinct().Count() + layout.States - layout.Gates.Count + 1;

    /// <summary>Ghost blocks in steps of time, one per place of the lane.</summary>
    public EndReduction[] Reductions { get; }

    /// <summary>Enters the pieces of all waveforms and sources of problem k that hold from a time on; returns the next corner.</summary>
    public double Enter(int k, double time)
    {
        _ = circuits[k].Enter(time);
        double corner = Math.Min(ends[k].Enter(time), sources[k].Enter(time));
        return k < borders.Length ? Math.Min(corner, borders[k].Enter(time)) : corner;
    }

    /// <summary>F at the given time of each problem, and at the arguments of the borders.</summary>
    public void Rates(double* u, double* rate, double[] time)
    {
        Fluxes(u, linearise: false);
        Balance(u, rate, time);
    }

    /// <summary>Fluxes of all faces, without those of mechanisms, and their coefficients for the unknowns where asked for.</summary>
    public void Fluxes(double* u, bool linearise)
    {
        // Ghosts keep amounts over the initial volume; the fluxes are those of their concentrations.
        if (hasWater) Dilute(u);
        if (linearise) FaceFluxes<T>.Linearise(Arrays, u);
        else FaceFluxes<T>.Evaluate(Arrays, u);
        if (hasWater) Concentrate(u, linearise);
    }

    private void Dilute(double* u)
    {
        for (int k = 0; k < borders.Length; k++)
        {
            for (int s = 0; s < Arrays.Species; s++)
            {
                ref double left = ref u[At(0, s, k)], right = ref u[At(Arrays.Blocks - 1, s, k)];
                (amounts[2 * s * T.Width + k], amounts[(2 * s + 1) * T.Width + k]) = (left, right);
                left /= borders[k].LeftVolume;
                right /= borders[k].RightVolume;
            }
        }
    }

    // The bits that stood there, and coefficients of amounts.
    private void Concentrate(double* u, bool linearised)
    {
        for (int k = 0; k < borders.Length; k++)
        {
            for (int s = 0; s < Arrays.Species; s++)
            {
                (u[At(0, s, k)], u[At(Arrays.Blocks - 1, s, k)]) = (amounts[2 * s * T.Width + k], amounts[(2 * s + 1) * T.Width + k]);
                if (!linearised) continue;
                long first = (long)s * T.Width + k, last = ((long)Arrays.Cells * Arrays.Species + s) * T.Width + k;
                Arrays.Left[first] /= borders[k].LeftVolume;
                Arrays.Right[last] /= borders[k].RightVolume;
                if (Shape.IsIdeal) continue;
                Arrays.ExcessLeft[first] /= borders[k].LeftVolume;
                Arrays.ExcessRight[last] /= borders[k].RightVolume;
            }
        }
    }

    /// <summary>The end blocks of M/(h gamma) − dF/du, from the linearised fluxes.</summary>
    /// <param name="inverseStep">1/(h gamma) per problem, 1/s.</param>
    public void LineariseEnds(double* inverseStep)
    {
        for (int k = 0; k < T.Width; k++) ends[k].Linearise(inverseStep[k]);
    }

    /// <summary>target += h gamma_i dF/dt.</summary>
    public void AddTimeDerivative(double* target, double* factor, double[] time)
    {
        int m = Arrays.Size, w = T.Width;
        for (int k = 0; k < Count; k++)
        {
            ends[k].AddTimeDerivative(target, factor[k], time[k]);
            if (ends[k].Right.Kind == ElectricKind.Current)
                target[At(Arrays.Blocks - 1, Arrays.Species, k)] -= factor[k] * sources[k].ChargeRate(Arrays.Cells);
            sources[k].AddRates(target + (long)m * w + k, w, m * w, factor[k], time[k], rate: true);
        }
    }

    /// <summary>Initial concentrations of problem k into the state; the potential is left alone.</summary>
    public void LoadConcentrations(int k, double* u) => LoadConcentrations(k, u, problems[Math.Min(k, Count - 1)].InitialConcentration());

    /// <summary>The same of concentrations that are at hand.</summary>
    public void LoadConcentrations(int k, double* u, double[][] initial)
    {
        for (int s = 0; s < Arrays.Species; s++)
            for (int i = 0; i < Arrays.Blocks; i++) u[At(i, s, k)] = initial[Shape.Order[s]][i];
    }

    /// <summary>Sets baths to their values at a time and takes the potential from Gauss's law.</summary>
    /// <param name="k">Problem.</param>
    /// <param name="u">State.</param>
    /// <param name="time">s.</param>
    /// <param name="clampCharge">A D/F at a current-clamped end, mol.</param>
    public void Settle(int k, double* u, double time, double clampCharge)
    {
        ends[k].SetGhosts(u, time);
        ends[k].SolvePotential(u, time, clampCharge);
    }

    /// <summary>Sets baths to the values of the pieces entered, at time 0, and reservoirs to their start; cells stay.</summary>
    public void LoadGhosts(int k, double* u)
    {
        for (int s = 0; s < Arrays.Species; s++)
        {
            u[At(0, s, k)] = Ghost(ends[k].LeftIons[s]);
            u[At(Arrays.Blocks - 1, s, k)] = Ghost(ends[k].RightIons[s]);
        }

        static double Ghost(IonEnd ion) => ion.IsReservoir ? ion.Start : ion.IsBath ? ion.Prescribed!.At(0) : 0;
    }

    /// <summary>A D/F at the right end, given that at the left one and the initial concentrations, mol.</summary>
    public double RightCharge(int k, double leftCharge)
    {
        DiscreteProblem problem = problems[k];
        double[] volume = problem.Volumes();
        double[][] initial = problem.InitialConcentration();
        double charge = leftCharge;
        for (int i = 0; i < Arrays.Cells; i++)
        {
            double sum = problem.FixedCharge(i);
            for (int s = 0; s < Arrays.Species; s++) sum += problem.Problem.Species[s].Valence * initial[s][i + 1];
            charge += volume[i] * sum;
        }
        return charge;
    }

    /// <summary>A D/F with which a current-clamped end of problem k starts: uncharged, or that of the state that the run starts from; mol.</summary>
    public double InitialClampCharge(int k)
    {
        if (problems[k].Problem.Initial is not CellsInitialState cells) return 0;
        return ends[k].Left.Kind == ElectricKind.Current ? cells.LeftCharge : RightCharge(k, cells.LeftCharge);
    }

    /// <summary>Sources of problem k.</summary>
    public SourceFluxes Sources(int k) => sources[k];

    /// <summary>A D/F at the current-clamped end of problem k, mol; 0 without one.</summary>
    public double ClampCharge(int k, double* u) => ends[k].ClampCharge(u);

    /// <summary>Charge over F that lies in the reservoirs beyond a current-clamped end and counts in <see cref="ClampCharge"/>, mol.</summary>
    public double ReservoirCharge(int k, double* u) => ends[k].ClampReservoirCharge(u);

    /// <summary>
    /// <see cref="ClampCharge"/> less <see cref="ReservoirCharge"/>, mol, where it stays as it is: no current is let through the clamped end, and
    /// no ion but those of its reservoirs. Null elsewhere.
    /// </summary>
    public double? StandingCharge(int k, double* u)
    {
        PnpProblem problem = problems[k].Problem;
        Boundary end = ends[k].Left.Kind == ElectricKind.Current ? problem.Left : problem.Right;
        bool stands = end.Electric is CurrentBoundary { CurrentDensity: ConstantWaveform { Value: 0 } }
            && Enumerable.Range(0, Arrays.Species).All(s => problem.Sources?[s] is null
                && (problem.Species[s].Valence == 0 || end.Ions[s] is ReservoirBoundary or BlockedBoundary));
        return stands ? ClampCharge(k, u) - ReservoirCharge(k, u) : null;
    }

    /// <summary>Copies the state of problem k and its fluxes.</summary>
    public void Read(int k, double* u, double[] time, StateView state)
    {
        foreach (MembraneBorder border in borders) border.State.CopyTo(border.Argument, 0);
        Fluxes(u, linearise: false);
        for (int j = 0; j < Count; j++) ends[j].AddPrescribedFluxes(time[j]);
        int n = Arrays.Cells, species = Arrays.Species, w = T.Width;
        if (k < borders.Length) ReadMembrane(k, u, time[k], state);
        double[] resistance = problems[k].Resistances();
        double weighted = 0, first = 0, last = 0;
        for (int f = 0; f <= n; f++)
        {
            double current = ends[k].Current(f) + sources[k].Charge(f, time[k]);
            weighted += resistance[f] * current;
            if (f == 0) first = current;
            last = current;
            state.Charge[f] = Charge(k, f, u);
        }
        weighted += circuits[k].SternSum(first, last);
        state.TotalCurrent = circuits[k].TotalCurrent(
            time[k], weighted, first - ends[k].ReservoirCurrent(leftEnd: true), last - ends[k].ReservoirCurrent(leftEnd: false));
        for (int s = 0; s < species; s++)
        {
            double[] concentration = state.Concentration[Shape.Order[s]], flux = state.Flux[Shape.Order[s]];
            for (int i = 0; i < concentration.Length; i++) concentration[i] = u[At(i, s, k)];
            concentration[0] /= state.RelativeVolume.Left;
            concentration[^1] /= state.RelativeVolume.Right;
            for (int f = 0; f <= n; f++) flux[f] = Arrays.Flux[((long)f * species + s) * w + k];
        }
    }

    /// <summary>Exchanges the state of problem k; species stand in the problem's order.</summary>
    public void Exchange(int k, double* u, RecordExchange exchange)
    {
        int blocks = Arrays.Blocks;
        exchange.Values("state/concentration", "mol m-3", Arrays.Species * blocks, i => ref u[At(i % blocks, Shape.Place[i / blocks], k)]);
        exchange.Values("state/reducedPotential", "1", blocks, i => ref u[At(i, Arrays.Species, k)]);
        if (k < borders.Length) borders[k].Exchange(exchange);
    }

    // What the mechanisms did and do; their fluxes join those of the membrane's faces.
    private void ReadMembrane(int k, double* u, double time, StateView state)
    {
        MembraneBorder border = borders[k];
        border.Read(u, time, state);
        for (int item = 0; item < border.Flux.Length; item++)
            for (int f = border.Faces.First; f <= border.Faces.Last; f++)
                Arrays.Flux[((long)f * Arrays.Species + border.FluxSpecies[item]) * T.Width + k] += border.Flux[item];
    }

    /// <summary>Element of a vector of unknowns.</summary>
    public long At(int block, int row, int k) => ((long)block * Arrays.Size + row) * T.Width + k;

    public void Dispose() => Arrays.Dispose();

    private double Charge(int k, int face, double* u) =>
        Arrays.InverseResistance[(long)face * T.Width + k] * (u[At(face, Arrays.Species, k)] - u[At(face + 1, Arrays.Species, k)]);

    /// <summary>F from a state and its fluxes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Balance(double* u, double* rate, double[] time)
    {
        int m = Arrays.Size, species = Arrays.Species, w = T.Width;
        for (int k = 0; k < Count; k++) ends[k].AddPrescribedFluxes(time[k]);
        foreach (MembraneBorder border in borders) border.Swelling.TakeEndFluxes();
        CellRows<T>.Balance(Arrays.View(), u, rate);
        for (int k = 0; k < Count; k++)
        {
            ends[k].Rates(u, rate, time[k]);
            // What sources make of charge enters the loop at the right end, as in explicit steps.
            if (ends[k].Right.Kind == ElectricKind.Current) rate[At(Arrays.Blocks - 1, species, k)] -= sources[k].Charge(Arrays.Cells, time[k]);
            sources[k].AddRates(rate + (long)m * w + k, w, m * w, 1, time[k]);
            if (k < borders.Length) borders[k].AddRates(u, rate, time[k]);
        }
    }
}
