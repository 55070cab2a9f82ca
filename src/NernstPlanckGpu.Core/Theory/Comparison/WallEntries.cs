using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Theory.Comparison;

/// <summary>Diffuse layers at ends that no ion passes: the potential of a charged wall, the charge of an electrode (Grahame).</summary>
internal static class WallEntries
{
    public static IEnumerable<TheoryEntry> Of(Compared compared)
    {
        foreach (bool left in new[] { true, false })
            if (Wall(compared, left) is { } entry) yield return entry;
    }

    /// <summary>A wall with a surface charge, C/m²; its position and that of its undisturbed solution, m. Null where there is none.</summary>
    public static (Electrolyte Bulk, double Charge, double Position, double Deep)? ChargedWall(Compared compared, bool left)
    {
        if (Solution(compared, left) is not { } bulk) return null;
        PnpProblem problem = compared.Problem;
        (Boundary near, Boundary far) = left ? (problem.Left, problem.Right) : (problem.Right, problem.Left);
        if (near.Electric is not SurfaceChargeBoundary { ChargeDensity: not ConstantWaveform { Value: 0 } } wall) return null;
        double length = compared.Start(compared.LastRegion + 1), position = left ? 0 : length;
        double half = problem.Regions[left ? 0 : compared.LastRegion].Length / 2;
        bool isBathFar = problem.Regions.Count == 1 && compared.IsBath(far, bulk.Concentration);
        double deep = isBathFar ? length - position : left ? half : length - half;
        return (bulk, wall.ChargeDensity.At(compared.Run.Time), position, deep);
    }

    private static TheoryEntry? Wall(Compared compared, bool left)
    {
        if (ChargedWall(compared, left) is { } charged) return PotentialOf(compared, left, charged);
        if (compared.Problem.Regions.Count > 1 || Solution(compared, left) is not { } bulk) return null;
        (Boundary near, Boundary far) = left ? (compared.Problem.Left, compared.Problem.Right) : (compared.Problem.Right, compared.Problem.Left);
        return near.Electric is PotentialBoundary or SternBoundary && far.Electric is PotentialBoundary or SternBoundary
            ? ChargeOf(compared, left, bulk, compared.IsBath(far, bulk.Concentration), compared.IsBlocked(far, bulk.Concentration)) : null;
    }

    /// <summary>The solution at an end that no ion passes; null where there is none, or not known.</summary>
    private static Electrolyte? Solution(Compared compared, bool left)
    {
        PnpProblem problem = compared.Problem;
        int at = left ? 0 : compared.LastRegion;
        Region region = problem.Regions[at];
        if (region.IsMembrane || region.FixedCharge != 0 || compared.Solution(at) is not { } solution) return null;
        return compared.IsNeutral(solution) && compared.IsBlocked(left ? problem.Left : problem.Right, solution)
            ? new Electrolyte(problem.Temperature, region.Permittivity, compared.Valence, solution) : null;
    }

    private static TheoryEntry PotentialOf(Compared compared, bool left, (Electrolyte Bulk, double Charge, double Position, double Deep) wall)
    {
        PotentialProfile? profile = compared.Run.Potential;
        return new($"grahamePotential_{Side(left)}", Grahame.Potential(wall.Bulk, wall.Charge), profile?.At(wall.Position) - profile?.At(wall.Deep), "V",
            $"potential of the charged wall on the {Side(left)} against its solution (Grahame); "
            + "PNP differs where the solution is not many Debye lengths thick or the wall is curved, where ions flow, and before it is at rest");
    }

    // The voltage drops in the layer, in a Stern layer, and, where the far end is blocked too, in the like of both there.
    private static TheoryEntry? ChargeOf(Compared compared, bool left, Electrolyte bulk, bool isBathFar, bool isBlockedFar)
    {
        PnpProblem problem = compared.Problem;
        if (!isBathFar && !(isBlockedFar && problem.Geometry is PlanarGeometry)) return null;
        if (IsShort(problem)) return null;
        double near = Elastance(left ? problem.Left : problem.Right), far = isBathFar ? 0 : Elastance(left ? problem.Right : problem.Left);
        double voltage = (left ? 1 : -1) * Voltage(compared);
        double Drop(double charge) => Grahame.Potential(bulk, charge) + charge * near
            + (isBathFar ? 0 : charge * far - Grahame.Potential(bulk, -charge));
        // Without anything in series that is the root itself, to rounding: the bracket goes a little beyond.
        double most = 1.000001 * Grahame.Charge(bulk, voltage);
        double value = voltage == 0 ? 0 : !double.IsFinite(most) ? double.NaN : RootFinding.Bracketed(charge => Drop(charge) - voltage, 0, most);
        double? computed = left ? compared.Run.WallCharge?.Left : compared.Run.WallCharge?.Right;
        return new($"grahameCharge_{Side(left)}", value, computed, "C m-2",
            $"charge of the electrode on the {Side(left)} with its diffuse layer at rest (Grahame); "
            + (isBathFar ? "PNP differs where the wall is curved" : "PNP differs where the layers take up a good part of the salt")
            + ", where the layer has not many Debye lengths of room, by cells too coarse for it, and before it is at rest");
    }

    // Left minus right electrode: as it is where the run has measured it, as a curve sets it point by point.
    private static double Voltage(Compared compared) =>
        compared.Run is { MembranePotential: { } ends, WallCharge: ({ } left, { } right) }
            ? ends + left * Elastance(compared.Problem.Left) - right * Elastance(compared.Problem.Right)
            : compared.ImposedPotential!.Value;

    private static bool IsShort(PnpProblem problem) => problem is
    {
        Left.Electric: PotentialBoundary { Potential: ConstantWaveform left }, Right.Electric: PotentialBoundary { Potential: ConstantWaveform right },
    } && left.Value == right.Value;

    private static double Elastance(Boundary boundary) => boundary.Electric is SternBoundary stern ? 1 / stern.Capacitance : 0;

    private static string Side(bool left) => left ? "left" : "right";
}
