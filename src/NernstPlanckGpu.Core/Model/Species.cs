namespace NernstPlanckGpu.Core.Model;

/// <summary>An ion or a neutral tracer.</summary>
/// <param name="Name">Name, as the configuration gives it ("K").</param>
/// <param name="Valence">Charge number z; any finite number (0 and −0.85 included).</param>
/// <param name="Diffusivity">Bulk diffusivity D at the run's temperature, m²/s; ≥ 0.</param>
/// <param name="IonSize">Debye–Hückel size, m; null when none is known.</param>
public sealed record Species(string Name, double Valence, double Diffusivity, double? IonSize = null);
