using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>From a request to a validated run with its initial state in memory.</summary>
internal static class ConfigurationLoader
{
    /// <exception cref="CommandFailure">The configuration is wrong; every error is a line.</exception>
    public static RunConfiguration Load(RunRequest request) =>
        Checked(ConfigurationReader.Read(request.ConfigurationPath, request.Overrides), request);

    /// <summary>True where the file is a sweep, right or wrong.</summary>
    public static bool IsSweep(RunRequest request) => ConfigurationReader.Read(request.ConfigurationPath, request.Overrides).IsSweep;

    /// <summary>The same from a text that an earlier run kept; the request has its path, and the text its overrides.</summary>
    /// <exception cref="CommandFailure">The configuration, or a file that it names, is not what it was.</exception>
    public static RunConfiguration Load(string text, RunRequest request) =>
        Checked(ConfigurationReader.Parse(text, request.ConfigurationPath, []), request);

    private static RunConfiguration Checked(ConfigurationResult result, RunRequest request)
    {
        if (result.Configuration is { } configuration && result.Errors.Count == 0)
            return StoredInitialState.Resolve(configuration, request.ConfigurationPath);
        throw new CommandFailure(ExitCode.Configuration, [.. result.Errors.Select(error => error.ToString())]);
    }
}
