using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>Discretises a configuration; a grid that cannot be built is the configuration's fault.</summary>
internal static class PreparedRun
{
    /// <exception cref="CommandFailure">The grid's numbers contradict each other.</exception>
    public static Simulation Of(RunConfiguration configuration, RunRequest request)
    {
        try
        {
            return new Simulation(configuration, request.EngineOptions);
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailure(ExitCode.Configuration, $"{request.ConfigurationPath}: /regions: {exception.Message}");
        }
    }
}
