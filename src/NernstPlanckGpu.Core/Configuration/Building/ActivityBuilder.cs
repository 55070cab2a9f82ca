using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>The activity model, with the sizes that it needs.</summary>
internal sealed class ActivityBuilder(RawConfiguration raw, IReadOnlyList<Species> species, ReadContext context)
{
    private const int ProfilePoints = 64;

    /// <summary>The model; null when something is wrong. Call it for a stack whose regions are right.</summary>
    /// <param name="profile">Initial state.</param>
    /// <param name="left">Left end.</param>
    /// <param name="right">Right end.</param>
    /// <param name="end">Time until which baths are looked at, s; null: not known.</param>
    public ActivityModel? Build(InitialDistribution profile, Boundary left, Boundary right, double? end)
    {
        if (raw.Activity.Value is not { } activity)
            return null;
        switch (activity.Kind)
        {
            case ActivityKind.DebyeHuckel:
                return HasSizes(Enumerable.Range(0, species.Count).Where(i => species[i].Valence != 0), "\"debyeHuckel\"", ", or \"davies\", which needs none")
                    ? new(activity.Kind) : null;
            case ActivityKind.Bikerman:
                int[] present = [.. Enumerable.Range(0, species.Count).Where(i => IsPresent(i, profile, left, right))];
                if (!HasSizes(present, "\"bikerman\"", "") || SolventSize(activity, present) is not { } solvent)
                    return null;
                CheckPacking(profile);
                CheckPacking(raw.Boundaries.Value!.Left, left, profile, 0, end);
                CheckPacking(raw.Boundaries.Value!.Right, right, profile, profile.Length, end);
                return new(activity.Kind, solvent);
            default:
                return new(activity.Kind);
        }
    }

    private bool HasSizes(IEnumerable<int> needed, string model, string otherwise)
    {
        string[] lacking = [.. needed.Where(i => species[i].IonSize is null).Select(i => species[i].Name)];
        if (lacking.Length == 0)
            return true;
        context.Report(raw.Activity.Node!, $"{model} needs the size of {string.Join(", ", lacking.Select(name => $"\"{name}\""))}",
            $"write \"size\": \"4 angstrom\" in /species{otherwise}");
        return false;
    }

    private double? SolventSize(RawActivity activity, int[] present)
    {
        if (activity.SolventSize is { } size)
            return size;
        double[] sizes = [.. present.Select(i => species[i].IonSize!.Value).Distinct()];
        if (sizes.Length == 1)
            return sizes[0];
        context.Report(raw.Activity.Node!, sizes.Length == 0 ? "no species has a size, so the solvent has none" : "the species differ in size, so the solvent needs a size of its own",
            "write { \"bikerman\": { \"solventSize\": \"2.75 angstrom\" } }, or one \"size\" for all species");
        return null;
    }

    /// <summary>True where some of a species is, or may come.</summary>
    private bool IsPresent(int i, InitialDistribution profile, Boundary left, Boundary right) =>
        raw.Initial.Value?.File is not null
        || raw.Initial.Value?.Profiles?.For(species[i].Name)?.Value is not (null or RegionsProfile)
        || raw.Source.Value?.For(species[i].Name) is not null
        || profile.Regions.Any(region => region.Concentration?[i] > 0)
        || Brings(left.Ions[i]) || Brings(right.Ions[i]);

    private static bool Brings(IonBoundary ion) => ion switch
    {
        BathBoundary bath => bath.Concentration is not ConstantWaveform { Value: 0 },
        ReservoirBoundary reservoir => reservoir.Concentration > 0,
        FluxBoundary flux => flux.Flux is not ConstantWaveform { Value: 0 },
        _ => false,
    };

    /// <summary>The initial state leaves room everywhere but in membranes, where the model does not hold.</summary>
    private void CheckPacking(InitialDistribution profile)
    {
        for (var region = 0; region < profile.Regions.Count; region++)
        {
            var layer = profile.Regions[region];
            if (layer.IsMembrane)
                continue;
            double[] fractions = profile.IsKnown
                ? [.. Enumerable.Range(0, ProfilePoints + 1).Select(k => Fraction(i => profile.At(i, region, profile.Start(region) + layer.Length * k / ProfilePoints)))]
                : [Fraction(i => layer.Concentration?[i] ?? 0)];
            var rawRegion = raw.Regions.Value![region].Value!;
            Report(fractions.Max(), raw.Initial.Node is { } initial && rawRegion.Concentration.Node is null ? initial : rawRegion.Concentration.Node ?? rawRegion.Node,
                $"the region \"{layer.Name}\"");
        }
    }

    private void CheckPacking(Setting<RawBoundary> setting, Boundary boundary, InitialDistribution profile, double x, double? end)
    {
        var most = EndConcentration.Times(boundary, end ?? double.PositiveInfinity)
            .Max(time => Fraction(i => EndConcentration.At(boundary, i, profile, x, time) ?? 0));
        var region = profile.Regions[x == 0 ? 0 : profile.Regions.Count - 1];
        if (Fraction(i => region.Concentration?[i] ?? 0) < 1)
            Report(most, setting.Value!.Ions.Node!, $"the bath beside the region \"{region.Name}\"");
    }

    /// <summary>Part of the space that ions fill, N_A Σ a³ c.</summary>
    private double Fraction(Func<int, double> concentration) => PhysicalConstants.Avogadro
        * Enumerable.Range(0, species.Count).Sum(i => Math.Pow(species[i].IonSize ?? 0, 3) * concentration(i));

    private void Report(double fraction, Json.ConfigurationNode place, string where)
    {
        if (fraction < 1)
            return;
        context.Report(place, string.Create(CultureInfo.InvariantCulture, $"the ions fill {fraction:G3} times the space of {where}"),
            "write smaller concentrations, or smaller sizes in /species");
    }
}
