using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory.Comparison;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>Constant-field current of an ion along a curve.</summary>
/// <param name="Species">Name.</param>
/// <param name="CurrentDensity">Current density at each voltage, A/m², positive outward.</param>
public sealed record GoldmanCurve(string Species, IReadOnlyList<double> CurrentDensity);

/// <summary>The diffuse layer at a charged wall.</summary>
/// <param name="IsLeft">At the left end; else at the right one.</param>
/// <param name="Deep">Where the solution is taken to be undisturbed, m.</param>
/// <param name="Position">Positions, m, from the wall inwards.</param>
/// <param name="Potential">Potential there against the undisturbed solution, V.</param>
public sealed record DiffuseLayerCurve(bool IsLeft, double Deep, IReadOnlyList<double> Position, IReadOnlyList<double> Potential);

/// <summary>
/// Theory as curves, where <see cref="TheoryComparison"/> has its values: under the same conditions, and by the same formulas. Tests:
/// TheoryCurvesTests.
/// </summary>
public static class TheoryCurves
{
    private const int LayerPoints = 60;

    /// <summary>How far a layer is followed, as the part of the wall's potential that is left there.</summary>
    private const double LayerEnd = 1e-3;

    /// <summary>Constant-field currents of the membrane's ions at imposed potentials (<see cref="GoldmanHodgkinKatz.CurrentDensity"/>).</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="voltages">Potentials of the left end minus the right one, V.</param>
    /// <returns>None where constant-field theory does not apply.</returns>
    public static IReadOnlyList<GoldmanCurve> GoldmanCurrents(PnpProblem problem, IReadOnlyList<double> voltages)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var compared = new Compared(problem, new RunMeasurement());
        return GoldmanEntries.Ions(compared) is not { } ions ? [] :
        [
            .. ions.Select(entry => new GoldmanCurve(
                problem.Species[entry.Species].Name,
                [.. voltages.Select(voltage => GoldmanHodgkinKatz.CurrentDensity(entry.Ion, voltage, problem.Temperature))])),
        ];
    }

    /// <summary>Layers of Gouy and Chapman at charged walls and electrodes (<see cref="Grahame.Potential"/>, <see cref="GouyChapman.Distance"/>).</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="time">When charges and potentials are taken, s.</param>
    public static IReadOnlyList<DiffuseLayerCurve> DiffuseLayers(PnpProblem problem, double time)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var compared = new Compared(problem, new RunMeasurement { Time = time });
        var layers = new List<DiffuseLayerCurve>();
        foreach (bool left in new[] { true, false })
        {
            if (WallEntries.ChargedWall(compared, left) is not { } wall)
                continue;
            double potential = Grahame.Potential(wall.Bulk, wall.Charge);
            if (potential == 0 || !double.IsFinite(potential))
                continue;
            double[] steps = [.. Enumerable.Range(0, LayerPoints).Select(i => potential * Math.Pow(LayerEnd, i / (LayerPoints - 1.0)))];
            double[] distances = [.. steps.Select(step => step == potential ? 0 : GouyChapman.Distance(wall.Bulk, potential, step))];
            int inside = distances.TakeWhile(distance => distance <= Math.Abs(wall.Deep - wall.Position)).Count();
            layers.Add(new DiffuseLayerCurve(
                left, wall.Deep, [.. distances.Take(inside).Select(distance => wall.Position + (left ? distance : -distance))], steps[..inside]));
        }

        return layers;
    }
}
