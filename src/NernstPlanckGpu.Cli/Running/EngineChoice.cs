using NernstPlanckGpu.Cli.Options;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>Which engine computes, and why. A named engine is never replaced silently by another.</summary>
/// <param name="Reason">Why the CPU, one sentence without a full stop.</param>
internal sealed record EngineChoice(string Reason)
{
    private const string NoGpuYet = "the GPU engine computes nothing in this version";

    /// <exception cref="CommandFailure">The engine or the precision asked for is not in this version.</exception>
    public static EngineChoice For(RunRequest request) => For(request.Engine, request.Precision);

    /// <exception cref="CommandFailure">The engine or the precision asked for is not in this version.</exception>
    public static EngineChoice For(string engine, string precision = "double")
    {
        if (engine is not ("auto" or "cpu"))
            throw new CommandFailure(ExitCode.Device, Refusal(engine));
        if (precision != "double")
        {
            throw new CommandFailure(
                ExitCode.Usage,
                $"npgpu: --precision {precision} is not in this version; leave it out, or use --precision double.");
        }

        if (engine == "cpu")
            return new EngineChoice("asked for");
        return new EngineChoice("auto: " + (BuildFacts.Ilgpu.IsPresent ? NoGpuYet : "built without ILGPU, so it has the CPU engine only"));
    }

    private static string[] Refusal(string engine)
    {
        string remedy = "Use --engine cpu, or --engine auto.";
        if (BuildFacts.Ilgpu.IsPresent)
            return [$"npgpu: --engine {engine}: {NoGpuYet}. {remedy}"];
        return [$"npgpu: --engine {engine}: this build has the CPU engine only: {BuildFacts.Ilgpu.Why}; and {NoGpuYet}. {remedy}"];
    }
}
