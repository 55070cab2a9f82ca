using System.Collections.Concurrent;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Running;

/// <summary>
/// Replaces an initial state that names an earlier run's file by the profiles of its last snapshot; also where the steady state
/// from which a run starts is itself sought from such a file.
/// </summary>
internal static class StoredInitialState
{
    /// <summary>The run with its initial state in memory; unchanged when it names no file.</summary>
    /// <exception cref="CommandFailure">The file cannot be read, or lacks a species.</exception>
    public static RunConfiguration Resolve(RunConfiguration configuration, string configurationPath) =>
        configuration with { Problem = Resolve(configuration.Problem, new(configurationPath, "/initial", Read)) };

    /// <summary>The same for many runs, on any thread: a file is read once, and what cannot be read is an <see cref="ArgumentException"/>.</summary>
    /// <param name="configurationPath">The configuration that they all come from.</param>
    public static Func<RunConfiguration, RunConfiguration> Resolver(string configurationPath)
    {
        var known = new ConcurrentDictionary<string, Lazy<LastState>>();
        LastState Once(string path, Place place) => known.GetOrAdd(path, _ => new(() => Read(path, place))).Value;
        return configuration =>
        {
            try
            {
                return configuration with { Problem = Resolve(configuration.Problem, new(configurationPath, "/initial", Once)) };
            }
            catch (CommandFailure failure)
            {
                throw new ArgumentException(failure.Message, failure);
            }
        };
    }

    /// <summary>The same where only names are asked for: what cannot be read is no hindrance.</summary>
    /// <param name="configurationPath">The configuration that they all come from.</param>
    public static Func<RunConfiguration, RunConfiguration> ResolverOfNames(string configurationPath)
    {
        Func<RunConfiguration, RunConfiguration> resolver = Resolver(configurationPath);
        return configuration =>
        {
            try
            {
                return resolver(configuration);
            }
            catch (ArgumentException)
            {
                return configuration with { Problem = StandIn(configuration.Problem) };
            }
        };
    }

    /// <summary>Equal concentrations instead of those of a file: no name depends on them.</summary>
    private static PnpProblem StandIn(PnpProblem problem) => problem.Initial switch
    {
        FileInitialState => problem with { Initial = new ProfilesInitialState([.. problem.Species.Select(_ => new TableProfile([0], [1]))]) },
        SteadyInitialState steady => problem with { Initial = new SteadyInitialState(StandIn(steady.Problem)) },
        _ => problem,
    };

    private static PnpProblem Resolve(PnpProblem problem, Place place) => problem.Initial switch
    {
        FileInitialState stored => problem with { Initial = Read(problem, stored, place) },
        SteadyInitialState steady => problem with
        {
            Initial = new SteadyInitialState(Resolve(steady.Problem, place with { Pointer = place.Pointer + "/steady/initial" })),
        },
        _ => problem,
    };

    private static ProfilesInitialState Read(PnpProblem problem, FileInitialState stored, Place place)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(place.ConfigurationPath)) ?? ".";
        LastState state = place.Reader(Path.Combine(folder, stored.Path), place);
        return new([.. problem.Species.Select(species => Profile(species, state, stored.Path, place))]);
    }

    private static LastState Read(string path, Place place)
    {
        try
        {
            return RunFile.ReadLastState(path);
        }
        catch (Exception exception) when (exception is Hdf5Exception or IOException or UnauthorizedAccessException)
        {
            throw place.Refuse($"{exception.Message}; name a results file of an earlier run, relative to the configuration's folder");
        }
    }

    private static TableProfile Profile(Species species, LastState state, string path, Place place)
    {
        int index = state.Species.ToList().IndexOf(species.Name);
        if (index < 0)
        {
            string present = string.Join(", ", state.Species);
            throw place.Refuse($"{path} has no species {species.Name} (it has {present}); name a run with all species of this one");
        }

        int cells = state.X.Count;
        return new(state.X, [.. state.Concentration.Skip(index * cells).Take(cells)]);
    }

    /// <summary>Where an initial state stands, for messages.</summary>
    private sealed record Place(string ConfigurationPath, string Pointer, Func<string, Place, LastState> Reader)
    {
        public CommandFailure Refuse(string what) => new(ExitCode.Configuration, $"{ConfigurationPath}: {Pointer}/file: {what}");
    }
}
