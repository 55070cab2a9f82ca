using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>What of a problem is prescribed in time.</summary>
internal static class WaveformsOf
{
    /// <summary>All of its waveforms.</summary>
    public static IEnumerable<Waveform> Problem(PnpProblem problem)
    {
        foreach (Boundary end in new[] { problem.Left, problem.Right })
        {
            Waveform? electric = end.Electric switch
            {
                SurfaceChargeBoundary one => one.ChargeDensity,
                CurrentBoundary one => one.CurrentDensity,
                { Electrode: var electrode } => electrode,
            };
            if (electric is not null) yield return electric;
            foreach (IonBoundary ion in end.Ions)
            {
                if (ion is BathBoundary bath) yield return bath.Concentration;
                if (ion is FluxBoundary flux) yield return flux.Flux;
            }
        }
        foreach (Waveform? waveform in problem.Mechanisms.SelectMany(Mechanism)) if (waveform is not null) yield return waveform;
        foreach (SourceTable? source in problem.Sources ?? [])
            if (source is { Time.Count: > 1 }) yield return new TableWaveform(source.Time, [.. source.Time.Select(_ => 0.0)]);
    }

    private static IEnumerable<Waveform?> Mechanism(Mechanism mechanism) => mechanism switch
    {
        GoldmanLeak one => [one.Permeability],
        OhmicLeak one => [one.Conductance, one.Reversal],
        SodiumPotassiumPump one => [one.Rate, one.Atp],
        GatedChannel one => [one.Conductance, one.Reversal],
        Cotransporter one => [one.Rate],
        WaterFlux one => [one.HydraulicPermeability],
        _ => throw new ArgumentException($"the waveforms of {mechanism.GetType().Name} are not known here", nameof(mechanism)),
    };
}
