using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>Discretises a configuration; a grid that cannot be built is the configuration's fault, a solution on it that fails is not.</summary>
internal static class PreparedRun
{
    /// <exception cref="CommandFailure">The grid's numbers contradict each other, or it cannot be refined to its tolerance.</exception>
    /// <exception cref="Core.Engines.EngineRefusalException">The engine cannot compute it.</exception>
    public static Simulation Of(RunConfiguration configuration, RunRequest request, EngineChoice engine)
    {
        try
        {
            return new Simulation(configuration, engine.Engine, certifyGrid: request.CertifiesGrid);
        }
        catch (GridRefinementException exception) when (exception.Outcome is { } outcome)
        {
            throw new CommandFailure(outcome, $"grid refinement: {exception.Message}");
        }
        catch (GridRefinementException exception)
        {
            throw new CommandFailure(ExitCode.Configuration, $"{request.ConfigurationPath}: /grid/tolerance: {exception.Message}");
        }
        catch (ArgumentException exception)
        {
            throw new CommandFailure(ExitCode.Configuration, $"{request.ConfigurationPath}: /regions: {exception.Message}");
        }
    }
}
