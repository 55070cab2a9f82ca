using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>The electrical condition of one end in the units of the unknowns: reduced potential, mol of charge, mol/s of current.</summary>
internal sealed class ElectricEnd
{
    private readonly DriveState? drive;

    public ElectricEnd(DiscreteProblem problem, bool isLeft, double area)
    {
        PnpProblem p = problem.Problem;
        ElectricBoundary here = isLeft ? p.Left.Electric : p.Right.Electric, other = isLeft ? p.Right.Electric : p.Left.Electric;
        double perVolt = 1 / PhysicalConstants.ThermalVoltage(p.Temperature), perCoulomb = area / PhysicalConstants.Faraday;
        SternResistance = isLeft ? problem.SternResistance.Left : problem.SternResistance.Right;
        (Kind, drive) = here switch
        {
            PotentialBoundary b => (ElectricKind.Potential, new DriveState(b.Potential, perVolt)),
            SternBoundary b => (ElectricKind.Stern, new DriveState(b.Potential, perVolt)),
            CurrentBoundary b => (ElectricKind.Current, new DriveState(b.CurrentDensity, perCoulomb)),
            _ when area == 0 => (ElectricKind.Axis, null),
            _ when !isLeft && other is SurfaceChargeBoundary => (ElectricKind.Gauge, (DriveState?)null),
            SurfaceChargeBoundary b => (ElectricKind.Charge, new DriveState(b.ChargeDensity, perCoulomb)),
            _ => throw new ArgumentException($"no electrical condition {here.GetType().Name}", nameof(problem)),
        };
    }

    private ElectricEnd(ElectricKind kind, double value, double sternResistance) =>
        (Kind, Held, SternResistance) = (kind, value, sternResistance);

    /// <summary>The end as a steady state sees it: its value at a time, held.</summary>
    /// <param name="kind">Condition: that of the end, or what takes the place of a current clamp.</param>
    /// <param name="value">Reduced potential or charge.</param>
    public ElectricEnd HeldAt(ElectricKind kind, double value) => new(kind, value, SternResistance);

    /// <summary>Value that is held, where there is no waveform.</summary>
    public double Held { get; set; }

    /// <summary>Condition.</summary>
    public ElectricKind Kind { get; }

    /// <summary>b of the Stern layer, 1/mol.</summary>
    public double SternResistance { get; }

    /// <summary>Enters the piece that holds from a time on; returns the next corner.</summary>
    public double Enter(double time) => drive?.Enter(time) ?? double.PositiveInfinity;

    /// <summary>Copies the piece that holds.</summary>
    public void CopyTo(Span<double> target) => drive?.CopyTo(target);

    /// <summary>Prescribed potential, charge or current.</summary>
    public double At(double time) => drive?.At(time) ?? Held;

    /// <summary>Its rate, per second.</summary>
    public double RateAt(double time) => drive?.RateAt(time) ?? 0;
}

/// <summary>The ionic condition of one species at one end.</summary>
/// <param name="Prescribed">Bath concentration (mol/m³) or flux (mol/s to the right); null for a reservoir or a closed end.</param>
/// <param name="IsBath">A bath: the ghost's concentration is prescribed.</param>
/// <param name="Volume">Volume of a reservoir, m³; 0 otherwise.</param>
/// <param name="Start">Initial concentration of a reservoir, mol/m³: its charge counts from there.</param>
internal sealed record IonEnd(DriveState? Prescribed, bool IsBath, double Volume, double Start)
{
    public static IonEnd Of(IonBoundary ion, double area, double inverseVolume) => ion switch
    {
        BathBoundary bath => new(new(bath.Concentration, 1), true, 0, 0),
        FluxBoundary flux => new(new(flux.Flux, area), false, 0, 0),
        ReservoirBoundary reservoir when inverseVolume > 0 => new(null, false, 1 / inverseVolume, reservoir.Concentration),
        _ => new(null, false, 0, 0),
    };

    public bool IsReservoir => Volume > 0;

    public bool IsFlux => Prescribed is not null && !IsBath;

    public IonKind Kind => IsReservoir ? IonKind.Reservoir : IsBath ? IonKind.Bath : IsFlux ? IonKind.Flux : IonKind.Closed;
}
