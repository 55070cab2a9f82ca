using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What passes the membrane, mechanism by mechanism and ion by ion; the pumps' work; the reservoirs. For the terminal.</summary>
internal static class MembraneText
{
    /// <summary>The tables; empty without mechanisms.</summary>
    /// <param name="summary">How the run ended.</param>
    /// <param name="place">Where a curve ended, " at -40 mV"; else empty.</param>
    public static string Of(RunSummary summary, string place)
    {
        if (summary.Membrane is not { } membrane)
            return "";
        return Fluxes(membrane, place) + Carriers(membrane) + Ends(membrane);
    }

    private static string Fluxes(MembraneSummary membrane, string place)
    {
        bool hasArea = membrane.Area is not null, hasPast = membrane.Diffusion.Any(ion => ion.Moved is not null);
        var table = new TextTable([
            $"through the membrane{place}, outward", "ion", "flux", "current density",
            .. hasArea ? ["current"] : Array.Empty<string>(), .. hasPast ? ["moved since the start"] : Array.Empty<string>(), ""]);
        void Row(string name, string ion, double? flux, double current, double? moved) => table.Add([
            name, ion, flux is { } known ? Quantity.Format(known, "mol m-2 s-1") : "", Quantity.Format(current, "A m-2"),
            .. hasArea ? [Picoamperes(current, membrane)] : Array.Empty<string>(),
            .. hasPast ? [moved is { } amount ? Quantity.Format(amount, "mol m-2") : ""] : Array.Empty<string>(), ""]);
        void Rows(string name, IReadOnlyList<IonFlux> ions)
        {
            foreach (IonFlux ion in ions)
                Row(name, ion.Ion, ion.Flux, ion.CurrentDensity, ion.Moved);
            if (ions.Count > 1)
                Row(name, "all", null, ions.Sum(ion => ion.CurrentDensity), null);
        }

        foreach (MechanismResult mechanism in membrane.Mechanisms)
            Rows(mechanism.Name, mechanism.Ions);
        Rows("diffusion and drift", Passing(membrane.Diffusion));
        if (membrane.Mechanisms.Any(mechanism => mechanism.Kind is "leak" or "channel"))
            Rows("all leaks and channels", Passing(membrane.Leaks));
        return table.Render();
    }

    // What the membrane keeps needs no row.
    private static IonFlux[] Passing(IReadOnlyList<IonFlux> ions) => [.. ions.Where(ion => ion.Flux != 0 || ion.Moved is not null and not 0)];

    private static string Carriers(MembraneSummary membrane)
    {
        var table = new TextTable("work", "cycles", "per second", "work per area", "work", "");
        foreach (MechanismResult mechanism in membrane.Mechanisms.Where(mechanism => mechanism.Cycles is not null))
        {
            double cycles = mechanism.Cycles!.Value, power = mechanism.Power ?? double.NaN;
            table.Add(
                mechanism.Name, Quantity.Format(cycles, "mol m-2 s-1"),
                membrane.Area is { } area ? Quantity.Number(cycles * area * PhysicalConstants.Avogadro) : "",
                Quantity.Format(power, "W m-2"), membrane.Area is { } whole ? Quantity.Format(power * whole, "W") : "", "");
        }

        return table.Count == 0 ? "" : table.Render();
    }

    private static string Ends(MembraneSummary membrane)
    {
        if (!membrane.Ends.Any(end => end.IsReservoir))
            return "";
        var table = new TextTable(["end", "volume, initial 1", "osmolarity", .. membrane.Ends[0].Concentration.Select(ion => ion.Ion), ""]);
        foreach (EndResult end in membrane.Ends)
            table.Add([
                $"{end.Side} {(end.IsReservoir ? "reservoir" : "bath")}", end.IsReservoir ? Quantity.Number(end.RelativeVolume, 7) : "",
                Quantity.Format(end.Osmolarity, "mol m-3", 7), .. end.Concentration.Select(ion => Quantity.Format(ion.Concentration, "mol m-3")), ""]);
        return table.Render();
    }

    // Cells have picoamperes.
    private static string Picoamperes(double density, MembraneSummary membrane) => $"{Quantity.Number(density * membrane.Area!.Value * 1e12)} pA";
}
