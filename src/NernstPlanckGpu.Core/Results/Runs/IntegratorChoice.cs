using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;

using NernstPlanckGpu.Formulas;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>Which integrator runs, and why.</summary>
/// <param name="Kind">Integrator; never auto.</param>
/// <param name="Text">For people and for the file.</param>
internal sealed record IntegratorChoice(IntegratorKind Kind, string Text)
{
    /// <summary>
    /// Time of one rodas4 step over one evaluation of rkc2: 170 µs over 1.0 µs for MEMB on one core (benchmark <c>implicit</c>).
    /// Between the cube and the square of a cell's unknowns goes into it, and what is linear in species into both.
    /// </summary>
    private const double EvaluationsPerImplicitStep = 170;

    /// <summary>Steps per e-fold of time while layers relax, as measured on MEMB at tolerance 1e-4.</summary>
    private const double ExplicitStepsPerFold = 6, ImplicitStepsPerFold = 1.3;

    /// <summary>The integrator of a configuration; auto takes the one with the lower estimated cost that the engine has, see <see cref="Cost"/>.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="time">Settings.</param>
    /// <param name="landings">Times that steps land on, s, ascending.</param>
    /// <param name="engine">Engine that is to step; it may still refuse what was chosen, see <see cref="RunContext.NeedSteps"/>.</param>
    public static IntegratorChoice For(DiscreteProblem problem, TimeSettings time, IReadOnlyList<double> landings, IEngine engine)
    {
        if (time.Integrator != IntegratorKind.Auto) return new(time.Integrator, Name(time.Integrator));
        double rate = FastestRate(problem);
        (double explicitCost, double implicitCost) = Cost(rate, time, landings);
        implicitCost *= Math.Pow((problem.Species + 1) / 4.0, 1.5);
        bool isExplicit = explicitCost <= implicitCost;
        (IntegratorKind kind, IntegratorKind other) = isExplicit ? (IntegratorKind.Rkc2, IntegratorKind.Rodas4) : (IntegratorKind.Rodas4, IntegratorKind.Rkc2);
        string reason = "";
        if (WhyNot(kind) is { } lack && WhyNot(other) is null)
            (kind, reason) = (other, $"; not {Name(kind)}, since {lack}");
        FormattableString why = $"{Name(kind)} (auto: estimated {explicitCost:g2} evaluations of rkc2 against a cost of {implicitCost:g2} for rodas4{reason})";
        return new(kind, FormattableString.Invariant(why));

        string? WhyNot(IntegratorKind integrator) => engine.WhyNot(problem, time with { Integrator = integrator });
    }

    private static string Name(IntegratorKind kind) => kind switch
    {
        IntegratorKind.Euler => "euler",
        IntegratorKind.Rkc2 => "rkc2",
        IntegratorKind.Rodas5 => "rodas5",
        _ => "rodas4",
    };

    /// <summary>
    /// Evaluations: while layers relax, steps grow with time, so many per e-fold and one per landing at least; an explicit one of h takes
    /// sqrt(h rho/0.54) evaluations, an implicit one the same time whatever its length.
    /// </summary>
    private static (double Explicit, double Implicit) Cost(double rate, TimeSettings time, IReadOnlyList<double> landings)
    {
        double from = 1 / rate, explicitCost = 0, implicitCost = 0;
        double refine = Math.Pow(1e-4 / time.RelativeTolerance, 0.2);
        foreach (double to in landings)
        {
            if (to <= from) continue;
            double folds = Math.Log(to / from);
            double steps = time.Step is { } fixedStep ? Math.Ceiling((to - from) / fixedStep) : Math.Max(1, ExplicitStepsPerFold * folds * refine);
            double implicitSteps = time.Step is null ? Math.Max(1, ImplicitStepsPerFold * folds * refine) : steps;
            double step = (to - from) / steps;
            double longest = Rkc2.LongestStep(rate);
            if (step > longest) (steps, step) = ((to - from) / longest, longest);
            explicitCost += steps * (2 + Math.Sqrt(step * rate / 0.54));
            implicitCost += implicitSteps * EvaluationsPerImplicitStep;
            from = to;
        }
        return (explicitCost, implicitCost);
    }

    // Diffusion out of the smallest cell and relaxation of charge, without the field: the spectral bound to a factor of about two.
    private static double FastestRate(DiscreteProblem problem)
    {
        double[][] conductance = problem.Conductance(), c = problem.InitialConcentration();
        double[] volume = problem.Volumes(), resistance = problem.Resistances();
        foreach (InterfaceFace face in problem.Interfaces)
            for (int s = 0; s < problem.Species; s++)
                conductance[s][face.Face] = Math.Max(face.LeftConductance[s], face.RightConductance[s]);
        double outflow = 0, relaxation = 0;
        for (int f = 0; f <= problem.Cells; f++)
        {
            double sum = 0;
            for (int s = 0; s < problem.Species; s++)
            {
                double z = problem.Problem.Species[s].Valence;
                sum += z * z * conductance[s][f] * Math.Max(c[s][f], c[s][f + 1]) * resistance[f];
                if (f < problem.Cells) outflow = Math.Max(outflow, (conductance[s][f] + conductance[s][f + 1]) / volume[f]);
            }
            relaxation = Math.Max(relaxation, sum);
        }
        return 2 * outflow + relaxation;
    }
}
