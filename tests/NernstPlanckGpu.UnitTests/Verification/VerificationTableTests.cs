using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NernstPlanckGpu.Cli.Commands;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Verification;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Verification;

/// <summary>The benchmark table: it holds, it fails where it has to, and its document tells the same rows.</summary>
public class VerificationTableTests
{
    private static readonly CpuEngine Engine = new(new(1));

    private static VerificationCheck Check(string name) => VerificationTable.Checks.Single(check => check.Name == name);

    [Fact]
    public void Every_row_holds_within_a_minute_on_one_core()
    {
        VerificationRow[] rows = [.. VerificationTable.Run(Engine)];
        Assert.Equal(VerificationTable.Checks, rows.Select(row => row.Check));
        Assert.All(rows, row => Assert.True(row.Holds, $"{row.Check.Name}: {row}"));
        Assert.All(rows, row => Assert.True(row.WallTime >= 0 && row.Detail is null));
        Assert.All(rows, row => Assert.Equal(row.Check.LeastOrder is null, row.Order is null));
        Assert.InRange(rows.Sum(row => row.WallTime), 0, 60);
    }

    [Fact]
    public void Every_check_has_a_name_of_its_own_and_says_what_it_is()
    {
        Assert.Distinct(VerificationTable.Checks.Select(check => check.Name));
        Assert.All(VerificationTable.Checks, check =>
        {
            Assert.All(new[] { check.Name, check.Quantity, check.Unit, check.Source, check.Validity }, text => Assert.NotEmpty(text.Trim()));
            Assert.EndsWith(".", check.Validity, StringComparison.Ordinal);
            Assert.True(check.Limit >= 0 && double.IsFinite(check.Limit));
        });
    }

    // The engine runs as ever; only what is expected of it is off, by twice the limit.
    [Theory]
    [InlineData("exact GHK")]
    [InlineData("selectivity")]
    [InlineData("Gouy-Chapman charge")]
    public void A_wrong_expectation_makes_exit_code_4(string name)
    {
        VerificationCheck check = Check(name);
        VerificationCheck wrong = check with
        {
            Measure = bench =>
            {
                Measurement right = check.Measure(bench);
                double expected = right.Expected + 2 * check.Limit * (check.IsRelative ? right.Expected : 1);
                return check.IsRelative ? Measurement.Relative(expected, right.Got) : Measurement.Absolute(expected, right.Got);
            },
        };
        VerifyRequest request = new() { Engine = new("auto", null, new EngineOptions()) { Quiet = true } };
        Assert.Equal(0, VerifyCommand.Run(request, [check]));
        Assert.Equal(4, VerifyCommand.Run(request, [check, wrong]));
    }

    [Fact]
    public void A_low_order_a_value_that_is_no_number_and_a_run_that_fails_make_exit_code_4()
    {
        VerificationCheck check = Check("order in time of rodas4");
        VerifyRequest request = new() { Engine = new("auto", null, new EngineOptions()) { Quiet = true } };
        Assert.Equal(4, VerifyCommand.Run(request, [check with { Measure = _ => new(1, 1, 0, 3.7) }]));
        Assert.Equal(4, VerifyCommand.Run(request, [check with { Measure = _ => new(1, 1, 0) }]));
        Assert.Equal(4, VerifyCommand.Run(request, [check with { LeastOrder = null, Measure = _ => Measurement.Largest([(1, 1), (1, double.NaN), (1, 5)]) }]));
        VerificationRow failed = VerificationTable.Run(Engine, [check with { Measure = OutOfSteps }]).Single();
        Assert.False(failed.Holds);
        Assert.Contains("maximumSteps", failed.Detail, StringComparison.Ordinal);
        Assert.Equal(4, VerifyCommand.Run(request, [check with { Measure = OutOfSteps }]));
    }

    private static Measurement OutOfSteps(VerificationBench bench)
    {
        _ = bench.Transient(Stacks.Memb(), new() { End = 1, Integrator = IntegratorKind.Rkc2, MaximumSteps = 3 });
        return new(0, 0, 0);
    }

    [Fact]
    public void An_engine_that_checks_kernels_leaves_out_what_takes_too_long()
    {
        using var engine = new Device(1e4);
        VerificationRow[] rows = [.. VerificationTable.Run(engine, [Check("decay of a salt's cosine"), Check("mass in a closed box")])];
        Assert.True(rows[0].Holds && !rows[0].IsLeftOut, rows[0].ToString());
        Assert.True(rows[1].IsLeftOut, rows[1].ToString());
        Assert.Matches(@"[0-9.]+e\+0[56] evaluations of a cell are too many at some 1e\+04 a second", rows[1].Detail);
    }

    [Fact]
    public void Steady_rows_of_a_device_are_its_own_or_left_out()
    {
        string[] names = ["exact GHK", "engine against engine, steady", "membrane capacitance", "pump and leak"];
        using var engine = new Device(double.PositiveInfinity);
        VerificationRow[] rows = [.. VerificationTable.Run(engine, names.Select(Check))];
        Assert.Equal([false, false, true, true], rows.Select(row => row.IsLeftOut));
        Assert.All(rows[..2], row => Assert.True(row.Holds, row.ToString()));
        Assert.Contains("admittances", rows[2].Detail, StringComparison.Ordinal);
        Assert.Contains("no mechanisms here", rows[3].Detail, StringComparison.Ordinal);

        using var helpless = new Device(double.PositiveInfinity) { IsHelpless = true };
        VerificationRow helped = VerificationTable.Run(helpless, [Check("exact GHK")]).Single();
        Assert.True(helped.IsLeftOut);
        Assert.Contains("it did not find the steady state", helped.Detail, StringComparison.Ordinal);
    }

    // A device as the bench sees one: batches of steady states, no single ones. What computes is the CPU.
    private sealed class Device(double pace) : IEngine
    {
        private readonly CpuEngine cpu = new(new(1));

        public bool IsHelpless { get; init; }

        public string Description => "a device";

        public int Width => 1;

        public double CellEvaluationsPerSecond => pace;

        public string? WhyNot(DiscreteProblem problem, TimeSettings settings) => null;

        public string? WhyNoSteadyBatch(DiscreteProblem problem) => problem.Problem.Mechanisms.Count > 0 ? "no mechanisms here" : null;

        public IBatch Start(IReadOnlyList<DiscreteProblem> problems, TimeSettings settings) => cpu.Start(problems, settings);

        public ISteadyState Steady(DiscreteProblem problem) => throw new InvalidOperationException("the CPU's, not the device's");

        public ISteadyBatch SteadyBatch(IReadOnlyList<DiscreteProblem> problems) => new Batch(((IEngine)cpu).SteadyBatch(problems), IsHelpless);

        public void Dispose() => cpu.Dispose();
    }

    private sealed class Batch(ISteadyBatch inner, bool isByHost) : ISteadyBatch
    {
        public int Count => inner.Count;

        public void Solve(CancellationToken cancellation) => inner.Solve(cancellation);

        public SteadyResult Result(int problem) => inner.Result(problem) with { IsByHost = isByHost };

        public double Voltage(int problem) => inner.Voltage(problem);

        public double TotalCurrent(int problem) => inner.TotalCurrent(problem);

        public double Conductance(int problem) => inner.Conductance(problem);

        public double Read(int problem, StateView state) => inner.Read(problem, state);

        public void Dispose() => inner.Dispose();
    }

    [Fact]
    public void A_failure_is_told_with_what_was_expected_and_allowed()
    {
        VerificationCheck check = Check("potassium reversal") with { Measure = _ => Measurement.Absolute(-0.089, -0.070) };
        var report = new VerificationReport("an engine", "asked for");
        report.Add(VerificationTable.Run(Engine, [check]).Single());
        string[] lines = report.ToText().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(@"^name +expected +got +error +limit +order +time +ok$", lines[0]);
        Assert.Matches(@"^potassium reversal +-89 mV +-70 mV +19 mV +1 pV +\d+\.\d\d s +NO$", lines[1]);
        Assert.Equal("1 rows, 1 failed", lines[^1]);
        Assert.Matches("potassium reversal: .*got -70 mV, expected -89 mV .*error 19 mV, 1 pV allowed$", report.Failures().Single());
        JsonObject json = report.ToJson(4, null);
        Assert.Equal("failed", (string?)json["outcome"]);
        Assert.False((bool?)json["rows"]![0]!["holds"]);
    }

    [Fact]
    public void A_cancelled_table_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => VerificationTable.Run(Engine, cancellation: source.Token).ToList());
    }

    // Names and limits; what was got and how long it took differ from machine to machine and version to version.
    [Fact]
    public void The_document_has_every_row_in_prose_and_in_the_table()
    {
        string text = Repository.Text("docs", "verification.md").ReplaceLineEndings("\n");
        string[] names = [.. VerificationTable.Checks.Select(check => check.Name)];
        Assert.Equal(names, Regex.Matches(text, "^### (.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));

        string[] table = Regex.Match(text, "```text\n(name .*?)```", RegexOptions.Singleline).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names, table[1..^1].Select(line => Regex.Split(line, "  +")[0]));
        Assert.All(table[1..^1], line => Assert.EndsWith("  yes", line, StringComparison.Ordinal));
        Assert.Equal($"{names.Length} rows, 0 failed", table[^1]);
        foreach ((VerificationCheck check, string line) in VerificationTable.Checks.Zip(table[1..^1]))
        {
            string limit = Quantity.Format(check.Limit, check.IsRelative ? "1" : check.Unit, 3);
            Assert.True(Regex.Split(line, "  +")[4] == limit, $"{line}: the limit is {limit}");
        }
    }
}
