using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Model;

/// <summary>The initial concentrations as functions of x: from profiles, from the regions, or blended where a region has none.</summary>
internal sealed class InitialDistribution
{
    private readonly IReadOnlyList<Species> species;
    private readonly ProfilesInitialState? profiles;
    private readonly double thermalEnergy;
    private readonly double[] starts;

    public InitialDistribution(IReadOnlyList<Species> species, IReadOnlyList<Region> regions, InitialState? initial, double temperature)
    {
        this.species = species;
        Regions = regions;
        profiles = initial as ProfilesInitialState;
        thermalEnergy = PhysicalConstants.GasConstant * temperature;
        starts = new double[regions.Count + 1];
        for (var i = 0; i < regions.Count; i++)
            starts[i + 1] = starts[i] + regions[i].Length;
    }

    public IReadOnlyList<Region> Regions { get; }

    /// <summary>False when the state comes from a file or from another problem, which are not evaluated here.</summary>
    public bool IsKnown => profiles is not null;

    public double Length => starts[^1];

    /// <summary>Left end of a region, m; the right end of the stack for the index after the last.</summary>
    public double Start(int region) => starts[region];

    /// <summary>Concentration of species <paramref name="i"/> at x in a region, mol/m³.</summary>
    public double At(int i, int region, double x)
    {
        var here = Regions[region];
        if (here.Impermeable[i])
            return 0;
        return profiles!.Profiles[i] switch
        {
            GaussianProfile p => p.Base + p.Peak * Math.Exp(-(x - p.Centre) * (x - p.Centre) / (2 * p.Width * p.Width)),
            CosineProfile p => p.Mean + p.Amplitude * Math.Cos(Math.PI * p.Mode * x / Length),
            ErfProfile p => (p.Left + p.Right) / 2 + (p.Right - p.Left) / 2 * ErrorFunction.Erf((x - p.Centre) / p.Width),
            TableProfile p => Interpolation.Linear(p.Position, p.Concentration, x),
            _ => here.Concentration?[i] ?? Blend(i, region, x),
        };
    }

    /// <summary>Charge per volume over F at x, mol/m³, fixed charge included, and the sum of its parts' sizes.</summary>
    public (double Charge, double Size) Charge(int region, double x)
    {
        var fixedCharge = Regions[region].FixedCharge;
        var (charge, size) = (fixedCharge, Math.Abs(fixedCharge));
        for (var i = 0; i < species.Count; i++)
        {
            var part = species[i].Valence * At(i, region, x);
            charge += part;
            size += Math.Abs(part);
        }

        return (charge, size);
    }

    // The linear blend of the nearest neighbours that have a concentration, or the only one, times e^(−W/RT).
    private double Blend(int i, int region, double x)
    {
        int first = region, last = region;
        while (first >= 0 && Regions[first].Concentration is null) first--;
        while (last < Regions.Count && Regions[last].Concentration is null) last++;
        double? left = first >= 0 ? Regions[first].Concentration![i] : null;
        double? right = last < Regions.Count ? Regions[last].Concentration![i] : null;
        double blend = left ?? right ?? 0;
        if (left is { } from && right is { } to)
            blend = from + (to - from) * Math.Clamp((x - starts[first + 1]) / (starts[last] - starts[first + 1]), 0, 1);
        return blend * Math.Exp(-Regions[region].Barrier[i] / thermalEnergy);
    }
}
