using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli;

/// <summary>Exit codes of <c>npgpu</c>, the same for every command.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int InternalError = 1;
    public const int Usage = 2;
    public const int Configuration = 3;
    public const int Numerical = 4;
    public const int File = 5;
    public const int Device = 6;

    /// <summary>A run that ended by itself; an interrupted one takes its code from the signal.</summary>
    public static int Of(RunSummary summary) =>
        summary.Outcome.IsComplete() && summary.CertificateHolds ? Done : Numerical;
}
