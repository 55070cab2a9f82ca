using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// What the two ends hold in a steady state. A current clamp becomes a potential to be found: where ions pass from end to end from
/// the current, and otherwise from what no current through the stack can change.
/// </summary>
internal sealed class SteadyEnds
{
    private readonly EndRows ends;
    private readonly double right;
    private double left;

    private SteadyEnds(
        EndRows ends, double left, double right, bool seeksLeft, bool seeksRight, double current, ClampInvariant? invariant, string? impossible)
    {
        (this.ends, this.left, this.right, Invariant) = (ends, left, right, invariant);
        (SeeksLeft, SeeksRight, Current, Impossible) = (seeksLeft, seeksRight, current, impossible);
    }

    /// <summary>The left end's potential is sought so that <see cref="Current"/> flows.</summary>
    public bool SeeksLeft { get; }

    /// <summary>The right end's potential is sought.</summary>
    public bool SeeksRight { get; }

    /// <summary>Current over F, mol/s.</summary>
    public double Current { get; }

    /// <summary>What the sought potential follows from where no ion passes; null where it follows from the current.</summary>
    public ClampInvariant? Invariant { get; }

    /// <summary>The sought potential follows from the current.</summary>
    public bool SeeksCurrent => (SeeksLeft || SeeksRight) && Invariant is null;

    /// <summary>Why no steady state exists, or null.</summary>
    public string? Impossible { get; }

    /// <summary>Replaces the ends of a system by what they hold.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="system">Its equations.</param>
    /// <param name="transport">Its species.</param>
    /// <param name="u">Initial concentrations.</param>
    public static unsafe SteadyEnds Hold(DiscreteProblem problem, ImplicitSystem<ScalarLane> system, SteadyTransport[] transport, double* u)
    {
        EndRows ends = system.Ends(0);
        bool passes = transport.Where((t, s) => t.Passes && system.Shape.Valence[s] != 0).Any();
        bool seeksLeft = ends.Left.Kind == ElectricKind.Current, seeksRight = ends.Right.Kind == ElectricKind.Current;
        double current = seeksLeft ? ends.Left.At(0) : seeksRight ? ends.Right.At(0) : 0;
        ClampInvariant? invariant = null;
        string? impossible = null;
        if (!passes && (seeksLeft || seeksRight))
        {
            invariant = new(system.Arrays, ends, transport, u, seeksLeft, InitialCharge(problem, system));
            impossible = Charging(current, [.. transport.Select((t, s) => system.Shape.Valence[s] * t.EndFlux(seeksLeft))]);
        }
        else if (seeksLeft || seeksRight) impossible = OneWay(problem, system, transport, current, seeksLeft);
        static ElectricEnd Held(ElectricEnd end) =>
            end.Kind == ElectricKind.Current ? end.HeldAt(ElectricKind.Potential, 0) : end.HeldAt(end.Kind, end.At(0));
        (ends.Left, ends.Right) = (Held(ends.Left), Held(ends.Right));
        return new(ends, ends.Left.Held, ends.Right.Held, seeksLeft, seeksRight, current, invariant, impossible);
    }

    // Whether every ion that passes has only one bath to come from, and so a current of one sign, and the clamped one is 0 or has the other: then
    // the voltage grows for ever.
    private static string? OneWay(DiscreteProblem problem, ImplicitSystem<ScalarLane> system, SteadyTransport[] transport, double current, bool isLeft)
    {
        EndRows ends = system.Ends(0);
        var names = new List<string>();
        bool canBePositive = false, canBeNegative = false;
        for (int s = 0; s < transport.Length; s++)
        {
            double valence = system.Shape.Valence[s];
            int original = system.Shape.Order[s];
            if (valence == 0) continue;
            if (problem.Problem.Sources?[original] is not null) return null;
            if (!transport[s].Passes)
            {
                current -= valence * transport[s].EndFlux(isLeft);
                continue;
            }
            bool fromLeft = ends.LeftIons[s].Prescribed!.At(0) > 0, fromRight = ends.RightIons[s].Prescribed!.At(0) > 0;
            canBePositive |= valence > 0 ? fromLeft : fromRight;
            canBeNegative |= valence > 0 ? fromRight : fromLeft;
            names.Add(problem.Problem.Species[original].Name);
        }
        if (current > 0 ? canBePositive : current < 0 ? canBeNegative : canBePositive == canBeNegative) return null;
        return $"no voltage gives the clamped current: of the ions that pass ({string.Join(", ", names)}) each can carry a current of one sign only, which is not the clamped one's";
    }

    // Whether the clamped end charges for ever: its current is not what the fluxes carry that nothing in the stack moves.
    private static string? Charging(double current, double[] currents)
    {
        double carried = currents.Sum();
        if (Math.Abs(current - carried) <= 1e-12 * currents.Sum(Math.Abs)) return null;
        return carried == 0
            ? "the clamped current is not 0 and no ion passes from end to end to carry it: the ends charge for ever"
            : "the clamped current is not that of the prescribed fluxes and sources, and no ion passes from end to end to carry the rest: the ends charge for ever";
    }

    /// <summary>Sets the potential of the left electrode above that of the right, reduced.</summary>
    public void SetVoltage(double reduced) => left = ends.Left.Held = ends.Right.Held + reduced;

    /// <summary>Imposed left minus right potential, reduced.</summary>
    public double HeldVoltage => ends.Left.Held - ends.Right.Held;

    /// <summary>A sought potential follows the state.</summary>
    public void TakeVoltage(double leftPotential, double rightPotential)
    {
        if (SeeksLeft) ends.Left.Held = leftPotential;
        if (SeeksRight) ends.Right.Held = rightPotential;
    }

    /// <summary>Scales imposed potentials and charges, for continuation.</summary>
    public void Scale(double part)
    {
        if (!SeeksLeft) ends.Left.Held = part * left;
        if (!SeeksRight) ends.Right.Held = part * right;
    }

    /// <summary>Does something while surfaces carry no charge.</summary>
    public void Uncharged(Action action)
    {
        (double leftHeld, double rightHeld) = (ends.Left.Held, ends.Right.Held);
        if (ends.Left.Kind == ElectricKind.Charge) ends.Left.Held = 0;
        if (ends.Right.Kind == ElectricKind.Charge) ends.Right.Held = 0;
        action();
        (ends.Left.Held, ends.Right.Held) = (leftHeld, rightHeld);
    }

    /// <summary>Left minus right electrode, reduced: of the electrodes where imposed, else of the ends.</summary>
    public double Voltage(double leftPotential, double rightPotential) =>
        (ends.Left.Kind == ElectricKind.Stern ? ends.Left.Held : leftPotential)
        - (ends.Right.Kind == ElectricKind.Stern ? ends.Right.Held : rightPotential);

    // A D/F at the clamped end at the start; reservoirs count from their start.
    private static unsafe double InitialCharge(DiscreteProblem problem, ImplicitSystem<ScalarLane> system)
    {
        if (problem.Problem.Initial is not CellsInitialState cells) return 0;
        return problem.Problem.Left.Electric is CurrentBoundary ? cells.LeftCharge : system.RightCharge(0, cells.LeftCharge);
    }
}
