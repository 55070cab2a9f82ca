namespace NernstPlanckGpu.Formulas;

/// <summary>Decisions of the explicit Euler integrator, whatever the engine.</summary>
public static class EulerRule
{
    /// <summary>Concentrations are looked at, and the spectral bound is taken anew, every so many steps.</summary>
    public const int CheckInterval = 256;

    /// <summary>The charge is taken from Gauss's law again every so many steps.</summary>
    public const int GaussInterval = 4096;

    /// <summary>Step over the stability limit 2/rho where none is given.</summary>
    public const double LimitFraction = 0.9;
}
