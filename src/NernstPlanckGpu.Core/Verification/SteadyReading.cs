using System.Numerics;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>What an engine says of a steady state beside its concentrations and fluxes.</summary>
/// <param name="voltage">Potential of the left electrode minus that of the right, V.</param>
/// <param name="admittance">Small-signal admittance by frequency, A/V; null where the engine has none.</param>
/// <param name="engine">Engine, for the message.</param>
internal sealed class SteadyReading(double voltage, Func<double, Complex>? admittance, IEngine engine)
{
    /// <summary>Potential of the left electrode minus that of the right, V.</summary>
    public double Voltage => voltage;

    /// <summary>Small-signal admittance, A/V.</summary>
    /// <param name="frequency">Hz.</param>
    /// <exception cref="EngineRefusalException">The engine has none.</exception>
    public Complex Admittance(double frequency) =>
        admittance?.Invoke(frequency) ?? throw EngineRefusalException.Of(engine, "it finds no admittances");
}
