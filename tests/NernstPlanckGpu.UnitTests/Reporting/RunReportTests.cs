using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Reporting;

/// <summary>What the terminal says of runs that are not in time, with made-up results.</summary>
public sealed class RunReportTests
{
    [Fact]
    public void A_curve_is_told_as_results_and_a_thinned_table()
    {
        SyntheticRun run = new(5, 2, 37, mode: RunMode.CurrentVoltage);
        RunReport report = Report(run, samples: 37);
        string[] lines = report.ToText(run.Summary(), "iv.h5").Split(Environment.NewLine);
        Assert.StartsWith("done in 0.25 s: 37 voltages from -120 mV to 240 mV; 1234 Newton iterations", lines[0]);
        int result = IndexOf(lines, "reversalPotential"), table = IndexOf(lines, "voltage "), theory = IndexOf(lines, "ghk");
        Assert.True(result < table && table < theory, string.Join('\n', lines));
        Assert.Matches(@"reversalPotential +-70 mV +voltage at which", lines[result]);
        Assert.Matches(@"restingPotential +none", lines[IndexOf(lines, "restingPotential")]);
        Assert.Matches(@"voltage +currentDensity +slopeConductance$", lines[table]);
        Assert.Matches(@"-120 mV +-0\.05 A/m\^2 +-0\.1 S/m\^2$", lines[table + 1]);
        Assert.Matches(@"240 mV +0\.31 A/m\^2 +0\.62 S/m\^2$", lines[table + 15]);
        Assert.Equal("  15 of 37 points; all are in the group iv of iv.h5", lines[table + 16]);
        Assert.DoesNotContain(lines, line => line.Contains("membranePotential", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    public void A_short_curve_is_told_whole(int samples)
    {
        SyntheticRun run = new(5, 2, samples, mode: RunMode.CurrentVoltage);
        string text = Report(run, samples).ToText(run.Summary(), "iv.h5");
        Assert.Equal(samples, text.Split(Environment.NewLine).Count(line => line.EndsWith(" S/m^2", StringComparison.Ordinal)));
        Assert.DoesNotContain("points", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_is_json_by_name()
    {
        SyntheticRun run = new(5, 2, 5, mode: RunMode.CurrentVoltage);
        JsonObject json = Report(run, samples: 5).ToJson(run.Summary(), ExitCode.Done, "iv.h5");
        Assert.Equal("iv", (string?)json["mode"]);
        Assert.Null(json["detail"]);
        JsonNode result = json["result"]!;
        Assert.Equal(-0.07, (double?)result["reversalPotential"]);
        Assert.True(result.AsObject().ContainsKey("restingPotential"));
        Assert.Null(result["restingPotential"]);
        Assert.Equal(-0.07, (double?)result["membranePotential"]);
        Assert.Equal(0.5, (double?)result["currentDensity"]);
        Assert.Equal(["voltage", "currentDensity"], result["curve"]!.AsObject().Select(column => column.Key));
        Assert.Equal(Enumerable.Range(0, 5).Select(run.Place), result["curve"]!["voltage"]!.AsArray().GetValues<double>());
        Assert.Equal(run.Place(4) + 0.07, (double?)result["curve"]!["currentDensity"]![4]);
    }

    [Fact]
    public void The_document_names_every_key()
    {
        SyntheticRun run = new(5, 2, 5, mode: RunMode.CurrentVoltage);
        JsonObject json = Report(run, samples: 5).ToJson(run.Summary(), ExitCode.Done, "iv.h5");
        string document = Configuration.Repository.Text("docs", "output.md");
        Assert.All(json, entry => Assert.Contains($"`{entry.Key}`", document, StringComparison.Ordinal));
    }

    [Fact]
    public void A_spectrum_is_a_table_and_json()
    {
        SyntheticRun run = new(5, 2, 10, mode: RunMode.Impedance);
        RunReport report = Report(run, samples: 10);
        string text = report.ToText(run.Summary(), "z.h5");
        Assert.Contains("10 frequencies from 1 Hz to 1 GHz", text, StringComparison.Ordinal);
        Assert.Matches(@"frequency +impedanceReal +impedanceImaginary +phase\s", text);
        Assert.Matches(@"1 Hz +0\.5 ohm m\^2 +1 ohm m\^2 +2\.5 deg\s", text);
        Assert.Contains("membranePotential", text, StringComparison.Ordinal);
        JsonObject json = report.ToJson(run.Summary(), ExitCode.Done, "z.h5");
        Assert.Equal("impedance", (string?)json["mode"]);
        JsonObject spectrum = json["result"]!["spectrum"]!.AsObject();
        Assert.Equal(["frequency", "impedanceReal", "impedanceImaginary"], spectrum.Select(column => column.Key));
        Assert.Equal(1e9, (double?)spectrum["frequency"]![9]);
    }

    [Fact]
    public void A_steady_state_has_no_time()
    {
        SyntheticRun run = new(5, 2, 1, mode: RunMode.Steady);
        string text = Report(run, samples: 1).ToText(run.Summary(), "s.h5");
        Assert.StartsWith("done in 0.25 s: steady state; 1234 Newton iterations", text);
        Assert.Contains("membranePotential", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_says_how_far_it_came_what_to_change_and_where()
    {
        SyntheticRun run = new(5, 2, 37, mode: RunMode.CurrentVoltage);
        RunReport report = Report(run, samples: 12);
        RunSummary summary = run.Summary(Outcome.NotConverged);
        string[] lines = report.Failure(summary).Split(Environment.NewLine);
        Assert.Equal($"npgpu: stopped after 12 of 37 voltages: {Outcome.NotConverged.Describe()}.", lines[0]);
        Assert.Equal("npgpu: Gauss's law at x = 3 nm, cell 17 (µ)", lines[1]);
        Assert.Equal(ExitCode.Numerical, ExitCode.Of(summary));
        JsonObject json = report.ToJson(summary, ExitCode.Numerical, "iv.h5.part");
        Assert.Equal("notConverged", (string?)json["outcome"]);
        Assert.Equal("Gauss's law at x = 3 nm, cell 17 (µ)", (string?)json["detail"]);
        Assert.Equal(12, json["result"]!["curve"]!["voltage"]!.AsArray().Count);
    }

    [Fact]
    public void A_curve_after_steps_says_when_the_current_is_taken()
    {
        SyntheticRun run = new(5, 2, 37, mode: RunMode.CurrentVoltage);
        RunConfiguration configuration = run.Layout.Configuration;
        configuration = configuration with
        {
            CurrentVoltage = configuration.CurrentVoltage! with { Protocol = CurrentVoltageProtocol.Step },
            Time = configuration.Time with { End = 1e-3 },
        };
        Assert.Equal("37 voltages from -120 mV to 240 mV, each 1 ms after a step", ModeText.Extent(configuration));
    }

    [Theory]
    [InlineData(RunMode.Steady, "cost         steady state by Newton's method")]
    [InlineData(RunMode.CurrentVoltage, "cost         3 voltages from -120 mV to -100 mV: steady state by Newton's method")]
    [InlineData(RunMode.Impedance, "cost         3 frequencies from 1 Hz to 100 Hz: steady state by Newton's method")]
    public void Validate_foretells_no_steps_of_a_steady_state(RunMode mode, string expected)
    {
        EstimateReport report = Estimate(mode, double.NaN);
        Assert.Contains(expected + Environment.NewLine, report.ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", report.ToText(), StringComparison.Ordinal);
        JsonObject json = report.ToJson();
        Assert.Equal(mode.Name(), (string?)json["mode"]);
        Assert.Null(json["steps"]);
    }

    [Fact]
    public void Validate_foretells_the_steps_of_a_run_in_time() =>
        Assert.Contains("to 2 ns: about 42 steps, 42 evaluations, 42 s", Estimate(RunMode.Transient, 42).ToText(), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, " 25 %  t = 3 s, step 7 of 500 ms, 10 s gone, 30 s left")]
    [InlineData("voltages", " 25 %  3 of 12 voltages, 10 s gone, 30 s left")]
    public void Progress_counts_time_or_points(string? points, string expected) =>
        Assert.Equal(expected, ProgressText.Of(new RunProgress(3, 12, 7, 0.5, 10, points)));

    [Theory]
    [InlineData(0.0123, "Hz", "12.3 mHz")]
    [InlineData(1234, "Hz", "1.234 kHz")]
    [InlineData(999_990_000, "Hz", "1 GHz")]
    [InlineData(1234, "s", "1234 s")]
    [InlineData(-0.07, "V", "-70 mV")]
    [InlineData(3, "ohm m2", "3 ohm m^2")]
    [InlineData(3, "mol m-2 s-1", "3 mol/m^2/s")]
    public void Quantities_are_spelt_as_a_configuration_reads_them(double value, string unit, string expected) =>
        Assert.Equal(expected, Quantity.Format(value, unit));

    [Theory]
    [InlineData(-0.069745540425, "-69.74554 mV")]
    [InlineData(0.000999999999, "1 mV")]
    [InlineData(0.00099999, "999.99 uV")]
    public void A_potential_that_was_sought_has_seven_digits(double value, string expected)
    {
        SyntheticRun run = new(5, 2, 1, mode: RunMode.Steady);
        RunSummary summary = run.Summary() with
        {
            Results = [new("restingPotential", value, "V", "at rest"), new("gridError", 1.23456789e-6, "V", "error")],
        };
        string text = Report(run, samples: 1).ToText(summary, "s.h5");
        Assert.Matches($"restingPotential +{expected} +at rest", text);
        Assert.Matches("gridError +1.235 uV +error", text);
    }

    [Fact]
    public void Why_run_and_theory_differ_is_told_once_for_all_that_it_is_of()
    {
        SyntheticRun run = new(5, 2, 1, mode: RunMode.Steady);
        RunSummary summary = run.Summary() with
        {
            Theory =
            [
                new("one", 1, 1.5, "V", "what one is; leaks; a remark"), new("two", 2, 2.5, "V", "what two is; leaks"),
                new("none", 3, null, "V", "what none is; never told"), new("plain", 4, 4, "V", "what plain is"),
            ],
        };
        string[] lines = Report(run, samples: 1).ToText(summary, "s.h5").Split(Environment.NewLine);
        Assert.Matches(@"one +1\.5 V +1 V +500 mV +what one is$", lines[IndexOf(lines, "one ")]);
        int reasons = IndexOf(lines, "why they may differ");
        Assert.Matches("one, two +leaks$", lines[reasons + 1]);
        Assert.StartsWith("  certificate", lines[reasons + 2]);
        string without = Report(run, samples: 1).ToText(summary with { Theory = [summary.Theory[2]] }, "s.h5");
        Assert.DoesNotContain("why they", without, StringComparison.Ordinal);
    }

    private static int IndexOf(string[] lines, string start) =>
        Array.FindIndex(lines, line => line.TrimStart().StartsWith(start, StringComparison.Ordinal));

    private static RunReport Report(SyntheticRun run, int samples)
    {
        var report = new RunReport(Request(), run.Announced(), new EngineChoice(new CpuEngine(new(1)), "asked for"));
        for (int i = 0; i < samples; i++)
            report.Curve?.Add(run.SampleAt(run.Place(i)));
        return report;
    }

    private static EstimateReport Estimate(RunMode mode, double count)
    {
        SyntheticRun run = new(5, 2, 3, mode: mode);
        var estimate = new RunEstimate
        {
            Cells = 5,
            CellSize = (1e-9, 2e-9),
            DebyeLength = [1e-9, double.PositiveInfinity],
            EulerStep = count,
            Integrator = "test",
            Steps = count,
            Evaluations = count,
            WallTime = count,
        };
        return new EstimateReport(Request(), run.Announced(), estimate, new EngineChoice(new CpuEngine(new(1)), "asked for"));
    }

    private static RunRequest Request() => new()
    {
        ConfigurationPath = "test.json",
        CommandLine = "npgpu run test.json",
        Overrides = [],
        Engine = "cpu",
        Precision = "double",
        EngineOptions = new(),
        Json = false,
        Quiet = false,
    };
}
