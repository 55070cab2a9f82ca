using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>The initial concentrations as functions of x, for checks of charge.</summary>
internal sealed class InitialConcentrations
{
    private readonly IReadOnlyList<Species> species;
    private readonly ProfilesInitialState? profiles;
    private readonly double thermalEnergy;
    private readonly double[] starts;

    public InitialConcentrations(IReadOnlyList<Species> species, IReadOnlyList<Region> regions, InitialState initial, double temperature)
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

    /// <summary>False when the state comes from a file, which is not read here.</summary>
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
            ErfProfile p => (p.Left + p.Right) / 2 + (p.Right - p.Left) / 2 * Erf((x - p.Centre) / p.Width),
            TableProfile p => new TableWaveform(p.Position, p.Concentration).At(x),
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

    private double Blend(int i, int region, double x)
    {
        var (first, last) = (region, region);
        while (first > 0 && Regions[first].Concentration is null)
            first--;
        while (last < Regions.Count - 1 && Regions[last].Concentration is null)
            last++;
        var left = Regions[first].Concentration?[i] ?? 0;
        var right = Regions[last].Concentration?[i] ?? 0;
        var (from, to) = (starts[first + 1], starts[last]);
        var fraction = to > from ? Math.Clamp((x - from) / (to - from), 0, 1) : 0;
        return (left + (right - left) * fraction) * Math.Exp(-Regions[region].Barrier[i] / thermalEnergy);
    }

    /// <summary>Error function within 1.5e-7 (Abramowitz and Stegun 7.1.26): the checks that use it are looser.</summary>
    private static double Erf(double x)
    {
        var t = 1 / (1 + 0.3275911 * Math.Abs(x));
        var series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return Math.CopySign(1 - series * Math.Exp(-x * x), x);
    }
}
