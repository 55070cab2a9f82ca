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

    /// <summary>Interrupted, and <c>resume</c> can go on from a checkpoint (EX_TEMPFAIL of sysexits.h: try again later).</summary>
    public const int Checkpointed = 75;

    /// <summary>SIGINT without a checkpoint.</summary>
    public const int Interrupted = 130;

    /// <summary>SIGUSR1 without a checkpoint.</summary>
    public const int UserSignal = 138;

    /// <summary>SIGTERM without a checkpoint.</summary>
    public const int Terminated = 143;

    /// <summary>A run that ended by itself; an interrupted one takes its code from the signal.</summary>
    public static int Of(RunSummary summary) =>
        summary.Outcome.IsComplete() && summary.CertificateHolds ? Done : Numerical;
}
