using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Membrane;

/// <summary>
/// Balances on the sides of the membrane's left face, from the first state that is shown: of each species, and of the charge.
/// Tests: MembraneBudgetTests.
/// </summary>
/// <remarks>
/// A species that nothing enters or leaves at the left end, Δ(amount on the left) = −(all that crossed the membrane's left face); one that
/// is held back at the right end alone, the same on that side. The charge on the left, that of its reservoir included, is the displacement
/// at the membrane's left face: by Gauss's law where an electrode gives the stack its charge, by that and the conservation of charge where
/// no current passes the left end.
/// </remarks>
internal sealed class MembraneBudget
{
    private readonly DiscreteProblem problem;
    private readonly MembraneLayout layout;
    private readonly double[] volume;
    private readonly double referenceArea;
    private readonly bool?[] sides;
    private readonly double[] start, largest, change, crossed, worst;
    private readonly bool countsReservoir;
    private double startCharge, largestDisplacement, largestCharges, worstCharge;
    private bool hasStarted;

    public MembraneBudget(DiscreteProblem problem, double referenceArea)
    {
        (this.problem, this.referenceArea) = (problem, referenceArea);
        layout = MembraneLayout.Of(problem.Problem)!;
        volume = problem.Volumes();
        PnpProblem model = problem.Problem;
        sides = [.. Enumerable.Range(0, problem.Species).Select(s => model.Sources?[s] is not null ? (bool?)null
            : IsShut(model.Left.Ions[s]) ? true : IsShut(model.Right.Ions[s]) ? false : null)];
        (start, largest, change, crossed, worst) = (New(), New(), New(), New(), New());
        countsReservoir = (IsDead(model.Left.Electric) || IsDead(model.Right.Electric))
            && Enumerable.Range(0, problem.Species).All(s => model.Species[s].Valence == 0 || (IsShut(model.Left.Ions[s]) && model.Sources?[s] is null));
        double[] New() => new double[problem.Species];
    }

    /// <summary>Largest balance that a species lacked, over the largest amount on its side; null where an end is open to it.</summary>
    public double? Worst(int species) => sides[species] is null ? null : worst[species];

    /// <summary>Largest difference between the charge on the left and the displacement at the membrane, C/m².</summary>
    public double WorstCharge => PhysicalConstants.Faraday * worstCharge / referenceArea;

    /// <summary>
    /// Its limit, C/m²: 1e-9 of the largest displacement, and some units in the last place of the charges that the sum is of, which a deep
    /// reservoir has a million times as many of as the membrane.
    /// </summary>
    /// <param name="roundings">
    /// Stages in which an explicit integrator has rounded the reservoirs' concentrations, each by some units in the last place; 0 with an implicit
    /// one, which anchors the charge.
    /// </param>
    public double ChargeLimit(long roundings) =>
        PhysicalConstants.Faraday * (1e-9 * largestDisplacement + (1e-15 + 4.4e-16 * roundings) * largestCharges) / referenceArea;

    /// <summary>The charge counts from the first state, since it is conserved: one state alone says nothing.</summary>
    public bool CountsFromStart => countsReservoir;

    /// <summary>What the charge's entry means.</summary>
    public string ChargeMeaning => countsReservoir
        ? "largest difference between the charge that the left side, its reservoir included, took up and the displacement at the membrane's left face"
        : "largest difference between the charge of the cells on the left, with the displacement that enters them, and the displacement at the membrane's left face";

    /// <summary>Balances at the latest state.</summary>
    public IReadOnlyList<IonBudget> Latest => [.. Enumerable.Range(0, problem.Species).Where(s => sides[s] is not null).Select(s => new IonBudget(
        problem.Problem.Species[s].Name, sides[s] == true ? "left of the membrane" : "in the membrane and right of it",
        change[s] / referenceArea, crossed[s] / referenceArea, Relative(s)))];

    /// <summary>Looks at a state; the first is the start.</summary>
    public void Observe(StateView state)
    {
        for (int s = 0; s < sides.Length; s++)
            if (sides[s] is { } left) Balance(state, s, left);
        (double total, double sizes) = LeftCharge(state);
        double displacement = state.Charge[problem.ReferenceFace], charge = total - displacement;
        if (!hasStarted) startCharge = countsReservoir ? charge : 0;
        largestDisplacement = Math.Max(largestDisplacement, Math.Abs(displacement));
        largestCharges = Math.Max(largestCharges, sizes);
        worstCharge = Math.Max(worstCharge, Math.Abs(charge - startCharge));
        hasStarted = true;
    }

    /// <summary>Writes down what was observed so far.</summary>
    /// <param name="record">Receiver.</param>
    public void Save(EngineRecord record)
    {
        foreach ((string name, string unit, double[] values) in Sums()) record.Add(name, unit, values);
        record.Add("budget/charge", "mol", startCharge, largestDisplacement, largestCharges, worstCharge);
        record.Add("budget/hasStarted", "1", hasStarted ? 1 : 0);
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote down for the same problem.</summary>
    /// <param name="record">Record.</param>
    /// <exception cref="EngineRecordException">It is of another problem.</exception>
    public void Restore(EngineRecord record)
    {
        foreach ((string name, string unit, double[] values) in Sums()) record.Get(name, unit, values.Length).CopyTo(values, 0);
        double[] charges = record.Get("budget/charge", "mol", 4);
        (startCharge, largestDisplacement, largestCharges, worstCharge) = (charges[0], charges[1], charges[2], charges[3]);
        hasStarted = record.Get("budget/hasStarted", "1") != 0;
    }

    private IEnumerable<(string Name, string Unit, double[] Values)> Sums() =>
    [
        ("budget/start", "mol", start), ("budget/largest", "mol", largest), ("budget/change", "mol", change),
        ("budget/crossed", "mol", crossed), ("budget/worst", "1", worst),
    ];

    private void Balance(StateView state, int s, bool left)
    {
        double amount = Amount(state, s, left);
        if (!hasStarted) start[s] = amount;
        CompensatedSum moved = default;
        moved.Add(state.Permeated[s]);
        for (int i = 0; i < layout.Items.Count; i++)
            if (layout.Items[i].Species == s) moved.Add(state.Transported[i]);
        (change[s], crossed[s]) = (amount - start[s], moved.Value);
        largest[s] = Math.Max(largest[s], Math.Max(Math.Abs(amount), Math.Abs(crossed[s])));
        worst[s] = Math.Max(worst[s], Relative(s, left));
    }

    private double Relative(int s) => sides[s] is { } left ? Relative(s, left) : 0;

    private double Relative(int s, bool left) => largest[s] > 0 ? Math.Abs(change[s] + (left ? 1 : -1) * crossed[s]) / largest[s] : 0;

    // Cells and reservoir of one side, summed without loss.
    private double Amount(StateView state, int s, bool left)
    {
        CompensatedSum sum = default;
        double[] c = state.Concentration[s];
        (int from, int to) = left ? (0, problem.ReferenceFace) : (problem.ReferenceFace, problem.Cells);
        for (int i = from; i < to; i++) sum.Add(c[i + 1] * volume[i]);
        sum.Add(ReservoirAmount.Of(problem, state, s, left));
        return sum.Value;
    }

    // mol, and the sum of the charges' sizes; with the reservoir, or with what enters as displacement at the left end.
    private (double Total, double Sizes) LeftCharge(StateView state)
    {
        CompensatedSum sum = default, sizes = default;
        void Add(double charge)
        {
            sum.Add(charge);
            sizes.Add(Math.Abs(charge));
        }
        for (int i = 0; i < problem.ReferenceFace; i++) Add(problem.FixedCharge(i) * volume[i]);
        for (int s = 0; s < sides.Length; s++)
        {
            double valence = problem.Problem.Species[s].Valence;
            for (int i = 0; i < problem.ReferenceFace; i++) Add(valence * state.Concentration[s][i + 1] * volume[i]);
            if (countsReservoir) Add(valence * ReservoirAmount.Of(problem, state, s, true));
        }
        if (!countsReservoir) Add(state.Charge[0]);
        return (sum.Value, sizes.Value);
    }

    private static bool IsShut(IonBoundary ion) => ion is BlockedBoundary or ReservoirBoundary or FluxBoundary { Flux: ConstantWaveform { Value: 0 } };

    private static bool IsDead(ElectricBoundary end) => end is CurrentBoundary { CurrentDensity: ConstantWaveform { Value: 0 } };
}

/// <summary>Amount of a species in the reservoir of an end, at the volume that it has.</summary>
internal static class ReservoirAmount
{
    /// <summary>mol; 0 without a reservoir.</summary>
    public static double Of(DiscreteProblem problem, StateView state, int species, bool left) => left
        ? Of(problem.LeftGhostInverseVolume[species], state.Concentration[species][0], state.RelativeVolume.Left)
        : Of(problem.RightGhostInverseVolume[species], state.Concentration[species][^1], state.RelativeVolume.Right);

    /// <summary>mol.</summary>
    /// <param name="inverseVolume">Of the initial volume, 1/m³; 0 without a reservoir.</param>
    /// <param name="concentration">mol/m³.</param>
    /// <param name="relativeVolume">Volume over the initial one.</param>
    public static double Of(double inverseVolume, double concentration, double relativeVolume) =>
        inverseVolume > 0 ? concentration * relativeVolume / inverseVolume : 0;
}
