namespace NernstPlanckGpu.Core.Model;

/// <summary>What is prescribed in time: the waveforms of a problem, of its ends and of its mechanisms.</summary>
internal static class PrescribedWaveforms
{
    /// <summary>All waveforms of a problem; a source's table stands for its times alone.</summary>
    public static IEnumerable<Waveform> Of(PnpProblem problem) =>
    [
        .. Of(problem.Left), .. Of(problem.Right), .. problem.Mechanisms.SelectMany(Of),
        .. (problem.Sources ?? []).Where(source => source is { Time.Count: > 1 }).Select(source => new TableWaveform(source!.Time, [.. source.Time.Select(_ => 0.0)])),
    ];

    /// <summary>The waveforms of an end.</summary>
    public static IEnumerable<Waveform> Of(Boundary end)
    {
        if (Of(end.Electric) is { } electric) yield return electric;
        foreach (IonBoundary ion in end.Ions)
            if (Of(ion) is { } waveform) yield return waveform;
    }

    /// <summary>The waveforms of a mechanism.</summary>
    public static IEnumerable<Waveform> Of(Mechanism mechanism)
    {
        Waveform?[] all = mechanism switch
        {
            GoldmanLeak leak => [leak.Permeability],
            OhmicLeak leak => [leak.Conductance, leak.Reversal],
            SodiumPotassiumPump pump => [pump.Rate, pump.Atp],
            GatedChannel channel => [channel.Conductance, channel.Reversal],
            Cotransporter carrier => [carrier.Rate],
            WaterFlux water => [water.HydraulicPermeability],
            _ => throw new ArgumentException($"the waveforms of {mechanism.GetType().Name} are not known here", nameof(mechanism)),
        };
        return all.OfType<Waveform>();
    }

    private static Waveform? Of(IonBoundary ion) => ion switch
    {
        BathBoundary bath => bath.Concentration,
        FluxBoundary flux => flux.Flux,
        _ => null,
    };

    private static Waveform? Of(ElectricBoundary electric) => electric switch
    {
        CurrentBoundary current => current.CurrentDensity,
        SurfaceChargeBoundary charge => charge.ChargeDensity,
        _ => electric.Electrode,
    };
}
