using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>Donnan equilibrium between an electrolyte and a gel that holds fixed charge.</summary>
public static class Donnan
{
    /// <summary>
    /// Donnan potential of the gel against the bath: the root phi of Σ z c e^(−zF phi / RT) + X = 0;
    /// for 1:1 phi = (RT/F) asinh(X / 2c). Range: gel several Debye lengths thick, at least one ion that balances X.
    /// Source: Donnan, Z. Elektrochem. 17, 572 (1911); Teorell, Proc. Soc. Exp. Biol. Med. 33, 282 (1935).
    /// Test: DonnanTests (reference 06).
    /// </summary>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <param name="valence">Charge number per species.</param>
    /// <param name="bath">Concentration in the bath per species, mol/m³.</param>
    /// <param name="fixedCharge">Fixed charge X of the gel, mol/m³ of elementary charges, with sign.</param>
    /// <returns>Potential of the gel against the bath, V.</returns>
    public static double Potential(double temperature, IReadOnlyList<double> valence, IReadOnlyList<double> bath, double fixedCharge)
    {
        double Charge(double u)
        {
            double sum = -fixedCharge;
            for (int i = 0; i < valence.Count; i++)
                if (bath[i] > 0 && valence[i] != 0) sum -= valence[i] * bath[i] * Math.Exp(-valence[i] * u);
            return sum;
        }

        return PhysicalConstants.ThermalVoltage(temperature) * RootFinding.Increasing(Charge, 1);
    }
}
