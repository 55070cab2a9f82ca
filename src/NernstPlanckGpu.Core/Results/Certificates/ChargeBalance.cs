using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>
/// The charge that the current brings to the left end, by two routes: ∫(I − F Σ z A J) dt there, over the currents of the outputs, and the
/// change of A D, from the states. Counted are the stretches between outputs that the integrator crossed in a few steps, so that the outputs
/// resolve what happens between them, and without a corner of a waveform; the integral is that of a parabola through three outputs, which has to
/// be near that of a line.
/// Tests: CourseTests.
/// </summary>
internal sealed class ChargeBalance
{
    /// <summary>Most steps between two outputs that may still tell all that happens there: a step is a small part of what it resolves.</summary>
    private const int MostSteps = 4;

    /// <summary>Of the charge that came and went; what a parabola through outputs a few steps apart leaves.</summary>
    private const double Tolerance = 0.05;

    /// <summary>Of the charge that came or went in a stretch: where parabola and line differ by more, the outputs do not tell what happened between them.</summary>
    private const double Unresolved = 0.2;

    /// <summary>Of what passes the end to and fro: implicit steps leave some hundred units in the last place of it (measured).</summary>
    private const double OfGross = 1e-12;

    /// <summary>Of the largest charge in the stack, whose last places the end's has.</summary>
    private const double OfCharge = 1e-9;

    private readonly IntegralForm form;
    private readonly double[] valence;
    private readonly Waveform[] waveforms;
    private readonly double scale;
    private Sample before, latest;
    private int samples;
    private double difference, moved, uncertain, passed, largest, worst, worstLimit, ratio;

    private readonly record struct Sample(double Time, double Charge, double Rate, double Gross, long Steps);

    public ChargeBalance(DiscreteProblem problem, IntegralForm form, double referenceArea)
    {
        this.form = form;
        valence = [.. problem.Problem.Species.Select(species => species.Valence)];
        waveforms = [.. PrescribedWaveforms.Of(problem.Problem).Where(waveform => !double.IsPositiveInfinity(waveform.NextCorner(0)))];
        scale = PhysicalConstants.Faraday / referenceArea;
    }

    /// <summary>Largest difference since the start, C/m², and its limit then; not a number and without limit where no stretch counted.</summary>
    public (double Difference, double Limit) Result() => worstLimit > 0 ? (scale * worst, scale * worstLimit) : (double.NaN, double.PositiveInfinity);

    /// <summary>Takes a state that is put out.</summary>
    /// <param name="state">State.</param>
    /// <param name="time">s.</param>
    /// <param name="steps">Steps since the start of the run.</param>
    public void Observe(StateView state, double time, long steps)
    {
        if (samples > 0 && time <= latest.Time) return;
        double ionic = 0, gross = 0;
        for (int s = 0; s < valence.Length; s++)
        {
            ionic += valence[s] * state.Flux[s][0];
            gross += Math.Abs(valence[s]) * form.Flux(state, s, 0).Gross;
        }
        var next = new Sample(time, state.Charge[0], state.TotalCurrent - ionic, gross, steps);
        foreach (double charge in state.Charge) largest = Math.Max(largest, Math.Abs(charge));
        if (samples >= 2 && next.Steps - latest.Steps <= MostSteps && !waveforms.Any(w => w.NextCorner(before.Time) <= time)) Count(next);
        (before, latest) = (latest, next);
        samples = Math.Min(2, samples + 1);
    }

    private void Count(Sample next)
    {
        double step = next.Time - latest.Time, earlier = latest.Time - before.Time;
        double line = 0.5 * step * (latest.Rate + next.Rate);
        // The parabola through three points differs from the line by its bend: second divided difference times −step³/6.
        double bend = ((next.Rate - latest.Rate) / step - (latest.Rate - before.Rate) / earlier) / (step + earlier);
        double parabola = line - bend * step * step * step / 6, change = next.Charge - latest.Charge;
        if (Math.Abs(parabola - line) > Unresolved * Math.Abs(change)) return;
        difference += parabola - change;
        moved += Math.Abs(change);
        uncertain += Math.Abs(parabola - line);
        passed += 0.5 * step * (latest.Gross + next.Gross);
        double limit = Tolerance * moved + 2 * uncertain + OfGross * passed + OfCharge * largest, now = Math.Abs(difference);
        if (limit > 0 && now / limit >= ratio) (ratio, worst, worstLimit) = (now / limit, now, limit);
    }

    /// <summary>Exchanges with a record what was observed so far.</summary>
    public double[] Memory
    {
        get => [before.Time, before.Charge, before.Rate, before.Gross, before.Steps, latest.Time, latest.Charge, latest.Rate, latest.Gross, latest.Steps,
            samples, difference, moved, uncertain, passed, largest, worst, worstLimit, ratio];
        set
        {
            (before, latest) = (At(0), At(5));
            samples = (int)value[10];
            (difference, moved, uncertain, passed, largest) = (value[11], value[12], value[13], value[14], value[15]);
            (worst, worstLimit, ratio) = (value[16], value[17], value[18]);
            Sample At(int i) => new(value[i], value[i + 1], value[i + 2], value[i + 3], (long)value[i + 4]);
        }
    }

    /// <summary>Numbers in <see cref="Memory"/>.</summary>
    public const int MemorySize = 19;
}
