using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>What a certificate measures along the course of a run in time: charge, free energy, and the total current at its end.</summary>
internal sealed class Course
{
    /// <summary>Of all that the free energy fell by: what an integrator's tolerance may give back.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>Of the sizes of the free energy's parts: rounding of the sum, and of the amounts, which conservation keeps to 1e-10 at worst.</summary>
    private const double Rounding = 1e-12;

    private readonly ChargeBalance? balance;
    private readonly FreeEnergy? energy;
    private readonly double referenceArea;
    private readonly bool hasSources;
    private double highest = double.NegativeInfinity, lowest = double.PositiveInfinity, rise, sizes;

    public Course(DiscreteProblem problem, IntegralForm form, double referenceArea)
    {
        this.referenceArea = referenceArea;
        hasSources = problem.Problem.HasSources;
        // With mechanisms the membrane's budgets count inside the steps; and a cell's reservoirs pass so much to and fro that outputs tell nothing.
        if (problem.Problem.Mechanisms.Count == 0) balance = new(problem, form, referenceArea);
        if (FreeEnergy.Obstacle(problem.Problem) == EnergyObstacle.None) energy = new(problem, form);
        Current = new(problem, form, referenceArea);
    }

    /// <summary>The total current at the end of the run.</summary>
    public ProbedCurrent Current { get; }

    /// <summary>Takes a state that is put out.</summary>
    /// <param name="state">State.</param>
    /// <param name="time">s.</param>
    /// <param name="steps">Steps since the start.</param>
    public void Observe(StateView state, double time, long steps)
    {
        balance?.Observe(state, time, steps);
        if (energy is null) return;
        FreeEnergy.Energy now = energy.Of(state);
        (highest, lowest, sizes) = (Math.Max(highest, now.Value), Math.Min(lowest, now.Value), Math.Max(sizes, now.Sizes));
        rise = Math.Max(rise, now.Value - lowest);
    }

    /// <summary>The entries.</summary>
    public IEnumerable<CertificateEntry> Entries()
    {
        if (!hasSources) yield return CertificateEntries.CurrentUniformity(Current.IsComplete ? Current.Result() : (double.NaN, double.PositiveInfinity));
        if (balance is not null) yield return CertificateEntries.ChargeBalance(balance.Result());
        if (energy is null) yield break;
        double fall = Math.Max(0, highest - lowest);
        yield return CertificateEntries.FreeEnergyRise(rise / referenceArea, (Tolerance * fall + Rounding * sizes) / referenceArea);
    }

    /// <summary>Writes down what was observed so far; the current is measured when a run is over and no longer saved.</summary>
    public void Save(EngineRecord record)
    {
        if (balance is not null) record.Add("certificate/charge", "1", balance.Memory);
        record.Add("certificate/energy", "J", highest, lowest, rise, sizes);
    }

    /// <summary>Goes on from what <see cref="Save"/> wrote down.</summary>
    public void Restore(EngineRecord record)
    {
        if (balance is not null) balance.Memory = record.Get("certificate/charge", "1", ChargeBalance.MemorySize);
        double[] energies = record.Get("certificate/energy", "J", 4);
        (highest, lowest, rise, sizes) = (energies[0], energies[1], energies[2], energies[3]);
    }
}
