namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>Fluxes and rates of mechanisms with their derivatives; first index the flux or state, second what it is derived by.</summary>
internal sealed class MembraneDerivatives(int items, int states, int seen)
{
    public double[] Flux { get; } = new double[items];

    public double[] Rate { get; } = new double[states];

    public double[,] FluxBySeen { get; } = new double[items, seen];

    public double[,] FluxByState { get; } = new double[items, states];

    public double[,] RateBySeen { get; } = new double[states, seen];

    public double[,] RateByState { get; } = new double[states, states];

    /// <summary>Derivatives by time, of the waveforms alone.</summary>
    public double[] FluxByTime { get; } = new double[items];

    public double[] RateByTime { get; } = new double[states];

    public void Clear()
    {
        foreach (Array array in new Array[] { Flux, Rate, FluxBySeen, FluxByState, RateBySeen, RateByState, FluxByTime, RateByTime })
            Array.Clear(array);
    }
}
