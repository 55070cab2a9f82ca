using System.Globalization;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Checks that the electrical conditions of both ends together determine the potential.</summary>
internal sealed class ElectricChecks(RawConfiguration raw, ReadContext context)
{
    private const double Tolerance = 1e-6;
    private const int Panels = 2000;

    /// <summary>What the kinds alone tell: current on both ends, no potential, an axis that conducts.</summary>
    public void CheckKinds()
    {
        if (raw.Boundaries.Value is not { } ends)
            return;
        CheckAxis(ends);
        if (ends.Left.Value?.Electric is not { IsValid: true, Value: { } left }
            || ends.Right.Value?.Electric is not { IsValid: true, Value: { } right, Node: { } node })
            return;
        if (raw.Mode.Value is RunMode.CurrentVoltage or RunMode.Impedance)
            CheckElectrodes(ends.Left.Value.Electric, ends.Right.Value.Electric);
        else if (left is CurrentBoundary && right is CurrentBoundary)
            context.Report(node, "the current is prescribed at both ends", "write { \"potential\": \"0 mV\" } at one of them");
        else if (!IsPotential(left) && !IsPotential(right) && !(left is SurfaceChargeBoundary && right is SurfaceChargeBoundary))
            context.Report(node, "neither end prescribes a potential", "write { \"potential\": \"0 mV\" } or a Stern layer at one of them");
    }

    /// <summary>Surface charge on both ends: only for a closed, neutral stack.</summary>
    public void CheckClosed(IReadOnlyList<Species> species, InitialDistribution profile, Geometry geometry, Boundary left, Boundary right)
    {
        if (left.Electric is not SurfaceChargeBoundary { ChargeDensity: var chargeLeft }
            || right.Electric is not SurfaceChargeBoundary { ChargeDensity: var chargeRight })
            return;
        var node = raw.Boundaries.Value!.Right.Value!.Electric.Node!;
        const string remedy = "write { \"potential\": \"0 mV\" } at one of the ends";
        if (chargeLeft is not ConstantWaveform sigmaLeft || chargeRight is not ConstantWaveform sigmaRight)
        {
            context.Report(node, "surface charges on both ends that change in time leave the stack charged", remedy);
            return;
        }

        for (var i = 0; i < species.Count; i++)
        {
            if (species[i].Valence == 0 || (IsClosed(left.Ions[i]) && IsClosed(right.Ions[i])))
                continue;
            context.Report(node, $"with surface charge on both ends the charged species \"{species[i].Name}\" must not come and go",
                remedy + ", or block it or give it a reservoir on both ends");
            return;
        }

        var (charge, size) = Sum(profile, geometry);
        var (wallLeft, wallRight) = (sigmaLeft.Value * Area(geometry, 0), sigmaRight.Value * Area(geometry, profile.Length));
        var total = wallLeft + wallRight + PhysicalConstants.Faraday * charge;
        var scale = Math.Abs(wallLeft) + Math.Abs(wallRight) + PhysicalConstants.Faraday * size;
        if (Math.Abs(total) > Tolerance * scale)
        {
            context.Report(node, string.Create(CultureInfo.InvariantCulture,
                $"the stack with its surface charges is not neutral: {total:0.###e+0} C in all"),
                "change a surface charge or a concentration, or " + remedy);
        }
    }

    /// <summary>A potential relative to the initial steady state: where there is one, at one end at most, and never in that state itself.</summary>
    public void CheckRelative()
    {
        if (raw.Boundaries.Value is not { } ends)
            return;
        var (left, right) = (BoundaryKeys.FindRelativeTo(ends.Left), BoundaryKeys.FindRelativeTo(ends.Right));
        if (left is not null && right is not null)
            context.Report(right, "both ends count from the initial state", "remove it at one of them");
        CheckRelative(left, "left");
        CheckRelative(right, "right");
    }

    private void CheckRelative(ConfigurationNode? node, string end)
    {
        if (node is null || !raw.Initial.IsValid)
            return;
        var overrides = $"\"boundaries\": {{\"{end}\": {{\"electric\": {{\"current\": \"0 A/m^2\"}}}}}}";
        if (context.Patch is { } patch)
        {
            var isOwn = context.IsInPatch(node.Pointer);
            context.Report(isOwn ? node : patch, $"the potential at the {end} end would count from the very state that is looked for",
                isOwn ? "remove this key" : $"write {overrides} here");
        }
        else if (raw.Initial.Value?.Steady is null)
            context.Report(node, "there is no initial steady state to count from", $"write \"initial\": {{\"steady\": {{{overrides}}}}}, or remove this key");
        else if (raw.Mode.Value == RunMode.CurrentVoltage)
            context.Report(node, "a current–voltage curve sets the voltage between the electrodes itself", "remove this key");
    }

    /// <summary>Modes that set the voltage between the electrodes.</summary>
    private void CheckElectrodes(params ReadOnlySpan<Setting<ElectricBoundary>> ends)
    {
        foreach (var end in ends)
        {
            if (end is { Value: { } electric, Node: { } node } && !IsPotential(electric))
            {
                context.Report(node, $"the mode \"{ModeKeys.Word(raw.Mode.Value)}\" sets the voltage between the electrodes, but there is none at this end",
                    "write { \"potential\": \"0 mV\" } or a Stern layer here");
            }
        }
    }

    private static bool IsPotential(ElectricBoundary electric) => electric is PotentialBoundary or SternBoundary;

    private static bool IsClosed(IonBoundary ion) => ion is BlockedBoundary or ReservoirBoundary;

    private void CheckAxis(RawBoundaries ends)
    {
        if (raw.Geometry.Value is not (CylindricalGeometry { InnerRadius: 0 } or SphericalGeometry { InnerRadius: 0 })
            || ends.Left.Value is not { } left)
            return;
        if (left.Electric is { IsValid: true, Node: { } electric }
            && left.Electric.Value is not SurfaceChargeBoundary { ChargeDensity: ConstantWaveform { Value: 0 } })
            context.Report(electric, "the left end is the axis or centre, which has no area", "write { \"surfaceCharge\": 0 }");
        if (left.Ions.Value is { } map && (map.Default is { IsValid: true, Value: not RawBlocked }
            || map.Named.Values.Any(ion => ion is { IsValid: true, Value: not RawBlocked })))
            context.Report(left.Ions.Node!, "the left end is the axis or centre, where nothing passes", "write \"blocked\"");
    }

    /// <summary>Charge over F in the stack, mol, by the midpoint rule, and the sum of its parts' sizes.</summary>
    private static (double Charge, double Size) Sum(InitialDistribution profile, Geometry geometry)
    {
        var (charge, size) = (0.0, 0.0);
        for (var region = 0; region < profile.Regions.Count; region++)
        {
            var panel = profile.Regions[region].Length / Panels;
            for (var k = 0; k < Panels; k++)
            {
                var x = profile.Start(region) + (k + 0.5) * panel;
                var (density, parts) = profile.Charge(region, x);
                charge += density * panel * Area(geometry, x);
                size += parts * panel * Area(geometry, x);
            }
        }

        return (charge, size);
    }

    private static double Area(Geometry geometry, double x) => geometry switch
    {
        CylindricalGeometry cylinder => 2 * Math.PI * (cylinder.InnerRadius + x),
        SphericalGeometry sphere => 4 * Math.PI * (sphere.InnerRadius + x) * (sphere.InnerRadius + x),
        TableGeometry table => new TableWaveform(table.Position, table.Area).At(x),
        PlanarGeometry plane => plane.Area,
        _ => throw new ArgumentException($"no area of {geometry.GetType().Name}", nameof(geometry)),
    };
}
