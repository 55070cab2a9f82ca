using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Gpu;

/// <summary>What the host makes of a state that a device gathered with its fluxes.</summary>
internal static class GatheredState
{
    /// <summary>Total current over F, ionic and displacement, mol/s.</summary>
    /// <param name="problem">Problem, without mechanisms and sources.</param>
    /// <param name="resistance">b of its faces, 1/mol.</param>
    /// <param name="time">Time of the state, s; on the right side of a corner.</param>
    /// <param name="state">State with its fluxes.</param>
    public static double TotalCurrent(DiscreteProblem problem, double[] resistance, double time, StateView state)
    {
        PnpProblem p = problem.Problem;
        AreaProfile area = AreaProfile.Of(p.Geometry);
        var circuit = new Circuit(problem, [area.Area(problem.Grid.Faces[0]), area.Area(problem.Grid.Faces[^1])], resistance);
        _ = circuit.Enter(time);
        int last = problem.Cells;
        double weighted = 0, leftEnd = 0, rightEnd = 0, leftReservoir = 0, rightReservoir = 0;
        for (int s = 0; s < problem.Species; s++)
        {
            double valence = p.Species[s].Valence;
            double[] flux = state.Flux[s];
            for (int f = 0; f <= last; f++) weighted += resistance[f] * valence * flux[f];
            leftEnd += valence * flux[0];
            rightEnd += valence * flux[last];
            if (p.Left.Ions[s] is ReservoirBoundary) leftReservoir += valence * flux[0];
            if (p.Right.Ions[s] is ReservoirBoundary) rightReservoir += valence * flux[last];
        }
        return circuit.TotalCurrent(time, weighted + circuit.SternSum(leftEnd, rightEnd), leftEnd - leftReservoir, rightEnd - rightReservoir);
    }
}
