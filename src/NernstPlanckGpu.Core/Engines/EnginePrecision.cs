namespace NernstPlanckGpu.Core.Engines;

/// <summary>Precision of an engine's arithmetic, decided when it is opened.</summary>
public enum EnginePrecision
{
    /// <summary>Double throughout.</summary>
    Full,

    /// <summary>
    /// State and fluxes in double, the Bernoulli functions of the fluxes in single precision: for devices whose rate in double is a small part of
    /// that in single. For explicit steps on a device.
    /// </summary>
    Mixed,
}
