using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>
/// Total current face by face, from three states a little apart: what the displacement changed by between the first and the last, and the
/// integral of the ionic current by Simpson's rule,
/// <code>I_f = [A D_f(t + 2d) − A D_f(t) + F ∫ Σ z A J_f dt]/2d.</code>
/// Continuity and Gauss's law make it the same on every face, and the total current that the engine tells, too. The run is over: the engine
/// goes on for 3d for the sake of this check alone, and nothing of that is put out; t is d behind the end, where a corner of a waveform is
/// past. The rate of the displacement is so a difference of states that the engine has stepped through, and not what it reckons with.
/// Tests: CourseTests.
/// </summary>
internal sealed class ProbedCurrent
{
    /// <summary>d over the step that the integrator took last: steps are a fraction of what changes, and this makes Simpson's error 1e-6 of it.</summary>
    public const double StepFraction = 0.02;

    /// <summary>Most d over the time of the fastest mode, where the integrator knows it.</summary>
    public const double ModeFraction = 0.1;

    /// <summary>Least d over the time, so that the rounding of t + d is nothing beside d.</summary>
    public const double LeastOfTime = 1e-11;

    /// <summary>Of the largest total current and rate of the displacement: what an integrator's tolerance leaves in fast modes.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>Of the ions' currents, which may cancel: Simpson's error.</summary>
    private const double OfIons = 1e-5;

    /// <summary>Of what passes a face to and fro: implicit steps leave some hundred units in the last place of it (measured).</summary>
    private const double OfGross = 1e-12;

    /// <summary>Of the displacement, whose difference is taken.</summary>
    private const double OfCharge = 2e-13;

    private readonly double referenceArea;
    private readonly double[] valence;
    private readonly IntegralForm form;
    private readonly double[] first, last, passed;
    private double total, largest, gross;
    private int samples;

    public ProbedCurrent(DiscreteProblem problem, IntegralForm form, double referenceArea)
    {
        (this.form, this.referenceArea) = (form, referenceArea);
        valence = [.. problem.Problem.Species.Select(species => species.Valence)];
        int faces = problem.Cells + 1;
        (first, last, passed) = (new double[faces], new double[faces], new double[faces]);
    }

    /// <summary>d, s.</summary>
    public double Spacing { get; private set; }

    /// <summary>All three states were seen.</summary>
    public bool IsComplete => samples == 3;

    /// <summary>Makes ready for three states.</summary>
    /// <param name="spacing">d, s.</param>
    public void Begin(double spacing)
    {
        (Spacing, samples, total, largest, gross) = (spacing, 0, 0, 0, 0);
        Array.Clear(passed);
    }

    /// <summary>Takes the next state, d after the last one.</summary>
    public void Take(StateView state)
    {
        if (samples == 0) state.Charge.CopyTo(first, 0);
        double weight = samples == 1 ? 4.0 / 3 : 1.0 / 3;
        for (int f = 0; f < passed.Length; f++)
        {
            double ionic = 0, sizes = 0;
            for (int s = 0; s < valence.Length; s++)
            {
                ionic += valence[s] * state.Flux[s][f];
                sizes += Math.Abs(valence[s] * state.Flux[s][f]);
            }
            passed[f] += weight * Spacing * ionic;
            largest = Math.Max(largest, sizes);
        }
        total += weight * Spacing * state.TotalCurrent;
        state.Charge.CopyTo(last, 0);
        if (++samples == 3) gross = form.GrossCurrent(state);
    }

    /// <summary>Largest difference between the currents of two faces, or of a face and the total current that was told, A/m²; and its limit.</summary>
    public (double Spread, double Limit) Result()
    {
        double duration = 2 * Spacing, low = total / duration, high = low, charge = 0, rate = 0;
        for (int f = 0; f < passed.Length; f++)
        {
            double current = (last[f] - first[f] + passed[f]) / duration;
            (low, high) = (Math.Min(low, current), Math.Max(high, current));
            charge = Math.Max(charge, Math.Abs(last[f]));
            rate = Math.Max(rate, Math.Abs(last[f] - first[f]) / duration);
        }
        double limit = Tolerance * (Math.Max(Math.Abs(low), Math.Abs(high)) + rate) + OfIons * largest + OfGross * gross + OfCharge * charge / duration;
        return (Scale * (high - low), Scale * limit);
    }

    private double Scale => PhysicalConstants.Faraday / referenceArea;
}
