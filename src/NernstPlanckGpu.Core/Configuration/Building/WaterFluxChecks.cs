using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Checks that water that flows fills and dilutes whole reservoirs.</summary>
internal sealed class WaterFluxChecks(RawConfiguration raw, IReadOnlyList<Species> species, ReadContext context)
{
    /// <summary>Checks both ends, where there is a water flux.</summary>
    public void Check(IReadOnlyList<Region> regions, Boundary? left, Boundary? right)
    {
        var fluxes = (raw.Mechanisms.Value ?? []).Where(item => item.Value is RawWaterFlux).ToList();
        if (fluxes.Count == 0 || left is null || right is null)
            return;
        if (fluxes.Count > 1)
            context.Report(fluxes[1].Node!, "this is a second water flux", "keep one, with the sum of their permeabilities");
        var (hasLeft, hasRight) = (MechanismChecks.HasReservoir(left), MechanismChecks.HasReservoir(right));
        // A run may start from where its cell was held between baths: there the water moves nothing.
        var isHeld = context.Patch is not null;
        if (!hasLeft && !hasRight && !isHeld)
        {
            context.Report(fluxes[0].Node!, "neither end has a reservoir whose volume the water could change",
                "write \"ions\": {\"reservoir\": {\"depth\": \"3.3 um\"}} at one of the ends");
            return;
        }

        if (!hasLeft && !isHeld && ((RawWaterFlux)fluxes[0].Value!).Burst.Node is { } burst)
            context.Report(burst, "there is no reservoir at the left end that could burst", "remove it, or write a reservoir at the left end");
        if (hasLeft)
            CheckEnd(raw.Boundaries.Value!.Left.Value!, left, regions[0], raw.Regions.Value![0].Value!);
        if (hasRight)
            CheckEnd(raw.Boundaries.Value!.Right.Value!, right, regions[^1], raw.Regions.Value![^1].Value!);
    }

    private void CheckEnd(RawBoundary end, Boundary boundary, Region region, RawRegion rawRegion)
    {
        if (region.FixedCharge != 0)
        {
            context.Report(rawRegion.FixedCharge.Node!, "with a water flux, a fixed charge beside a reservoir would not be diluted",
                "write the charge as a species with a reservoir, \"impermeable\" in the membrane");
        }

        var first = Enumerable.Range(0, species.Count).First(i => boundary.Ions[i] is ReservoirBoundary);
        var depth = ((ReservoirBoundary)boundary.Ions[first]).Depth;
        for (var i = 0; i < species.Count; i++)
        {
            if (boundary.Ions[i] is ReservoirBoundary reservoir)
            {
                // 1/(area per volume) rounds.
                if (Math.Abs(reservoir.Depth - depth) > 1e-12 * depth)
                {
                    context.Report(Place(end, i), $"the reservoirs of \"{species[first].Name}\" and \"{species[i].Name}\" differ in depth, but water fills one volume",
                        "write the same depth for all species of this end");
                }
            }
            else if (!region.Impermeable[i])
            {
                context.Report(Place(end, i), $"\"{species[i].Name}\" has no reservoir here, so that water could not dilute it",
                    $"write \"{species[i].Name}\": {{\"reservoir\": {{\"depth\": \"3.3 um\"}}}}");
            }
        }
    }

    private ConfigurationNode Place(RawBoundary end, int i) => end.Ions.Value!.For(species[i].Name)!.Value.Node!;
}
