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

    /// <summary>
    /// A wall with its charge, C/m²: the surface charge that it is given, or that of an electrode with its layer at rest; its position and that
    /// of its undisturbed solution, m. Null where there is none.
    /// </summary>
    public static (Electrolyte Bulk, double Charge, double Position, double Deep)? ChargedWall(Compared compared, bool left)
    {
        if (Solution(compared, left) is not { } bulk || ChargeOf(compared, left, bulk) is not { } charge) return null;
        double length = compared.Start(compared.LastRegion + 1), position = left ? 0 : length;
        double half = compared.Problem.Regions[left ? 0 : compared.LastRegion].Length / 2;
        double deep = IsAloneBeforeBath(compared, left, bulk) ? length - position : left ? half : length - half;
        return (bulk, charge, position, deep);
    }

    private static TheoryEntry? Wall(Compared compared, bool left) =>
        ChargedWall(compared, left) is not { } wall ? null
        : IsSurfaceCharge(compared, left) ? PotentialEntry(compared, left, wall) : ChargeEntry(compared, left, wall);

    private static bool IsSurfaceCharge(Compared compared, bool left) => Near(compared, left).Electric is SurfaceChargeBoundary;

    private static Boundary Near(Compared compared, bool left) => left ? compared.Problem.Left : compared.Problem.Right;

    private static bool IsAloneBeforeBath(Compared compared, bool left, Electrolyte bulk) =>
        compared.Problem.Regions.Count == 1 && compared.IsBath(Near(compared, !left), bulk.Concentration);

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

    private static TheoryEntry PotentialEntry(Compared compared, bool left, (Electrolyte Bulk, double Charge, double Position, double Deep) wall)
    {
        PotentialProfile? profile = compared.Run.Potential;
        return new($"grahamePotential_{Side(left)}", Grahame.Potential(wall.Bulk, wall.Charge), profile?.At(wall.Position) - profile?.At(wall.Deep), "V",
            $"potential of the charged wall on the {Side(left)} against its solution (Grahame); "
            + "PNP differs where the solution is not many Debye lengths thick or the wall is curved, where ions flow, and before it is at rest");
    }

    private static TheoryEntry ChargeEntry(Compared compared, bool left, (Electrolyte Bulk, double Charge, double Position, double Deep) wall)
    {
        double? computed = left ? compared.Run.WallCharge?.Left : compared.Run.WallCharge?.Right;
        return new($"grahameCharge_{Side(left)}", wall.Charge, computed, "C m-2",
            $"charge of the electrode on the {Side(left)} with its diffuse layer at rest (Grahame); "
            + (IsAloneBeforeBath(compared, left, wall.Bulk) ? "PNP differs where the wall is curved" : "PNP differs where the layers take up a good part of the salt")
            + ", where the layer has not many Debye lengths of room, by cells too coarse for it, and before it is at rest");
    }

    private static double? ChargeOf(Compared compared, bool left, Electrolyte bulk) => (Near(compared, left).Electric, Near(compared, !left).Electric) switch
    {
        (SurfaceChargeBoundary { ChargeDensity: not ConstantWaveform { Value: 0 } } wall, _) => wall.ChargeDensity.At(compared.Run.Time),
        (PotentialBoundary or SternBoundary, PotentialBoundary or SternBoundary) when compared.Problem.Regions.Count == 1 => ElectrodeCharge(compared, left, bulk),
        _ => null,
    };

    // The voltage drops in the layer, in a Stern layer, and, where the far end is blocked too, in the like of both there.
    private static double? ElectrodeCharge(Compared compared, bool left, Electrolyte bulk)
    {
        PnpProblem problem = compared.Problem;
        bool isBathFar = IsAloneBeforeBath(compared, left, bulk), isBlockedFar = compared.IsBlocked(Near(compared, !left), bulk.Concentration);
        if (!isBathFar && !(isBlockedFar && problem.Geometry is PlanarGeometry)) return null;
        if (IsShort(problem)) return null;
        double near = Elastance(Near(compared, left)), far = isBathFar ? 0 : Elastance(Near(compared, !left));
        double voltage = (left ? 1 : -1) * Voltage(compared);
        double Drop(double charge) => Grahame.Potential(bulk, charge) + charge * near
            + (isBathFar ? 0 : charge * far - Grahame.Potential(bulk, -charge));
        // Without anything in series that is the root itself, to rounding: the bracket goes a little beyond.
        double most = 1.000001 * Grahame.Charge(bulk, voltage);
        return voltage == 0 ? 0 : !double.IsFinite(most) ? double.NaN : RootFinding.Bracketed(charge => Drop(charge) - voltage, 0, most);
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
