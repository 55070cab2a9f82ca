using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>What a sweep file says of a point: whether it came to its end, and whether its certificate is violated there.</summary>
internal static class PointVerdict
{
    /// <summary>The dataset of the certificates' verdicts.</summary>
    internal static readonly string HoldsPath = $"{RunFileSchema.Certificate}/{RunFileSchema.CertificateHolds.Name}";

    /// <summary>Whether a point came to its end, certificate or not.</summary>
    internal static bool HasEnded(PointStatus status) => status is PointStatus.Done or PointStatus.Burst;

    /// <summary>Whether a point came to its end and its certificate is violated.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="holds">1 holds, 0 violated, -1 unknown.</param>
    internal static bool IsViolated(PointStatus status, double holds) => HasEnded(status) && holds == 0;
}
