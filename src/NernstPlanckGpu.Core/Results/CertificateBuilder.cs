using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Certificates;
using NernstPlanckGpu.Core.Results.Membrane;

namespace NernstPlanckGpu.Core.Results;

/// <summary>Checks invariants of a run at every output time, and keeps the worst.</summary>
internal sealed class CertificateBuilder
{
    /// <summary>Heads the names of the species' balances, which only a run in time has.</summary>
    public const string BudgetPrefix = "budget_";

    private readonly DiscreteProblem problem;
    private readonly FieldReconstruction field;
    private readonly IntegralForm form;
    private readonly PassiveFlux? passive;
    private readonly double[] initialAmount, volume;
    private readonly double[] massDrift;
    private double largest, gauss, clamp, negative, flux, spread, spreadLimit;

    /// <summary>At the start of a run.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="field">Its field.</param>
    /// <param name="isInTime">The run has a course in time, of which <see cref="Course"/> is told.</param>
    public CertificateBuilder(DiscreteProblem problem, FieldReconstruction field, bool isInTime = true)
    {
        (this.problem, this.field) = (problem, field);
        (volume, form) = (problem.Volumes(), new(problem));
        double[][] initial = problem.InitialConcentration();
        (double, double) volumes = InitialVolumes(problem.Problem);
        initialAmount = [.. Enumerable.Range(0, problem.Species).Select(s => HeldAmount.Of(problem, volume, initial[s], s, volumes))];
        if (problem.Problem.Mechanisms.Count > 0) Budget = new(problem, field.ReferenceArea);
        if (PassiveFlux.Exists(problem.Problem)) passive = new(problem, form);
        if (isInTime) Course = new(problem, form, field.ReferenceArea);
        massDrift = new double[problem.Species];
        largest = initial.Max(c => c.Max());
    }

    /// <summary>Balances on the membrane's sides; null without mechanisms.</summary>
    public MembraneBudget? Budget { get; }

    /// <summary>What is measured along the course of a run in time; null in other modes.</summary>
    public Course? Course { get; }

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
                massDrift[s] = Math.Max(massDrift[s], Math.Abs(HeldAmount.Of(problem, volume, c, s, state.RelativeVolume) / initialAmount[s] - 1));
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (double value in c.AsSpan(1, problem.Cells)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
            largest = Math.Max(largest, high);
            if (high > 0) negative = Math.Max(negative, -low / high);
        }
        if (Imposed(time) is { } given) clamp = Math.Max(clamp, Math.Abs(ElectrodeDrop(state) - (voltage ?? given)));
    }

    /// <summary>Looks at the fluxes of a state.</summary>
    /// <param name="state">State.</param>
    public void ObserveFluxes(StateView state)
    {
        if (passive is not null) flux = Math.Max(flux, passive.Residual(state));
    }

    /// <summary>Looks at the fluxes of a steady state, whose total current is ionic.</summary>
    /// <param name="state">State.</param>
    public void ObserveSteady(StateView state)
    {
        ObserveFluxes(state);
        if (passive is null) return;
        (double found, double limit) = passive.Uniformity(state);
        if (spreadLimit == 0 || found / limit >= spread / spreadLimit) (spread, spreadLimit) = (found, limit);
    }

    /// <summary>The entries, for the file and the terminal.</summary>
    /// <param name="status">How the problem stands; the default before the run.</param>
    /// <param name="settings">Tolerances.</param>
    public IReadOnlyList<CertificateEntry> Build(ProblemStatus status, TimeSettings settings)
    {
        bool isImplicit = Rosenbrock.Of(settings.Integrator) is not null;
        List<CertificateEntry> entries = [.. States(status.GaussDrift)];
        if (Course is not null) entries.AddRange(Course.Entries());
        if (isImplicit) entries.Add(CertificateEntries.MassCorrection(status.MassCorrection));
        if (Budget is not null)
        {
            for (int s = 0; s < problem.Species; s++)
                if (Budget.Worst(s) is { } worst)
                    entries.Add(CertificateEntries.SpeciesBudget($"{BudgetPrefix}{problem.Problem.Species[s].Name}", worst));
            entries.Add(MembraneCharge(isImplicit ? 0 : status.Evaluations));
        }
        bool adaptive = status.WorstScaledError > 0;
        entries.Add(CertificateEntries.TimeError(adaptive ? status.WorstScaledError * settings.RelativeTolerance : double.NaN));
        return entries;
    }

    /// <summary>The entries of a mode that is about steady states.</summary>
    /// <param name="continuity">Largest residual of the engine's own continuity equation.</param>
    public IEnumerable<CertificateEntry> BuildSteady(double continuity)
    {
        foreach (CertificateEntry entry in States()) yield return entry;
        if (passive is not null)
        {
            double scale = Units.PhysicalConstants.Faraday / field.ReferenceArea;
            yield return CertificateEntries.CurrentUniformity(
                spreadLimit > 0 ? (scale * spread, scale * spreadLimit) : (double.NaN, double.PositiveInfinity));
        }
        // A charge that counts from a first state needs two.
        if (Budget is { CountsFromStart: false }) yield return MembraneCharge(0);
        yield return CertificateEntries.ContinuityResidual(continuity);
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
        record.Add("certificate/flux", "1", flux);
        Course?.Save(record);
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
        flux = record.Get("certificate/flux", "1");
        Course?.Restore(record);
        Budget?.Restore(record);
    }

    // What every state shows; in time with the drift that was taken away.
    private IEnumerable<CertificateEntry> States(double? gaussDrift = null)
    {
        for (int s = 0; s < problem.Species; s++)
            if (IsClosed(s)) yield return CertificateEntries.MassDrift(problem.Problem.Species[s].Name, massDrift[s]);
        yield return CertificateEntries.GaussResidual(gauss, largest);
        if (gaussDrift is { } drift) yield return CertificateEntries.GaussDrift(drift, largest);
        yield return CertificateEntries.Negativity(negative);
        if (Imposed(0) is not null) yield return CertificateEntries.ClampResidual(clamp);
        if (passive is not null) yield return CertificateEntries.FluxResidual(flux);
    }

    private CertificateEntry MembraneCharge(long roundings) =>
        CertificateEntries.MembraneCharge(Budget!.WorstCharge, Budget.ChargeLimit(roundings), Budget.ChargeMeaning);

    private double? Imposed(double time) =>
        problem.Problem is { Left.Electric.Electrode: { } left, Right.Electric.Electrode: { } right } ? left.At(time) - right.At(time) : null;

    // From electrode to electrode: the stack, and Stern layers.
    private double ElectrodeDrop(StateView state)
    {
        double volt = Units.PhysicalConstants.ThermalVoltage(problem.Problem.Temperature);
        (double left, double right) = problem.SternResistance;
        return form.Drop(state) + volt * (left * state.Charge[0] + right * state.Charge[^1]);
    }

    private bool IsClosed(int s) =>
        problem.Problem.Left.Ions[s] is BlockedBoundary or ReservoirBoundary
        && problem.Problem.Right.Ions[s] is BlockedBoundary or ReservoirBoundary
        && problem.Problem.Sources?[s] is null;

    // Another engine call may have left volumes that are not 1.
    private static (double Left, double Right) InitialVolumes(PnpProblem problem)
    {
        if (problem.Initial is not CellsInitialState { States: { } states } || MembraneLayout.Of(problem) is not { } layout) return (1, 1);
        double At(int state) => state < 0 ? 1 : states[state];
        return (At(layout.LeftVolumeState), At(layout.RightVolumeState));
    }
}
