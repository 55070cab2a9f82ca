using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>What the ends of a problem prescribe, as pieces that a device evaluates: two electrical drives, then S of each end.</summary>
internal sealed class DriveTable
{
    // Enough for a step and its recovery, or a stretch of a pulse train; the host is asked for more when they are used up.
    private const int MostSegments = 16;

    private readonly (Waveform Waveform, double Scale)?[] drives;

    /// <summary>Of a problem, in the pack's order of species.</summary>
    public DriveTable(DiscreteProblem problem, PackShape shape, double[] areas)
    {
        PnpProblem p = problem.Problem;
        int species = shape.Species;
        drives = new (Waveform, double)?[2 + (2 * species)];
        Kind = Electrical(p, areas);
        for (int s = 0; s < species; s++)
        {
            drives[2 + s] = Of(p.Left.Ions[shape.Order[s]], areas[0]);
            drives[2 + species + s] = Of(p.Right.Ions[shape.Order[s]], areas[^1]);
        }
    }

    /// <summary>What closes the circuit.</summary>
    public CircuitKind Kind { get; }

    /// <summary>True where nothing ever changes.</summary>
    public bool IsConstant => drives.All(drive => drive is null || double.IsPositiveInfinity(drive.Value.Waveform.NextCorner(0)));

    /// <summary>The segments from a time to a target, or as many as are prepared at once.</summary>
    /// <param name="time">s.</param>
    /// <param name="target">s.</param>
    /// <param name="segments">Receiver.</param>
    /// <param name="records">Receiver of their drives.</param>
    public void Add(double time, double target, List<SegmentRecord> segments, List<DriveRecord> records)
    {
        for (int i = 1; ; i++)
        {
            double end = double.PositiveInfinity;
            foreach ((Waveform Waveform, double Scale)? drive in drives)
            {
                if (drive is not { } d)
                {
                    records.Add(default);
                    continue;
                }
                WaveformPiece piece = d.Waveform.PieceFrom(time);
                records.Add(new(
                    piece.Origin, piece.Value * d.Scale, piece.Slope * d.Scale, piece.Amplitude * d.Scale, piece.AngularFrequency, piece.Phase));
                end = Math.Min(end, d.Waveform.NextCorner(time));
            }
            bool isLast = end >= target || i == MostSegments;
            segments.Add(new(end, isLast ? 1 : 0));
            if (isLast) return;
            time = end;
        }
    }

    private CircuitKind Electrical(PnpProblem p, double[] areas)
    {
        double perVolt = 1 / PhysicalConstants.ThermalVoltage(p.Temperature);
        (Waveform, double)? Potential(ElectricBoundary boundary) => boundary switch
        {
            PotentialBoundary potential => (potential.Potential, perVolt),
            SternBoundary stern => (stern.Potential, perVolt),
            _ => null,
        };
        (drives[0], drives[1]) = (Potential(p.Left.Electric), Potential(p.Right.Electric));
        foreach ((ElectricBoundary boundary, double area, CircuitKind wall) in new[]
            { (p.Left.Electric, areas[0], CircuitKind.LeftSurfaceCharge), (p.Right.Electric, areas[^1], CircuitKind.RightSurfaceCharge) })
        {
            double scale = area / PhysicalConstants.Faraday;
            switch (boundary)
            {
                case CurrentBoundary clamp:
                    drives[0] = (clamp.CurrentDensity, scale);
                    return CircuitKind.CurrentClamp;
                case SurfaceChargeBoundary surface:
                    drives[0] = (surface.ChargeDensity, scale);
                    return wall;
            }
        }
        return CircuitKind.VoltageClamp;
    }

    private static (Waveform, double)? Of(IonBoundary ion, double area) => ion switch
    {
        BathBoundary bath => (bath.Concentration, 1),
        FluxBoundary flux => (flux.Flux, area),
        _ => null,
    };
}
