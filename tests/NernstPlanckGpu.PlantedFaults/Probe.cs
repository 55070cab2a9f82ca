using System.Globalization;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Verification;

namespace NernstPlanckGpu.PlantedFaults;

/// <summary>
/// What shows a fault: the table of <c>npgpu verify</c> and runs of the program's own configurations with their certificates. It stands in
/// the mutant and says a line for everything it looked at.
/// </summary>
/// <param name="patienceOfEach">A row or run that takes longer does not end.</param>
internal sealed class Probe(TimeSpan patienceOfEach)
{
    private const int MostEndless = 3;

    // Every integrator, both clamps, waveforms, reservoirs, mechanisms, activity, the modes.
    private static readonly (string Config, string[] Overrides)[] Runs =
    [
        ("resting-membrane", []),
        ("debye-layer", ["/time/integrator=rkc2", "/time/end=50 ns"]),
        ("blocking-electrodes", []),
        ("liquid-junction-hcl-kcl", []),
        ("cyclic-voltammetry", []),
        ("membrane-capacitor", []),
        ("iv-potassium", []),
        ("neuron/pump-leak", []),
        ("neuron/stroke", []),
        ("neuron/action-potential", []),
    ];

    /// <summary>Looks at everything.</summary>
    /// <param name="root">Root of the repository, for its configurations.</param>
    public void Run(string root)
    {
        using var engine = new CpuEngine(new(1));
        IEnumerable<Finding> rows = VerificationTable.Checks.Select(check => Row(engine, check));
        IEnumerable<Finding> runs = Runs.SelectMany(run => Certificate(engine, Path.Combine(root, "configs", $"{run.Config}.json"), run.Config, run.Overrides));
        int endless = 0;
        bool isCaught = false;
        foreach (Finding finding in rows.Concat(runs))
        {
            finding.Print();
            if (finding.Verdict == Verdict.Endless) endless++;
            isCaught |= finding.Verdict is Verdict.Red or Verdict.Crashed;
            // It is caught, and what is left would take minutes.
            if (isCaught && endless >= MostEndless) break;
        }
        new Finding("end", "", Verdict.Holds, "").Print();
    }

    private Finding Row(CpuEngine engine, VerificationCheck check)
    {
        using var patience = new CancellationTokenSource(patienceOfEach);
        try
        {
            VerificationRow row = VerificationTable.Run(engine, [check], patience.Token).Single();
            string detail = row.Detail ?? Text(row.Error, check.Limit) + (row.Order is { } order ? FormattableString.Invariant($", order {order:f2}") : "");
            return new("row", check.Name, row.Holds || row.IsLeftOut ? Verdict.Holds : Verdict.Red, detail);
        }
        catch (OperationCanceledException)
        {
            return new("row", check.Name, Verdict.Endless, $"not in {patienceOfEach.TotalSeconds} s");
        }
        catch (Exception exception)
        {
            return new("row", check.Name, Verdict.Crashed, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private IReadOnlyList<Finding> Certificate(CpuEngine engine, string path, string name, string[] overrides)
    {
        using var patience = new CancellationTokenSource(patienceOfEach);
        try
        {
            ConfigurationResult read = ConfigurationReader.Read(path, overrides);
            if (read.Configuration is not { } configuration)
                return [new("run", name, Verdict.Crashed, string.Join("; ", read.Errors))];
            RunSummary summary = new Simulation(configuration, engine).Run(new Nowhere(), cancellation: patience.Token);
            Verdict whole = summary.Outcome.IsComplete() ? Verdict.Holds : patience.IsCancellationRequested ? Verdict.Endless : Verdict.Red;
            return
            [
                new("run", name, whole, summary.Detail ?? summary.Outcome.ToString()),
                .. summary.Certificate.Select(entry =>
                    new Finding("entry", $"{name}/{entry.Name}", entry.Holds ? Verdict.Holds : Verdict.Red, Text(entry.Value, entry.Limit))),
            ];
        }
        catch (Exception exception)
        {
            return [new("run", name, patience.IsCancellationRequested ? Verdict.Endless : Verdict.Crashed, $"{exception.GetType().Name}: {exception.Message}")];
        }
    }

    private static string Text(double value, double limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:g4} of {limit:g4} allowed");

    private sealed class Nowhere : IRunSink
    {
        public void Snapshot(Snapshot snapshot)
        {
        }

        public void Trace(in TraceSample sample)
        {
        }

        public void Complete(RunSummary summary)
        {
        }
    }
}
