using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Integrators;

/// <summary>Integrates a problem by a Rosenbrock method of one's choice.</summary>
internal static class RosenbrockRun
{
    public static (StateView State, ProblemStatus Status) To(PnpProblem problem, TimeSettings settings, Rosenbrock method)
    {
        DiscreteProblem discrete = Discretiser.Discretise(problem);
        var control = new ProblemControl(0, discrete) { Target = settings.End };
        using var pack = new RosenbrockPack<ScalarLane>([control], settings with { Integrator = IntegratorKind.Rodas4 }, method);
        pack.Advance(null, CancellationToken.None);
        Assert.True(control.Time == settings.End && control.Outcome is Outcome.Running or Outcome.Done, $"{method.Name}: {control.Status}");
        var state = new StateView(discrete);
        pack.Read(control, state);
        return (state, control.Status);
    }

    /// <summary>Largest difference of a concentration, mol/m³.</summary>
    public static double Distance(StateView a, StateView b) => a.Concentration.Zip(b.Concentration, (x, y) => x.Zip(y, (p, q) => Math.Abs(p - q)).Max()).Max();
}
