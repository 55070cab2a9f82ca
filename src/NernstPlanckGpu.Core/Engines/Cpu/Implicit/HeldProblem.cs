using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>A problem whose waveforms and sources stay at their values at time 0.</summary>
internal static class HeldProblem
{
    /// <summary>The problem, held.</summary>
    public static PnpProblem Of(PnpProblem problem) => problem with
    {
        Left = Hold(problem.Left),
        Right = Hold(problem.Right),
        Sources = problem.Sources is { } sources ? [.. sources.Select(source => source is null ? null : Hold(source))] : null,
        Mechanisms = [.. problem.Mechanisms.Select(Hold)],
    };

    private static ConstantWaveform Still(Waveform waveform) => new ConstantWaveform(waveform.At(0));

    private static SourceTable Hold(SourceTable source)
    {
        (int i, double share) = Interpolation.Locate(source.Time, 0);
        double[] rate = [.. source.Rate[i].Select((now, x) => share == 0 ? now : (1 - share) * now + share * source.Rate[i + 1][x])];
        return source with { Time = [0], Rate = [rate] };
    }

    private static Boundary Hold(Boundary boundary)
    {
        ElectricBoundary electric = boundary.Electric switch
        {
            PotentialBoundary b => new PotentialBoundary(Still(b.Potential)),
            SternBoundary b => new SternBoundary(Still(b.Potential), b.Capacitance),
            SurfaceChargeBoundary b => new SurfaceChargeBoundary(Still(b.ChargeDensity)),
            CurrentBoundary b => new CurrentBoundary(Still(b.CurrentDensity)),
            var other => other,
        };
        return new(electric, [.. boundary.Ions.Select(ion => ion switch
        {
            BathBoundary b => new BathBoundary(Still(b.Concentration)),
            FluxBoundary b => new FluxBoundary(Still(b.Flux)),
            _ => ion,
        })]);
    }

    private static Mechanism Hold(Mechanism mechanism) => mechanism switch
    {
        GoldmanLeak m => m with { Permeability = Still(m.Permeability) },
        OhmicLeak m => m with { Conductance = Still(m.Conductance), Reversal = m.Reversal is null ? null : Still(m.Reversal) },
        SodiumPotassiumPump m => m with { Rate = Still(m.Rate), Atp = m.Atp is null ? null : Still(m.Atp) },
        GatedChannel m => m with { Conductance = Still(m.Conductance), Reversal = m.Reversal is null ? null : Still(m.Reversal) },
        Cotransporter m => m with { Rate = Still(m.Rate) },
        WaterFlux m => m with { HydraulicPermeability = Still(m.HydraulicPermeability) },
        _ => throw new ArgumentException($"no mechanism {mechanism.GetType().Name}", nameof(mechanism)),
    };
}
