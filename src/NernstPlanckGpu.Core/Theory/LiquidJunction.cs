using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>One ion of a liquid junction.</summary>
/// <param name="Valence">Charge number z.</param>
/// <param name="Diffusivity">Diffusivity, m²/s.</param>
/// <param name="Left">Concentration on the left, mol/m³.</param>
/// <param name="Right">Concentration on the right, mol/m³.</param>
public readonly record struct JunctionIon(double Valence, double Diffusivity, double Left, double Right);

/// <summary>
/// Liquid junction potentials, phi_right − phi_left. Freely diffusing PNP tends to neither formula unless both agree (one salt);
/// a layer with fixed ends tends to Planck's. Tests: LiquidJunctionTests, against reference case 05.
/// </summary>
public static class LiquidJunction
{
    /// <summary>
    /// Henderson (linear mixing), phi_R − phi_L = −(RT/F) [Σ z D Δc / Σ z² D Δc] ln(Σ z² D c_R / Σ z² D c_L).
    /// Range: electroneutral sides. Source: Henderson, Z. Phys. Chem. 59, 118 (1907).
    /// </summary>
    /// <param name="ions">Ions.</param>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <returns>Potential of the right side against the left one, V.</returns>
    public static double Henderson(IReadOnlyList<JunctionIon> ions, double temperature)
    {
        double left = 0, right = 0, drift = 0;
        foreach (JunctionIon ion in ions)
        {
            double weight = ion.Valence * ion.Diffusivity;
            left += ion.Valence * weight * ion.Left;
            right += ion.Valence * weight * ion.Right;
            drift += weight * (ion.Right - ion.Left);
        }

        // ln(R/L) / (R − L) tends to 1/L where the conductivities agree.
        double relative = (right - left) / left;
        double mean = relative == 0 ? 1 / left : SpecialFunctions.LogP1(relative) / (right - left);
        return -PhysicalConstants.ThermalVoltage(temperature) * drift * mean;
    }

    /// <summary>
    /// Planck (steady layer, electroneutral, zero current) for univalent ions: v = F (phi_R − phi_L) / RT is the root of
    /// Σ z D (c_R e^(zv) − c_L) B(zv + ln(C_R / C_L)) = 0, C the total concentration; with C_R = C_L it is the GHK voltage.
    /// Range: |z| = 1. Source: Planck, Ann. Phys. 276, 561 (1890); this form follows from C linear and C phi' constant.
    /// </summary>
    /// <param name="ions">Univalent ions.</param>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <returns>Potential of the right side against the left one, V.</returns>
    public static double Planck(IReadOnlyList<JunctionIon> ions, double temperature)
    {
        if (ions.Any(ion => Math.Abs(ion.Valence) != 1))
            throw new ArgumentException("Planck's formula holds for univalent ions only", nameof(ions));
        double ratio = Math.Log(ions.Sum(ion => ion.Right) / ions.Sum(ion => ion.Left));
        double scale = ions.Sum(ion => ion.Diffusivity * (ion.Left + ion.Right));
        return PhysicalConstants.ThermalVoltage(temperature) * RootFinding.Increasing(v => ions.Sum(ion => Term(ion, v, ratio)) / scale, 2);
    }

    // e^(zv) B(zv + r) = e^(−r) B(−(zv + r)) does not overflow.
    private static double Term(JunctionIon ion, double v, double ratio)
    {
        double x = ion.Valence * v + ratio;
        return ion.Valence * ion.Diffusivity
            * (ion.Right * Math.Exp(-ratio) * SpecialFunctions.Bernoulli(-x) - ion.Left * SpecialFunctions.Bernoulli(x));
    }
}
