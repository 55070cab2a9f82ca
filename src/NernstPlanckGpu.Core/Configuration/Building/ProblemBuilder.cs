using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Puts a problem together from what was read, and checks what no single key can: references, neutrality, well-posedness.</summary>
internal sealed class ProblemBuilder(RawConfiguration raw, ReadContext context)
{
    private const double ColdestUsual = 250;
    private const double HottestUsual = 400;

    /// <summary>The problem; null when something is wrong, which then is among the context's errors.</summary>
    /// <param name="fileName">Gives the folder of relative paths.</param>
    /// <param name="end">Time until which the boundaries must make sense, s; null when it is not known.</param>
    public PnpProblem? Build(string fileName, double? end)
    {
        var species = SpeciesBuilder.Build(raw, context);
        var names = context.SpeciesNames is { } known && known.Distinct(StringComparer.Ordinal).Count() == known.Count ? known : null;
        var regions = names is null ? null : new RegionBuilder(raw, names, context).Build();
        var ends = raw.Boundaries.Value;
        var left = names is null || ends is null ? null : BoundaryBuilder.Build(ends.Left, regions?[0], names, context);
        var right = names is null || ends is null ? null : BoundaryBuilder.Build(ends.Right, regions?[^1], names, context);
        var initial = names is null ? null : Initial(names, fileName);
        var sources = names is null ? null : Sources(names);
        var mechanisms = species is null || names is null ? null : context.Build(raw.Mechanisms, (new Reference(species), raw.Temperature.Value), () => new MechanismBuilder(raw, species, context).Build());
        var electric = new ElectricChecks(raw, context);
        electric.CheckKinds();
        electric.CheckRelative();
        if (names is not null)
            CheckEndConcentrations(regions, names);
        RemarkTemperature();
        var activity = species is not null && regions is not null && (initial is not null || raw.Initial.Value?.Steady is not null)
            ? CheckPhysics(species, regions, left, right, initial, mechanisms, end) : null;
        if (raw.Initial.Value?.Steady is { } overrides && new SteadyStateBuilder(raw, overrides, context).Build(fileName) is { } steady)
        {
            initial = new SteadyInitialState(steady);
            if (mechanisms is not null)
                new MechanismChecks(raw, mechanisms, context).CheckSameLayout(steady, overrides);
        }

        if (context.Errors.Count > 0 || species is null || regions is null || left is null || right is null || initial is null
            || mechanisms is null || activity is null)
            return null;
        return new()
        {
            Temperature = raw.Temperature.Value,
            Geometry = raw.Geometry.Value!,
            Species = species,
            Regions = [.. regions.OfType<Region>()],
            Left = left,
            Right = right,
            Initial = initial,
            Sources = sources,
            GridTolerance = raw.GridTolerance,
            Mechanisms = mechanisms,
            Activity = activity,
        };
    }

    /// <summary>Checks the stack as a whole; the activity model when it can be told.</summary>
    private ActivityModel? CheckPhysics(IReadOnlyList<Species> species, IReadOnlyList<Region?> regions, Boundary? left, Boundary? right,
        InitialState? initial, IReadOnlyList<Mechanism>? mechanisms, double? end)
    {
        if (raw.Boundaries.Value is not { } ends)
            return null;
        WaveformChecks.Check(ends.Left, left, end, context);
        WaveformChecks.Check(ends.Right, right, end, context);
        if (regions.Any(region => region is null) || !raw.Temperature.IsValid)
            return null;
        var profile = new InitialDistribution(species, [.. regions.OfType<Region>()], initial, raw.Temperature.Value);
        var neutrality = new NeutralityChecks(species, profile, context);
        neutrality.CheckEnd(ends.Left, left, regions[0]!, 0, end);
        neutrality.CheckEnd(ends.Right, right, regions[^1]!, profile.Length, end);
        if (profile.IsKnown && left is not null && right is not null && raw.Geometry.Value is { } geometry)
            new ElectricChecks(raw, context).CheckClosed(species, profile, geometry, left, right);
        new MechanismChecks(raw, mechanisms ?? [], context).Check(species, profile, left, right, end);
        new MechanismChecks(raw, mechanisms ?? [], context).RemarkActivity();
        new WaterFluxChecks(raw, species, context).Check(profile.Regions, left, right);
        return left is null || right is null ? null : new ActivityBuilder(raw, species, context).Build(profile, left, right, end);
    }

    /// <summary>The initial state, if it needs no other problem.</summary>
    private InitialState? Initial(IReadOnlyList<string> names, string fileName)
    {
        if (!raw.Initial.IsValid || raw.Initial.Value is not { Steady: null } setting)
            return null;
        return context.Build(raw.Initial, 0, () => Initial(setting, names, fileName));
    }

    private static InitialState? Initial(RawInitial setting, IReadOnlyList<string> names, string fileName)
    {
        if (setting.File is { } path)
            return new FileInitialState(Path.GetFullPath(Path.Combine(Folder(fileName), path)));
        if (setting.Profiles?.Named.Values.Any(profile => !profile.IsValid) == true)
            return null;
        return new ProfilesInitialState([.. names.Select(name => setting.Profiles?.For(name)?.Value ?? new RegionsProfile())]);
    }

    private static string Folder(string fileName)
    {
        try
        {
            return Path.GetDirectoryName(Path.GetFullPath(fileName)) ?? "";
        }
        catch (ArgumentException)
        {
            return "";
        }
    }

    private List<SourceTable?>? Sources(IReadOnlyList<string> names) =>
        raw.Source.Value is { Named.Count: > 0 } map ? [.. names.Select(name => map.For(name)?.Value)] : null;

    /// <summary>An end region needs concentrations where a bath or the initial state is taken from it.</summary>
    private void CheckEndConcentrations(IReadOnlyList<Region?>? regions, IReadOnlyList<string> names)
    {
        if (regions is null || raw.Regions.Value is not { } list)
            return;
        foreach (var index in new[] { 0, list.Count - 1 }.Distinct())
        {
            if (list[index].Value is not { Concentration: { IsPresent: false, IsValid: true } } region || regions[index] is null)
                continue;
            var boundaries = raw.Boundaries.Value;
            var takenByEnds = (index == 0 && NeedsRegion(boundaries?.Left.Value, names))
                || (index == list.Count - 1 && NeedsRegion(boundaries?.Right.Value, names));
            var takenByInitial = raw.Initial is { IsValid: true, Value: { HasProfiles: true } initial }
                && names.Any(name => initial.Profiles?.For(name)?.Value is null or RegionsProfile);
            if (takenByEnds || takenByInitial)
            {
                context.Report(region.Node, "the region at an end has no \"concentration\", which its bath or the initial state needs",
                    "write \"concentration\": { \"K\": \"140 mM\", ... }, or {} for none");
            }
        }
    }

    private static bool NeedsRegion(RawBoundary? boundary, IReadOnlyList<string> names) =>
        boundary?.Ions.Value is { } map
            && names.Any(name => map.For(name)?.Value is RawBath { Concentration: null } or RawReservoir { Concentration: null });

    private void RemarkTemperature()
    {
        if (raw.Temperature is { IsValid: true, Value: < ColdestUsual or > HottestUsual, Value: var kelvin })
        {
            var text = kelvin.ToString("0.##", CultureInfo.InvariantCulture);
            context.Remarks.Add($"the temperature is {text} K; a plain number is in kelvin, write \"{text} degC\" if Celsius was meant");
        }
    }
}
