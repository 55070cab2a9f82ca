using NernstPlanckGpu.Core.Discretisation;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>The extras of a problem with mechanisms as a record names them: states, what each flux moved, what permeated of each species.</summary>
internal static class MembraneExtras
{
    /// <summary>Exchanges them, or their rates; permeated species stand in the problem's order.</summary>
    /// <param name="exchange">Record.</param>
    /// <param name="layout">Layout of the mechanisms.</param>
    /// <param name="shape">Shape of the pack.</param>
    /// <param name="isRate">True for rates.</param>
    /// <param name="extra">Where each extra stands.</param>
    public static void Exchange(RecordExchange exchange, MembraneLayout layout, PackShape shape, bool isRate, RecordPlace extra)
    {
        int items = layout.Items.Count, states = layout.States;
        (string of, string per, string amount) = isRate ? ("rate", "s-1", "mol s-1") : ("state", "1", "mol");
        exchange.Values($"{of}/mechanismStates", per, states, extra);
        exchange.Values($"{of}/transported", amount, items, i => ref extra(states + i));
        exchange.Values($"{of}/permeated", amount, shape.Species, s => ref extra(states + items + shape.Place[s]));
    }
}
