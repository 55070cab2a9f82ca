using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The steady state of one problem by Newton's method in the potential alone: for each trial potential the concentrations are the
/// exact solution of their continuity equations (<see cref="SteadyTransport"/>), positive and with uniform fluxes, so what
/// is left is Poisson's equation. Its Newton direction is that of the coupled system, from one block-tridiagonal
/// factorisation. Whatever acts at a distance is a border: the voltage of a current-clamped end (the current is to be the given
/// one) and the electrochemical potential of each species at equilibrium (its amount is to be the given one).
/// </summary>
internal sealed unsafe class SteadySolver : IDisposable
{
    private const int State = 0, Update = 1, FirstColumn = 2;

    private readonly DiscreteProblem problem;
    private readonly ImplicitSystem<ScalarLane> system;
    private readonly SteadyTransport[] transport;
    private readonly SteadyBorders borders;
    private readonly double[] fixedCharge, lastUpdate;
    private readonly double[][] initial;
    private readonly string? impossible;
    private readonly bool solves;
    private readonly double[] timeZero = [0];

    /// <summary>Prepares a problem; its waveforms are held at their values at time 0.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="solves">False where potentials are only to be taken and read.</param>
    public SteadySolver(DiscreteProblem problem, bool solves = true)
    {
        (this.problem, this.solves) = (problem, solves);
        // A column per border: at most one per compartment, the voltage, and the response.
        IReadOnlyList<IReadOnlyList<Compartment>> compartments = Compartment.All(problem);
        int columns = !solves ? 0 : 2 + compartments.Sum(list => list.Count(c => c.FirstCell < c.LastCell || !c.IsClosed || c.LeftVolume + c.RightVolume > 0));
        system = new([problem], FirstColumn + columns, separateFaces: true);
        _ = system.Enter(0, 0);
        EndRows ends = system.Ends(0);
        initial = problem.InitialConcentration();
        transport =
        [
            .. Arrays.Shape.Order.Select((original, s) => new SteadyTransport(problem, Arrays, s, compartments[original], ends, system.Sources(0), initial)),
        ];
        system.LoadConcentrations(0, U, initial);
        Values = SteadyEnds.Hold(problem, system, transport, U);
        borders = new(Arrays, ends, transport, Values, FirstColumn)
        {
            LeftPotentialWeight = ends.Left.Kind == ElectricKind.Stern ? 1 / ends.Left.SternResistance : 1,
        };
        fixedCharge = [.. Enumerable.Range(0, Arrays.Blocks).Select(i => Arrays.FixedCharge[i])];
        lastUpdate = new double[Arrays.Blocks];
        impossible = Values.Impossible ?? transport.Select(t => t.Impossible(Name(t))).FirstOrDefault(text => text is not null);
    }

    /// <summary>What the ends hold; a voltage may be changed between solutions.</summary>
    public SteadyEnds Values { get; }

    /// <summary>True when the problem has no steady state at all; <see cref="Detail"/> then says why.</summary>
    public bool IsImpossible => impossible is not null;

    /// <summary>Iterations of the last solution.</summary>
    public int Iterations { get; private set; }

    /// <summary>Why the last solution failed, or null.</summary>
    public string? Detail { get; private set; }

    private ImplicitArrays Arrays => system.Arrays;

    private double* U => Arrays.Vector(State);

    /// <summary>Solves from the last potential, or from that of the uncharged stack.</summary>
    /// <param name="warm">True to start from the last solution.</param>
    /// <param name="most">Most iterations.</param>
    /// <returns>True when converged.</returns>
    public bool Solve(bool warm, int most = 200)
    {
        (Iterations, Detail) = (0, impossible);
        if (impossible is not null) return false;
        if (!warm) StartFromUncharged();
        Array.Clear(lastUpdate);
        SteadyControl control = SteadyControl.Start;
        while (Iterations < most)
        {
            if (!Transport()) return false;
            double largest = Newton();
            Iterations++;
            if (!double.IsFinite(largest)) return Fail("Poisson's equation gave no finite update of the potential");
            double applied = Apply(control.Damping(largest, Turned()));
            if (control.IsLast(largest, applied)) return Transport();
        }
        return Fail($"Poisson's equation: the potential still changed by {Volts(WorstUpdate().Size)} at {Place(WorstUpdate().Block)} after {Iterations} iterations");
    }

    /// <summary>Derivative of the current through the stack by the voltage of the left electrode, at the last solution, A/V.</summary>
    public double Conductance()
    {
        if (!Transport()) return double.NaN;
        _ = Newton();
        double perVolt = 1 / PhysicalConstants.ThermalVoltage(problem.Problem.Temperature);
        return borders.CurrentPerVoltage() * PhysicalConstants.Faraday * perVolt;
    }

    /// <summary>The equations linearised about the last solution.</summary>
    public SmallSignal Linearise()
    {
        _ = Transport();
        FaceFluxes<ScalarLane>.Linearise(Arrays, U);
        return new(Arrays, system.Ends(0));
    }

    /// <summary>Adds the first-order response to a change of the left electrode's potential, from the last solution's factors.</summary>
    /// <param name="change">Reduced.</param>
    public void Predict(double change)
    {
        double[] response = borders.PotentialPerVoltage();
        for (int i = 0; i < response.Length; i++) U[Row(i)] += change * response[i];
    }

    /// <summary>Fixed charge and imposed voltages and surface charges as a part of their own, for continuation.</summary>
    /// <param name="share">0 … 1.</param>
    public void Scale(double share)
    {
        for (int i = 0; i < fixedCharge.Length; i++) Arrays.FixedCharge[i] = share * fixedCharge[i];
        Values.Scale(share);
    }

    /// <summary>Potentials of all blocks, reduced: to return to after a failure.</summary>
    public double[] Potential
    {
        get => [.. Enumerable.Range(0, Arrays.Blocks).Select(i => U[Row(i)])];
        set
        {
            for (int i = 0; i < value.Length; i++) U[Row(i)] = value[i];
            Values.TakeVoltage(value[0], value[^1]);
        }
    }

    /// <summary>Takes the potentials of a solution that was found elsewhere; concentrations and fluxes follow from them.</summary>
    /// <param name="potential">Of all blocks, reduced.</param>
    /// <returns>False where they have no concentrations.</returns>
    public bool Take(double[] potential)
    {
        Potential = potential;
        return Transport();
    }

    /// <summary>Largest difference between a flux and that of the concentrations beside its face, over what passes there to and fro.</summary>
    public double ContinuityResidual()
    {
        FaceFluxes<ScalarLane>.Linearise(Arrays, U);
        double worst = 0;
        for (int s = 0; s < transport.Length; s++)
        {
            for (int f = 0; f <= Arrays.Cells; f++)
            {
                long at = (long)f * Arrays.Species + s;
                double to = Arrays.Left[at] * U[(long)f * Arrays.Size + s], fro = Arrays.Right[at] * U[(long)(f + 1) * Arrays.Size + s];
                if (to + fro > 0) worst = Math.Max(worst, Math.Abs(Arrays.Flux[at] - transport[s].Flux[f]) / (to + fro));
            }
        }
        return worst;
    }

    /// <summary>Copies the solution.</summary>
    public void Read(StateView state)
    {
        system.Read(0, U, timeZero, state);
        // Where sources make charge the current differs from face to face; as in time it is that of the left end, or of the end that sets it.
        bool rightSets = problem.Problem is { Left.Electric: PotentialBoundary or SternBoundary, Right.Electric: CurrentBoundary or SurfaceChargeBoundary };
        int face = rightSets ? Arrays.Cells : 0;
        double total = 0;
        for (int s = 0; s < transport.Length; s++)
        {
            double[] flux = state.Flux[Arrays.Shape.Order[s]];
            transport[s].Flux.CopyTo(flux, 0);
            total += Arrays.Shape.Valence[s] * flux[face];
        }
        state.TotalCurrent = total;
    }

    /// <summary>Potential of the left electrode minus that of the right, V.</summary>
    public double Voltage => Values.Voltage(U[Row(0)], U[Row(Arrays.Blocks - 1)]) * PhysicalConstants.ThermalVoltage(problem.Problem.Temperature);

    public void Dispose() => system.Dispose();

    // Potential without any charge between the imposed potentials; surfaces count as uncharged too.
    private void StartFromUncharged()
    {
        for (int i = 0; i < Arrays.Blocks; i++)
            for (int r = 0; r < Arrays.Species; r++)
                if (!IsGhost(i)) U[(long)i * Arrays.Size + r] = 0;
        double[] kept = [.. Enumerable.Range(0, Arrays.Blocks).Select(i => Arrays.FixedCharge[i])];
        for (int i = 0; i < kept.Length; i++) Arrays.FixedCharge[i] = 0;
        system.LoadGhosts(0, U);
        Values.Uncharged(() => system.Ends(0).SolvePotential(U, 0, 0));
        for (int i = 0; i < kept.Length; i++) Arrays.FixedCharge[i] = kept[i];
        system.LoadConcentrations(0, U, initial);
    }

    private bool IsGhost(int block) => block == 0 || block == Arrays.Blocks - 1;

    // Concentrations and fluxes of the potential that stands in the state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Transport()
    {
        FaceFluxes<ScalarLane>.Linearise(Arrays, U);
        foreach (SteadyTransport species in transport) species.Solve(U);
        for (int s = 0; s < transport.Length; s++)
        {
            for (int i = 1; i <= Arrays.Cells; i++)
            {
                double c = U[(long)i * Arrays.Size + s];
                if (double.IsFinite(c) && c >= 0) continue;
                return Fail($"continuity of {Name(transport[s])}: {(double.IsFinite(c) ? "sources or fluxes take more than there is" : "no finite concentration")} at {Place(i)}");
            }
        }
        return true;
    }

    // Fills the update; returns its largest change of the potential.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Newton()
    {
        // One that was made to read with has no room for the columns.
        if (!solves) throw new InvalidOperationException();
        double* update = Arrays.Vector(Update);
        FaceFluxes<ScalarLane>.Linearise(Arrays, U);
        system.Balance(U, update, timeZero);
        // Continuity holds; bath ghosts stand at their values.
        for (int i = 0; i < Arrays.Blocks; i++)
            for (int s = 0; s < Arrays.Species; s++) update[(long)i * Arrays.Size + s] = 0;
        borders.LinearisePassing();
        double none = 0;
        system.LineariseEnds(&none);
        borders.MakeRows(U);
        borders.MakeLocalGhostRows();
        BlockTridiagonal<ScalarLane>.Factorise(Arrays, &none);
        BlockTridiagonal<ScalarLane>.Solve(Arrays, update);
        borders.Solve(U, update);
        return WorstUpdate().Size;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Size, int Block) WorstUpdate()
    {
        double* update = Arrays.Vector(Update);
        (double size, int block) = (0, 0);
        for (int i = 0; i < Arrays.Blocks; i++)
        {
            double change = Math.Abs(update[Row(i)]);
            if (change <= size) continue;
            (size, block) = (change, i);
        }
        return double.IsFinite(size) ? (size, block) : (double.NaN, block);
    }

    // True when the update points against the last one: Newton's method goes to and fro.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Turned()
    {
        double* update = Arrays.Vector(Update);
        double product = 0;
        for (int i = 0; i < Arrays.Blocks; i++)
        {
            double now = SteadyControl.Clamp(update[Row(i)]);
            product += now * lastUpdate[i];
            lastUpdate[i] = now;
        }
        return product < 0;
    }

    // Adds the update, damped, each potential by at most the largest; returns the largest change.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Apply(double damping)
    {
        double* update = Arrays.Vector(Update);
        double largest = 0;
        for (int i = 0; i < Arrays.Blocks; i++)
        {
            double change = damping * SteadyControl.Clamp(update[Row(i)]);
            U[Row(i)] += change;
            largest = Math.Max(largest, Math.Abs(change));
        }
        Values.TakeVoltage(U[Row(0)], U[Row(Arrays.Blocks - 1)]);
        return largest;
    }

    private long Row(int block) => (long)block * Arrays.Size + Arrays.Species;

    private bool Fail(string why)
    {
        Detail = why;
        return false;
    }

    private string Name(SteadyTransport species) => problem.Problem.Species[Arrays.Shape.Order[Array.IndexOf(transport, species)]].Name;

    private string Volts(double reduced) => FormattableString.Invariant(
        $"{reduced * PhysicalConstants.ThermalVoltage(problem.Problem.Temperature) * 1e3:g3} mV");

    private string Place(int block) => problem.Place(Math.Clamp(block - 1, 0, Arrays.Cells - 1));
}
