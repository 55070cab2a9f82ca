using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>Problems of every shape for engine tests: odd sizes, one to eight species, every boundary, membranes and none.</summary>
internal static class RandomProblems
{
    /// <summary>A problem whose shape depends on the shape seed alone and whose numbers depend on both.</summary>
    public static PnpProblem Create(int cells, int speciesCount, int shapeSeed, int valueSeed)
    {
        var shape = new Random(shapeSeed);
        var value = new Random(valueSeed);
        double Around(double x) => x * (0.8 + 0.4 * value.NextDouble());
        double[] valences = [1, -1, 2, 0, -0.5, 1, 0.85, -2];
        Species[] species = [.. Enumerable.Range(0, speciesCount).Select(s => new Species($"S{s}", valences[s], Around(1.5e-9)))];
        bool membrane = cells >= 5;
        int inner = membrane ? cells / 3 : 0, outer = (cells - inner) / 2, first = cells - inner - outer;
        double[] left = Neutral(species, value), right = Neutral(species, value);
        var regions = new List<Region> { Bath("left", first, left, species, Around) };
        if (membrane) regions.Add(Membrane(inner, species, Around));
        if (outer > 0) regions.Add(Bath("right", outer, right, species, Around));
        int kind = shape.Next(5);
        return new()
        {
            Temperature = 300,
            Geometry = shape.Next(3) switch { 0 => new PlanarGeometry(), 1 => new CylindricalGeometry(20e-9), _ => new SphericalGeometry(30e-9) },
            Species = species,
            Regions = regions,
            Left = new(Electric(kind, Around), [.. left.Select((c, s) => Ion(kind, s, c, Around))]),
            Right = new(new PotentialBoundary(new ConstantWaveform(0)), [.. (outer > 0 ? right : left).Select(c => new BathBoundary(new ConstantWaveform(c)))]),
            Initial = new ProfilesInitialState([.. species.Select(_ => new RegionsProfile())]),
        };
    }

    private static ElectricBoundary Electric(int kind, Func<double, double> around) => kind switch
    {
        0 => new PotentialBoundary(new ConstantWaveform(around(-0.07))),
        1 => new SternBoundary(new ConstantWaveform(around(0.05)), around(0.2)),
        2 => new SurfaceChargeBoundary(new ConstantWaveform(around(0.002))),
        3 => new CurrentBoundary(new ConstantWaveform(around(50))),
        _ => new PotentialBoundary(new ConstantWaveform(around(0.1))),
    };

    private static IonBoundary Ion(int kind, int s, double c, Func<double, double> around) => kind switch
    {
        0 => new BathBoundary(new ConstantWaveform(c)),
        1 or 2 => new BlockedBoundary(),
        3 => s == 0 ? new FluxBoundary(new ConstantWaveform(around(1e-4))) : new BathBoundary(new ConstantWaveform(c)),
        _ => new ReservoirBoundary(around(20e-9), c),
    };

    // Concentrations around 100 mol/m³, neutral through the first anion (or uncharged when there is none).
    private static double[] Neutral(Species[] species, Random random)
    {
        double[] c = [.. species.Select(_ => 50 + 100 * random.NextDouble())];
        double charge = 0;
        for (int s = 0; s < c.Length; s++) charge += s == 1 ? 0 : species[s].Valence * c[s];
        if (c.Length > 1) c[1] = charge / -species[1].Valence;
        return c;
    }

    private static Region Bath(string name, int cells, double[] concentration, Species[] species, Func<double, double> around) => new()
    {
        Name = name,
        Length = around(0.2e-9 * cells),
        Permittivity = 78.5,
        Concentration = concentration,
        Impermeable = [.. species.Select(_ => false)],
        DiffusivityFactor = [.. species.Select(_ => 1.0)],
        Barrier = [.. species.Select(_ => 0.0)],
        Grid = new(cells, null, null, Grading.None),
    };

    private static Region Membrane(int cells, Species[] species, Func<double, double> around) => new()
    {
        Name = "membrane",
        Length = around(0.2e-9 * cells),
        Permittivity = 4,
        IsMembrane = true,
        Impermeable = [.. species.Select((_, s) => s == 2)],
        DiffusivityFactor = [.. species.Select(_ => around(0.01))],
        Barrier = [.. species.Select(_ => around(8e3))],
        Grid = new(cells, null, null, Grading.None),
    };
}
