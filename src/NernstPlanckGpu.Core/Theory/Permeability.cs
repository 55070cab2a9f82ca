using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Theory;

/// <summary>
/// Permeability under zero field: the diffusion resistances of the layers in series.
/// Source: Diamond and Katz, J. Membrane Biol. 17, 121 (1974), eq. 5. Tests: PermeabilityTests (12 kJ/mol is a factor 104.95 at 37 °C).
/// </summary>
public static class Permeability
{
    /// <summary>
    /// Permeability of one layer, P = D e^(−W/RT) / L. Range: any; 0 where D = 0.
    /// </summary>
    /// <param name="diffusivity">Diffusivity in the layer, m²/s.</param>
    /// <param name="barrier">Standard chemical potential W against bulk water, J/mol.</param>
    /// <param name="length">Thickness, m; > 0.</param>
    /// <param name="temperature">Absolute temperature, K; > 0.</param>
    /// <returns>Permeability, m/s.</returns>
    public static double OfLayer(double diffusivity, double barrier, double length, double temperature) =>
        diffusivity * Math.Exp(-barrier / (PhysicalConstants.GasConstant * temperature)) / length;

    /// <summary>
    /// Permeability of a stack of regions for one species under zero field,
    /// 1/P = A_ref ∫ e^(W/RT) / (D A) dx. Range: 0 where a region lets none through.
    /// </summary>
    /// <param name="problem">Problem; its geometry gives A(x).</param>
    /// <param name="species">Index of the species.</param>
    /// <param name="include">Which regions count (all: the stack; membranes: the membrane).</param>
    /// <param name="referenceArea">Area A_ref that P is per, m² (planar: its area).</param>
    /// <returns>Permeability, m/s; infinite when no region is included.</returns>
    public static double OfRegions(PnpProblem problem, int species, Func<Region, bool> include, double referenceArea = 1)
    {
        double resistance = 0, from = 0;
        foreach (Region region in problem.Regions)
        {
            if (include(region))
            {
                double bulk = problem.Species[species].Diffusivity;
                double diffusivity = region.Impermeable[species] ? 0 : bulk * region.DiffusivityFactor[species];
                double conductance = OfLayer(diffusivity, region.Barrier[species], 1, problem.Temperature);
                resistance += referenceArea * InverseArea(problem.Geometry, from, from + region.Length) / conductance;
            }

            from += region.Length;
        }

        return 1 / resistance;
    }

    /// <summary>Permeability of the membrane regions alone; see <see cref="OfRegions"/>.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="species">Index of the species.</param>
    /// <param name="referenceArea">Area that P is per, m² (planar: its area).</param>
    /// <returns>Permeability, m/s; infinite without a membrane.</returns>
    public static double OfMembrane(PnpProblem problem, int species, double referenceArea = 1) =>
        OfRegions(problem, species, region => region.IsMembrane, referenceArea);

    /// <summary>Integral of dx / A(x) between two positions, in 1/m (planar: length over area).</summary>
    /// <param name="geometry">Geometry.</param>
    /// <param name="from">Lower position, m.</param>
    /// <param name="to">Upper position, m.</param>
    public static double InverseArea(Geometry geometry, double from, double to) => geometry switch
    {
        CylindricalGeometry g => SpecialFunctions.LogP1((to - from) / (g.InnerRadius + from)) / (2 * Math.PI),
        SphericalGeometry g => (to - from) / ((g.InnerRadius + from) * (g.InnerRadius + to)) / (4 * Math.PI),
        TableGeometry g => InverseAreaOfTable(g, from, to),
        PlanarGeometry g => (to - from) / g.Area,
        _ => throw new ArgumentException($"geometry {geometry.GetType().Name} has no area", nameof(geometry)),
    };

    // Between two points of the table A is linear: the integral is Δx ln(A2/A1) / (A2 − A1).
    private static double InverseAreaOfTable(TableGeometry table, double from, double to)
    {
        double[] corners = [from, .. table.Position.Where(x => x > from && x < to), to];
        double sum = 0;
        for (int i = 1; i < corners.Length; i++)
        {
            double left = AreaAt(table, corners[i - 1]), ratio = AreaAt(table, corners[i]) / left - 1;
            sum += (corners[i] - corners[i - 1]) / left * (ratio == 0 ? 1 : SpecialFunctions.LogP1(ratio) / ratio);
        }

        return sum;
    }

    private static double AreaAt(TableGeometry table, double x)
    {
        int last = table.Position.Count - 1;
        if (x <= table.Position[0]) return table.Area[0];
        if (x >= table.Position[last]) return table.Area[last];
        int k = 1;
        while (table.Position[k] < x) k++;
        double weight = (x - table.Position[k - 1]) / (table.Position[k] - table.Position[k - 1]);
        return table.Area[k - 1] + weight * (table.Area[k] - table.Area[k - 1]);
    }
}
