using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>What closes the circuit of one problem: gives the scalar Q of Ampère's form at a stage, and the total current.</summary>
internal sealed class Circuit
{
    private enum Kind
    {
        VoltageClamp,
        CurrentClamp,
        LeftSurfaceCharge,
        RightSurfaceCharge,
    }

    private readonly Kind kind;
    private readonly DriveState? left, right, current, surface;
    private readonly double inverseWeight;
    private readonly (double Left, double Right) stern;

    /// <summary>Takes the drives of a problem with the given face areas and b.</summary>
    public Circuit(DiscreteProblem problem, double[] area, double[] resistance)
    {
        PnpProblem p = problem.Problem;
        double perVolt = 1 / PhysicalConstants.ThermalVoltage(p.Temperature);
        double leftArea = area[0], rightArea = area[^1];
        stern = problem.SternResistance;
        inverseWeight = 1 / (resistance.Sum() + stern.Left + stern.Right);
        left = Voltage(p.Left.Electric, perVolt);
        right = Voltage(p.Right.Electric, perVolt);
        if (p.Left.Electric is CurrentBoundary or SurfaceChargeBoundary)
            (kind, current, surface) = Other(p.Left.Electric, leftArea, Kind.LeftSurfaceCharge);
        else if (p.Right.Electric is CurrentBoundary or SurfaceChargeBoundary)
            (kind, current, surface) = Other(p.Right.Electric, rightArea, Kind.RightSurfaceCharge);
        else kind = Kind.VoltageClamp;
        StartsAtLeft = p.Left.Electric is CurrentBoundary;
    }

    /// <summary>Current clamp: true when the clamped end, uncharged at first, is the left one.</summary>
    public bool StartsAtLeft { get; }

    public bool IsSurfaceCharge => kind is Kind.LeftSurfaceCharge or Kind.RightSurfaceCharge;

    public bool IsCurrentClamp => kind == Kind.CurrentClamp;

    /// <summary>Current clamp: Q at the start of the step; kept by the stepper.</summary>
    public double StepStart { get; set; }

    /// <summary>Enters the pieces that hold from a time on; returns the next corner.</summary>
    public double Enter(double time)
    {
        double corner = double.PositiveInfinity;
        foreach (DriveState? drive in new[] { left, right, current, surface })
            if (drive is not null) corner = Math.Min(corner, drive.Enter(time));
        return corner;
    }

    /// <summary>Exchanges what a run changes.</summary>
    public void Exchange(RecordExchange exchange)
    {
        if (IsCurrentClamp) StepStart = exchange.Number("state/clampCharge", "mol", StepStart);
    }

    /// <summary>What Stern layers add to a sum over the faces of b times something, given that at the two end faces.</summary>
    public double SternSum(double left, double right) => stern.Left * left + stern.Right * right;

    /// <summary>Q at a stage.</summary>
    /// <param name="time">Stage time, s.</param>
    /// <param name="stepTime">Time at the start of the step, s.</param>
    /// <param name="weightedSum">sum w q.</param>
    /// <param name="leftCharge">q at the left end, less the charge that the left reservoir took up, mol.</param>
    /// <param name="rightCharge">q at the right end, plus the charge that the right reservoir took up, mol.</param>
    public double Close(double time, double stepTime, double weightedSum, double leftCharge, double rightCharge) => kind switch
    {
        Kind.VoltageClamp => Ampere.VoltageClamp(
            new ScalarLane(left!.At(time) - right!.At(time)), new(weightedSum), new(inverseWeight)).Value,
        Kind.CurrentClamp => StepStart + current!.Integral(stepTime, time),
        Kind.LeftSurfaceCharge => surface!.At(time) - leftCharge,
        _ => -surface!.At(time) - rightCharge,
    };

    /// <summary>Total current over F, mol/s.</summary>
    /// <param name="time">s.</param>
    /// <param name="weightedCurrent">sum w sum z A J.</param>
    /// <param name="leftThrough">sum z A J through the left end of ions that no reservoir holds.</param>
    /// <param name="rightThrough">The same at the right end.</param>
    public double TotalCurrent(double time, double weightedCurrent, double leftThrough, double rightThrough) => kind switch
    {
        Kind.VoltageClamp => Ampere.ClampCurrent(
            new ScalarLane(left!.RateAt(time) - right!.RateAt(time)), new(weightedCurrent), new(inverseWeight)).Value,
        Kind.CurrentClamp => current!.At(time),
        Kind.LeftSurfaceCharge => surface!.RateAt(time) + leftThrough,
        _ => -surface!.RateAt(time) + rightThrough,
    };

    private static DriveState? Voltage(ElectricBoundary boundary, double perVolt) => boundary switch
    {
        PotentialBoundary potential => new(potential.Potential, perVolt),
        SternBoundary stern => new(stern.Potential, perVolt),
        _ => null,
    };

    private static (Kind Kind, DriveState? Current, DriveState? Surface) Other(ElectricBoundary boundary, double area, Kind surfaceKind)
    {
        double scale = area / PhysicalConstants.Faraday;
        return boundary is CurrentBoundary clamp
            ? (Kind.CurrentClamp, new(clamp.CurrentDensity, scale), null)
            : (surfaceKind, null, new(((SurfaceChargeBoundary)boundary).ChargeDensity, scale));
    }
}
