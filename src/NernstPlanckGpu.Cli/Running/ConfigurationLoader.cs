using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>From a request to a validated run with its initial state in memory.</summary>
internal static class ConfigurationLoader
{
    /// <exception cref="CommandFailure">The configuration is wrong; every error is a line.</exception>
    public static RunConfiguration Load(RunRequest request)
    {
        ConfigurationResult result = ConfigurationReader.Read(request.ConfigurationPath, request.Overrides);
        if (result.Configuration is { } configuration && result.Errors.Count == 0)
            return StoredInitialState.Resolve(configuration, request.ConfigurationPath);
        throw new CommandFailure(ExitCode.Configuration, [.. result.Errors.Select(error => error.ToString())]);
    }
}
