using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// The numbers of a problem's activity model as <see cref="Formulas.IActivityLaw{T}"/> takes them: the weights of the measure m = Σ w c, and
/// for each species and cell its amplitude and closeness. A ghost has those of the region beside it, a membrane amplitude 0.
/// </summary>
internal sealed class ActivityConstants
{
    private const double PerLitre = 1000;
    private readonly ActivityModel model;
    private readonly Species[] species;
    private readonly int[] regionOfCell;
    private readonly double[][] amplitude, closeness;

    /// <summary>Takes a problem whose model is not ideal.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="shape">Its shape; indices of species are the pack's.</param>
    /// <exception cref="ArgumentException">An ion has no size where the model needs one.</exception>
    public ActivityConstants(DiscreteProblem problem, PackShape shape)
    {
        PnpProblem p = problem.Problem;
        model = p.Activity;
        species = [.. shape.Order.Select(s => p.Species[s])];
        regionOfCell = problem.Grid.RegionOfCell;
        Weight = [.. species.Select(WeightOf)];
        amplitude = [.. p.Regions.Select(region => species.Select(one => region.IsMembrane ? 0 : AmplitudeIn(region, p.Temperature, one)).ToArray())];
        closeness = [.. p.Regions.Select(region => species.Select(one => ClosenessIn(region, p.Temperature, one)).ToArray())];
    }

    /// <summary>w per species: z²/2000 (I in mol/L), or N_A a³.</summary>
    public double[] Weight { get; }

    /// <summary>Amplitude of a species in a block, 0 … n + 1.</summary>
    public double Amplitude(int s, int blockIndex) => amplitude[Region(blockIndex)][s];

    /// <summary>Closeness of a species in a block, 0 … n + 1.</summary>
    public double Closeness(int s, int blockIndex) => closeness[Region(blockIndex)][s];

    private int Region(int blockIndex) => regionOfCell[Math.Clamp(blockIndex - 1, 0, regionOfCell.Length - 1)];

    private double WeightOf(Species one) => model.Kind == ActivityKind.Bikerman
        ? PhysicalConstants.Avogadro * Cube(Extent(one)) : 0.5 * one.Valence * one.Valence / PerLitre;

    private double AmplitudeIn(Region region, double temperature, Species one) => model.Kind == ActivityKind.Bikerman
        ? Cube(Extent(one) / model.SolventSize)
        : Math.Log(10) * one.Valence * one.Valence * DebyeHuckelConstants.A(temperature, region.Permittivity);

    private double ClosenessIn(Region region, double temperature, Species one) => model.Kind switch
    {
        // A species without charge has no cloud, whatever its size.
        ActivityKind.DebyeHuckel => one.Valence == 0 ? 1 : DebyeHuckelConstants.B(temperature, region.Permittivity) * Size(one),
        _ => 1,
    };

    // A species that is nowhere needs no size.
    private static double Extent(Species one) => one.IonSize ?? 0;

    private double Size(Species one) =>
        one.IonSize ?? throw new ArgumentException($"the activity model {model.Kind} needs a size of {one.Name}");

    private static double Cube(double x) => x * x * x;
}
