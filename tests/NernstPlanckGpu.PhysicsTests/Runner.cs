using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Runs problems: through JSON and HDF5 as a user does, or through the library.</summary>
internal static class Runner
{
    /// <summary>JSON text → configuration → simulation → HDF5 file → numbers read back from it.</summary>
    public static RunResult FromJson(string json, params string[] overrides)
    {
        string folder = Directory.CreateTempSubdirectory("npgpu-physics-").FullName;
        try
        {
            string config = Path.Combine(folder, "run.json"), output = Path.Combine(folder, "run.h5");
            File.WriteAllText(config, json);
            ConfigurationResult read = ConfigurationReader.Read(config, overrides);
            Assert.True(read.Configuration is not null, string.Join('\n', read.Errors));
            var simulation = new Simulation(read.Configuration!);
            using (RunFileWriter writer = RunFileWriter.Create(output, simulation.Layout, new Provenance { CommandLine = "test" }))
            {
                RunSummary end = simulation.Run(writer);
                Assert.True(end.Outcome.IsComplete(), $"{end.Outcome}: {end.Detail}");
            }
            return ReadBack(output, read.Configuration!.Problem.Species.Count);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Runs a problem in memory; it has to reach its end with its certificate held.</summary>
    public static RunResult Run(PnpProblem problem, TimeSettings time, IReadOnlyList<double>? snapshots = null, params string[] traces)
    {
        RunResult result = Try(problem, time, snapshots, traces);
        Assert.Equal(Outcome.Done, result.Outcome);
        Assert.True(result.CertificateHolds, result.CertificateText);
        return result;
    }

    /// <summary>Runs a problem in memory, whatever becomes of it.</summary>
    public static RunResult Try(PnpProblem problem, TimeSettings time, IReadOnlyList<double>? snapshots = null, params string[] traces)
    {
        double[] times = [0, .. (snapshots ?? []).Where(t => t > 0 && t < time.End), time.End];
        var simulation = new Simulation(new RunConfiguration
        {
            Title = "test",
            Problem = problem,
            Time = time,
            Output = new OutputSettings { SnapshotTimes = times, TraceTimes = times, Traces = traces },
            Source = "{}",
        });
        var sink = new MemorySink(simulation.Layout);
        simulation.Run(sink);
        return sink.Result();
    }

    private static RunResult ReadBack(string path, int species)
    {
        RunFileSummary summary = RunFile.ReadSummary(path);
        using RunFile file = RunFile.Open(path);
        int n = summary.X.Count;
        State[] states = [.. Enumerable.Range(0, file.SnapshotCount).Select(row => new State(
            summary.Times[row], MemorySink.Rows(file.ReadRow("concentration", row), species, n), file.ReadRow("potential", row),
            file.ReadRow("displacement", row), MemorySink.Rows(file.ReadRow("flux", row), species, n + 1),
            file.ReadRow("left_potential", row)[0], file.ReadRow("right_potential", row)[0]))];
        return new RunResult
        {
            X = summary.X,
            XFace = file.Read("x_face"),
            Volume = file.Read("cell_volume"),
            States = states,
            TraceTime = summary.Traces[summary.TraceAxis],
            Traces = summary.Traces.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray()),
            Certificate = summary.Certificate,
            Results = summary.Results,
            Theory = summary.Theory,
            CertificateHolds = summary.Certificate["holds"] == 1,
            Outcome = summary.Outcome,
            MembranePotential = summary.MembranePotential,
            CurrentDensity = summary.CurrentDensity,
            Evaluations = (long)file.ReadScalar("provenance/evaluations"),
        };
    }
}
