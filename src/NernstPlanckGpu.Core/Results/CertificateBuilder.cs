using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Membrane;

using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Core.Results;

/// <summary>Checks invariants of a run at every output time, and keeps the worst.</summary>
internal sealed class CertificateBuilder
{
    /// <summary>Heads the names of the species' balances, which only a run in time has.</summary>
    public const string BudgetPrefix = "budget_";

    private readonly DiscreteProblem problem;
    private readonly FieldReconstruction field;
    private readonly double[] initialAmount, volume;
    private readonly double[] massDrift;
    private double largest, gauss, clamp, negative;

    public CertificateBuilder(DiscreteProblem problem, FieldReconstruction field)
    {
        (this.problem, this.field) = (problem, field);
        volume = problem.Volumes();
        double[][] initial = problem.InitialConcentration();
        (double, double) volumes = InitialVolumes(problem.Problem);
        initialAmount = [.. Enumerable.Range(0, problem.Species).Select(s => Amount(initial[s], s, volumes))];
        if (problem.Problem.Mechanisms.Count > 0) Budget = new(problem, field.ReferenceArea);
        massDrift = new double[problem.Species];
        largest = initial.Max(c => c.Max());
    }

    /// <summary>Balances on the membrane's sides; null without mechanisms.</summary>
    public MembraneBudget? Budget { get; }

    /// <summary>Looks at a state.</summary>
    /// <param name="state">State.</param>
    /// <param name="time">s.</param>
    /// <param name="voltage">Imposed potential difference where it is not that of the boundaries, V.</param>
    public void Observe(StateView state, double time, double? voltage = null)
    {
        gauss = Math.Max(gauss, field.GaussResidual(state));
        Budget?.Observe(state);
        for (int s = 0; s < problem.Species; s++)
        {
            double[] c = state.Concentration[s];
            if (IsClosed(s) && initialAmount[s] > 0)
                massDrift[s] = Math.Max(massDrift[s], Math.Abs(Amount(c, s, state.RelativeVolume) / initialAmount[s] - 1));
            double high = c.AsSpan(1, problem.Cells).ToArray().Max(), low = c.AsSpan(1, problem.Cells).ToArray().Min();
            largest = Math.Max(largest, high);
            if (high > 0) negative = Math.Max(negative, -low / high);
        }
        if (Imposed(time) is { } given)
        {
            double imposed = voltage ?? given;
            (double left, double right) = field.EndPotentials(state, time);
            clamp = Math.Max(clamp, Math.Abs(left - right - imposed));
        }
    }

    /// <summary>The entries, for the file and the terminal.</summary>
    /// <param name="status">How the problem stands; the default before the run.</param>
    /// <param name="settings">Tolerances.</param>
    public IReadOnlyList<CertificateEntry> Build(ProblemStatus status, TimeSettings settings)
    {
        var entries = new List<CertificateEntry>();
        for (int s = 0; s < problem.Species; s++)
        {
            if (!IsClosed(s)) continue;
            entries.Add(new($"massDrift_{problem.Problem.Species[s].Name}", massDrift[s], 1e-10, "1",
                "largest relative change of the species' amount in the stack and its reservoirs, which nothing enters or leaves"));
        }
        entries.Add(new("gaussResidual", gauss, 1e-9 + 1e-9 * largest, "mol m-3",
            "largest difference between the divergence of the displacement over F and the charge of any cell"));
        // A step of s stages rounds by some s² ulp: 5e-10 of the concentration with the most stages; twenty times that is a fault.
        entries.Add(new("gaussDrift", status.GaussDrift, 1e-9 + 1e-8 * largest, "mol m-3",
            "largest such difference that rounding built up before the displacement was taken from Gauss's law again"));
        entries.Add(new("negativity", negative, Rkc2.NegativeLimit, "1",
            "most negative concentration over the largest of its species, with its sign turned"));
        if (Imposed(0) is not null)
        {
            entries.Add(new("clampResidual", clamp, 1e-9, "V",
                "largest difference between the potential drop of the solution and the imposed one"));
        }
        if (Rosenbrock.Of(settings.Integrator) is not null)
            entries.Add(new("massCorrection", status.MassCorrection, 1e-9, "1",
                "largest relative correction in one step of a conserved amount that the rounding of the linear solve had let drift"));
        entries.AddRange(MembraneEntries(Rosenbrock.Of(settings.Integrator) is null ? status.Evaluations : 0));
        bool adaptive = status.WorstScaledError > 0;
        entries.Add(new("timeError", adaptive ? status.WorstScaledError * settings.RelativeTolerance : double.NaN, double.PositiveInfinity, "1",
            "largest estimated relative error of one step (root mean square); not a number with fixed steps, which estimate none"));
        return entries;
    }

    /// <summary>Writes down what was observed so far.</summary>
    /// <param name="record">Receiver.</param>
    public void Save(EngineRecord record)
    {
        record.Add("certificate/massDrift", "1", massDrift);
        record.Add("certificate/largest", "mol m-3", largest);
        record.Add("certificate/gauss", "mol m-3", gauss);
        record.Add("certificate/clamp", "V", clamp);
        record.Add("certificate/negative", "1", negative);
        Budget?.Save(record);
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote down for the same problem.</summary>
    /// <param name="record">Record.</param>
    /// <exception cref="EngineRecordException">It is of another problem.</exception>
    public void Restore(EngineRecord record)
    {
        record.Get("certificate/massDrift", "1", massDrift.Length).CopyTo(massDrift, 0);
        largest = record.Get("certificate/largest", "mol m-3");
        gauss = record.Get("certificate/gauss", "mol m-3");
        clamp = record.Get("certificate/clamp", "V");
        negative = record.Get("certificate/negative", "1");
        Budget?.Restore(record);
    }

    private IEnumerable<CertificateEntry> MembraneEntries(long roundings)
    {
        if (Budget is null) yield break;
        for (int s = 0; s < problem.Species; s++)
            if (Budget.Worst(s) is { } worst)
                yield return new($"{BudgetPrefix}{problem.Problem.Species[s].Name}", worst, 1e-9, "1",
                    "largest difference between the change of the amount on one side of the membrane and what crossed its left face, over the amount");
        yield return new("membraneCharge", Budget.WorstCharge, Budget.ChargeLimit(roundings), "C m-2", Budget.ChargeMeaning);
    }

    private double? Imposed(double time) =>
        problem.Problem is { Left.Electric: PotentialBoundary left, Right.Electric: PotentialBoundary right }
            ? left.Potential.At(time) - right.Potential.At(time) : null;

    private bool IsClosed(int s) =>
        problem.Problem.Left.Ions[s] is BlockedBoundary or ReservoirBoundary
        && problem.Problem.Right.Ions[s] is BlockedBoundary or ReservoirBoundary
        && problem.Problem.Sources?[s] is null;

    // Amount in the stack and its reservoirs, summed without loss.
    private double Amount(double[] c, int s, (double Left, double Right) relativeVolume)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < problem.Cells; i++) sum.Add(c[i + 1] * volume[i]);
        sum.Add(ReservoirAmount.Of(problem.LeftGhostInverseVolume[s], c[0], relativeVolume.Left));
        sum.Add(ReservoirAmount.Of(problem.RightGhostInverseVolume[s], c[^1], relativeVolume.Right));
        return sum.Value;
    }

    // Another engine call may have left volumes that are not 1.
    private static (double Left, double Right) InitialVolumes(PnpProblem problem)
    {
        if (problem.Initial is not CellsInitialState { States: { } states } || MembraneLayout.Of(problem) is not { } layout) return (1, 1);
        double At(int state) => state < 0 ? 1 : states[state];
        return (At(layout.LeftVolumeState), At(layout.RightVolumeState));
    }
}
