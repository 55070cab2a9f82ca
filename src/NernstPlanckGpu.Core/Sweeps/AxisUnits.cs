using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>SI units of axes by their dimension.</summary>
internal static class AxisUnits
{
    private static readonly QuantityKind[] Kinds =
    [
        QuantityKind.Length, QuantityKind.Area, QuantityKind.Time, QuantityKind.Temperature, QuantityKind.Concentration,
        QuantityKind.Diffusivity, QuantityKind.Potential, QuantityKind.MolarEnergy, QuantityKind.Capacitance, QuantityKind.SurfaceCharge,
        QuantityKind.CurrentDensity, QuantityKind.Flux, QuantityKind.Source, QuantityKind.Permeability, QuantityKind.Conductance,
        QuantityKind.HydraulicPermeability, QuantityKind.AreaToVolume, QuantityKind.Rate,
    ];

    /// <summary>The SI unit as a configuration has it: "mol/m^3".</summary>
    public static string Written(Dimension dimension) => Find(dimension)?.Unit ?? dimension.ToString();

    /// <summary>The SI unit as UDUNITS has it: "mol m-3"; "1" for none.</summary>
    public static string Udunits(Dimension dimension)
    {
        if (Find(dimension) is not { } kind)
            return dimension.ToString().Replace("^", "", StringComparison.Ordinal);
        var factors = kind.Unit.Split('/');
        IEnumerable<string> above = factors[0] == "1" ? [] : [factors[0].Replace("^", "", StringComparison.Ordinal)];
        return string.Join(' ', above.Concat(factors[1..].Select(Inverse)));
    }

    private static string Inverse(string factor)
    {
        var parts = factor.Split('^');
        return $"{parts[0]}-{(parts.Length > 1 ? parts[1] : "1")}";
    }

    private static QuantityKind? Find(Dimension dimension) => Array.Find(Kinds, kind => kind.Dimension == dimension);
}
