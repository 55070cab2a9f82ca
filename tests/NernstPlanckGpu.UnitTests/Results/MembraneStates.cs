using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.UnitTests.Results;

/// <summary>Made-up states of the small cell membrane with every mechanism, in an area of 2e-9 m² unless another geometry is given.</summary>
internal static class MembraneStates
{
    public const double Area = 2e-9;

    public static DiscreteProblem Problem(Geometry? geometry = null, double leftDepth = 3e-6, double rightDepth = 0, bool isOpen = true)
    {
        PnpProblem problem = MechanismProblems.Stack(
            MechanismProblems.Everything(MechanismView.Ends), leftDepth, rightDepth, geometry: geometry ?? new PlanarGeometry(Area));
        if (isOpen) problem = problem with { Left = problem.Left with { Electric = new CurrentBoundary(new ConstantWaveform(0)) } };
        return Discretiser.Discretise(problem);
    }

    public static FieldReconstruction Field(DiscreteProblem problem) => new(problem);

    /// <summary>The initial concentrations; flux number i of the mechanisms is (i + 1) 1e-16 mol/s, diffusion of species s (s + 1) 1e-17 mol/s.</summary>
    public static StateView At(DiscreteProblem problem)
    {
        var state = new StateView(problem);
        double[][] initial = problem.InitialConcentration();
        for (int s = 0; s < problem.Species; s++)
        {
            initial[s].CopyTo(state.Concentration[s], 0);
            Array.Fill(state.Flux[s], (s + 1) * 1e-17);
        }
        MembraneLayout layout = MembraneLayout.Of(problem.Problem)!;
        (int first, int last) = layout.Cells(problem.Grid);
        for (int i = 0; i < layout.Items.Count; i++)
        {
            state.MechanismFlux[i] = (i + 1) * 1e-16;
            for (int f = first - 1; f <= last; f++) state.Flux[layout.Items[i].Species][f] += state.MechanismFlux[i];
        }
        for (int g = 0; g < layout.Gates.Count; g++) state.States[g] = 0.1 * (g + 1);
        return state;
    }
}
