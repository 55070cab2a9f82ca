namespace NernstPlanckGpu.Report;

/// <summary>How a page is made.</summary>
public sealed record ReportOptions
{
    /// <summary>Largest page unless another limit is asked for, bytes.</summary>
    public const long DefaultLimit = 20_000_000;

    /// <summary>Largest page, bytes.</summary>
    public long Limit { get; init; } = DefaultLimit;

    /// <summary>Drawing library.</summary>
    public PlotLibrary Plots { get; init; } = PlotLibrary.Built;

    /// <summary>The command that asked, for the page's foot.</summary>
    public string CommandLine { get; init; } = "";
}

/// <summary>A page that was made.</summary>
/// <param name="Bytes">Length of the page.</param>
/// <param name="LeftOut">What is not in it for want of room, per file: one sentence each.</param>
public sealed record ReportResult(long Bytes, IReadOnlyList<(string File, string Sentence)> LeftOut);

/// <summary>No page of these files is as small as was asked for.</summary>
/// <param name="message">What to do.</param>
public sealed class ReportLimitException(string message) : Exception(message);
