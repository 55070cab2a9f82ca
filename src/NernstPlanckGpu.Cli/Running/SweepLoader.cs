using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Core.Sweeps;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>From a request to a sweep whose points are all valid, and to what they have in common.</summary>
internal static class SweepLoader
{
    /// <exception cref="CommandFailure">The configuration, its sweep or one of its points is wrong; every error is a line.</exception>
    public static SweepPlan Load(RunRequest request)
    {
        SweepPlanResult result = SweepPlan.Read(request.ConfigurationPath, request.Overrides, request.EngineOptions.Threads);
        return result.Plan ?? throw new CommandFailure(ExitCode.Configuration, [.. result.Errors.Select(error => error.ToString())]);
    }

    /// <summary>How the points are computed.</summary>
    public static SweepOptions Options(RunRequest request, EngineChoice engine, bool stopOnFailure = false) => new()
    {
        Engine = request.EngineOptions,
        Device = engine.Device,
        StopOnFailure = stopOnFailure,
        CertifiesGrid = request.CertifiesGrid,
        Resolve = StoredInitialState.Resolver(request.ConfigurationPath),
    };

    /// <summary>The same where only names are asked for.</summary>
    public static SweepOptions Options(string configurationPath) => new() { Resolve = StoredInitialState.ResolverOfNames(configurationPath) };

    /// <exception cref="CommandFailure">No point can be set up.</exception>
    public static SweepLayout Layout(SweepPlan plan, Shard shard, SweepOptions options, string configurationPath)
    {
        try
        {
            return SweepLayouts.Of(plan, shard, options);
        }
        catch (SweepLayoutException exception)
        {
            throw new CommandFailure(ExitCode.Configuration, $"{configurationPath}: /sweep: {exception.Message}");
        }
    }
}
