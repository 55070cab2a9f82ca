using System.Text;

namespace NernstPlanckGpu.Report;

/// <summary>The drawing library that a page embeds: plotly.js, fetched when the program was built, or the reason why it is not there.</summary>
/// <param name="Source">JavaScript; null where there is none.</param>
/// <param name="Reason">Why there is none, a clause for a sentence; empty where there is one.</param>
public sealed record PlotLibrary(string? Source, string Reason)
{
    /// <summary>What this build has.</summary>
    public static PlotLibrary Built { get; } = Assets.Exists("plotly.js")
        ? new(Assets.Text("plotly.js"), "")
        : new(null, Assets.Text("plotly-state.txt").Trim());

    /// <summary>A page without plots.</summary>
    /// <param name="reason">Why.</param>
    public static PlotLibrary Without(string reason) => new(null, reason);

    /// <summary>Bytes that it adds to a page.</summary>
    internal long Length => Source is null ? 0 : Encoding.UTF8.GetByteCount(Source);
}
