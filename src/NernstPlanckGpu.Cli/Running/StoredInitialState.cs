using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>Replaces an initial state that names an earlier run's file by the profiles of its last snapshot.</summary>
internal static class StoredInitialState
{
    /// <summary>The run with its initial state in memory; unchanged when it names no file.</summary>
    /// <exception cref="CommandFailure">The file cannot be read, or lacks a species.</exception>
    public static RunConfiguration Resolve(RunConfiguration configuration, string configurationPath)
    {
        if (configuration.Problem.Initial is not FileInitialState stored)
            return configuration;
        string folder = Path.GetDirectoryName(Path.GetFullPath(configurationPath)) ?? ".";
        LastState state = Read(Path.Combine(folder, stored.Path), configurationPath);
        PnpProblem problem = configuration.Problem;
        InitialProfile[] profiles = [.. problem.Species.Select(species => Profile(species, state, stored.Path, configurationPath))];
        return configuration with { Problem = problem with { Initial = new ProfilesInitialState(profiles) } };
    }

    private static LastState Read(string path, string configurationPath)
    {
        try
        {
            return RunFile.ReadLastState(path);
        }
        catch (Exception exception) when (exception is Hdf5Exception or IOException or UnauthorizedAccessException)
        {
            string remedy = "name a results file of an earlier run, relative to the configuration's folder";
            throw Refuse(configurationPath, $"{exception.Message}; {remedy}");
        }
    }

    private static TableProfile Profile(Species species, LastState state, string path, string configurationPath)
    {
        int index = state.Species.ToList().IndexOf(species.Name);
        if (index < 0)
        {
            string present = string.Join(", ", state.Species);
            string what = $"{path} has no species {species.Name} (it has {present})";
            throw Refuse(configurationPath, $"{what}; name a run with all species of this one");
        }

        int cells = state.X.Count;
        return new(state.X, [.. state.Concentration.Skip(index * cells).Take(cells)]);
    }

    private static CommandFailure Refuse(string configurationPath, string what) =>
        new(ExitCode.Configuration, $"{configurationPath}: /initial/file: {what}");
}
