namespace NernstPlanckGpu.Core.Theory;

/// <summary>Closed forms of diffusion and drift without coupling to Poisson's equation. Tests: DiffusionTests (reference 09).</summary>
public static class Diffusion
{
    /// <summary>
    /// Spreading and drifting Gaussian, c = M / sqrt(4πD(t + t0)) exp(−(x − x0 − vt)² / (4D(t + t0))), v = zDFE/RT.
    /// Range: no boundary within reach, field not disturbed by the tracer. Source: Crank, The Mathematics of Diffusion, 2nd ed., eq. 2.6.
    /// </summary>
    /// <param name="amount">M, mol/m².</param>
    /// <param name="diffusivity">D, m²/s.</param>
    /// <param name="origin">x0, m.</param>
    /// <param name="age">t0: time since the tracer was a point, s; > 0.</param>
    /// <param name="velocity">v, m/s.</param>
    /// <param name="x">Position, m.</param>
    /// <param name="time">t, s; ≥ 0.</param>
    /// <returns>Concentration, mol/m³.</returns>
    public static double Gaussian(double amount, double diffusivity, double origin, double age, double velocity, double x, double time)
    {
        double spread = 4 * diffusivity * (time + age), distance = x - origin - velocity * time;
        return amount / Math.Sqrt(Math.PI * spread) * Math.Exp(-distance * distance / spread);
    }

    /// <summary>
    /// Decay of a cosine in a closed box, c = c0 (1 + a cos(mπx/L) e^(−D(mπ/L)²t)). Exact for PNP too when all ions have the same D
    /// and the same relative profile (phi = 0). Source: Crank, eq. 2.17 with the method of section 2.3.
    /// </summary>
    /// <param name="mean">c0, mol/m³.</param>
    /// <param name="relativeAmplitude">a; at most 1.</param>
    /// <param name="mode">m: half waves in the box.</param>
    /// <param name="length">L, m.</param>
    /// <param name="diffusivity">D, m²/s.</param>
    /// <param name="x">Position, m.</param>
    /// <param name="time">t, s; ≥ 0.</param>
    /// <returns>Concentration, mol/m³.</returns>
    public static double Cosine(
        double mean, double relativeAmplitude, double mode, double length, double diffusivity, double x, double time)
    {
        double wave = mode * Math.PI / length;
        return mean * (1 + relativeAmplitude * Math.Cos(wave * x) * Math.Exp(-diffusivity * wave * wave * time));
    }

    /// <summary>
    /// Steady flux under a constant field, J = (D/L) (c_L B(−b) − c_R B(b)), b = zF(phi_L − phi_R)/RT.
    /// Range: any b. Scharfetter–Gummel fluxes give it exactly on any grid. Source: Scharfetter and Gummel, IEEE Trans. Electron Devices
    /// 16, 64 (1969), eq. 13.
    /// </summary>
    /// <param name="diffusivity">D, m²/s.</param>
    /// <param name="length">L, m; > 0.</param>
    /// <param name="drop">b, dimensionless.</param>
    /// <param name="left">c_L, mol/m³.</param>
    /// <param name="right">c_R, mol/m³.</param>
    /// <returns>Flux, mol/(m² s), positive towards +x.</returns>
    public static double SteadyFlux(double diffusivity, double length, double drop, double left, double right) =>
        diffusivity / length * (SpecialFunctions.Bernoulli(-drop) * left - SpecialFunctions.Bernoulli(drop) * right);

    /// <summary>Concentration of <see cref="SteadyFlux"/> at x: c = c_L + (c_R − c_L)(e^(bx/L) − 1)/(e^b − 1), mol/m³.</summary>
    /// <param name="length">L, m; > 0.</param>
    /// <param name="drop">b, dimensionless.</param>
    /// <param name="left">c_L, mol/m³.</param>
    /// <param name="right">c_R, mol/m³.</param>
    /// <param name="x">Position from the left end, m.</param>
    public static double SteadyConcentration(double length, double drop, double left, double right, double x)
    {
        double y = x / length;
        if (Math.Abs(drop) < 1e-12) return left + (right - left) * y;
        double weight = drop > 0
            ? Math.Exp(drop * (y - 1)) * SpecialFunctions.ExpM1(-drop * y) / SpecialFunctions.ExpM1(-drop)
            : SpecialFunctions.ExpM1(drop * y) / SpecialFunctions.ExpM1(drop);
        return left + (right - left) * weight;
    }
}
