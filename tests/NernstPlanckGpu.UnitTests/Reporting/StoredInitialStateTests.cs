using NernstPlanckGpu.Cli;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Reporting;

/// <summary>A run that starts from an earlier run's file.</summary>
public sealed class StoredInitialStateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_curve_starts_another_run_from_its_last_voltage()
    {
        SyntheticRun earlier = new(9, 2, 4, mode: RunMode.CurrentVoltage);
        earlier.WriteTo(folder.File("iv.h5"));
        AssertIsLast(earlier, Resolve(new FileInitialState("iv.h5")));
    }

    [Fact]
    public void A_steady_state_before_the_run_may_be_sought_from_a_file()
    {
        SyntheticRun earlier = new(9, 2, 4);
        earlier.WriteTo(folder.File("run.h5"));
        SteadyInitialState steady = Assert.IsType<SteadyInitialState>(Resolve(Steady("run.h5")));
        AssertIsLast(earlier, steady.Problem.Initial);
    }

    [Fact]
    public void A_missing_file_is_told_with_its_place()
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => Resolve(Steady("absent.h5")));
        Assert.Equal(ExitCode.Configuration, failure.ExitCode);
        Assert.Contains("next.json: /initial/steady/initial/file: ", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static SteadyInitialState Steady(string path) =>
        new(new SyntheticRun(9, 2, 1).Layout.Configuration.Problem with { Initial = new FileInitialState(path) });

    private static void AssertIsLast(SyntheticRun earlier, InitialState state)
    {
        var profiles = Assert.IsType<ProfilesInitialState>(state).Profiles.Cast<TableProfile>().ToList();
        Assert.Equal(earlier.SnapshotAt(3).Concentration, profiles.SelectMany(profile => profile.Concentration));
        Assert.Equal(earlier.Layout.X, profiles[0].Position);
    }

    private InitialState Resolve(InitialState initial)
    {
        RunConfiguration next = new SyntheticRun(9, 2, 1).Layout.Configuration;
        return StoredInitialState.Resolve(next with { Problem = next.Problem with { Initial = initial } }, folder.File("next.json")).Problem.Initial;
    }
}
