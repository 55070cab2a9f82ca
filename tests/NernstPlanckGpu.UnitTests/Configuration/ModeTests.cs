using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>The modes and what goes with them.</summary>
public class ModeTests
{
    private const string Voltages = "\"mode\": \"iv\", \"iv\": { \"voltages\": ";
    private const string Frequencies = "\"mode\": \"impedance\", \"impedance\": { \"frequencies\": ";

    /// <summary>What stands in the place of the mode, in a sample without time: §, pointer, parts of message and remedy.</summary>
    public static TheoryData<string, string, string, string> WithoutTime => new()
    {
        { "\"mode\": §\"stedy\"", "/mode", "not known", "did you mean \"steady\"?" },
        { "\"mode\": §1", "/mode", "1 stands where a word is expected", "\"impedance\"" },
        { "\"mode\": §\"iv\"", "/mode", "needs the key \"iv\"", "write \"iv\": {\"voltages\"" },
        { "\"mode\": §\"impedance\"", "/mode", "needs the key \"impedance\"", "write \"impedance\": {\"frequencies\"" },
        { "\"mode\": \"steady\", \"iv\": §{ \"voltages\": [0, 1] }", "/iv", "no use in the mode \"steady\"", "\"mode\": \"iv\", or remove this key" },
        { "\"mode\": \"steady\", \"impedance\": §{ \"frequencies\": [1] }", "/impedance", "no use in the mode \"steady\"", "\"mode\": \"impedance\", or remove" },
        { "\"mode\": \"steady\", \"time\": §{ \"end\": 1 }", "/time", "the mode \"steady\" replaces time", "remove it" },
        { Frequencies + "[1] }, \"time\": §{ \"end\": 1 }", "/time", "the mode \"impedance\" replaces time", "remove it" },
        { Voltages + "[0, 1] }, \"time\": §{ \"end\": 1 }", "/time", "the mode \"iv\" with the protocol \"steady\" replaces time", "remove it" },
        { "\"mode\": \"steady\", \"output\": { \"snapshots\": §{ \"count\": 5 } }", "/output/snapshots", "no course in time", "remove it" },
        { "\"mode\": \"steady\", \"output\": { \"traceSamples\": §{ \"count\": 5 } }", "/output/traceSamples", "no course in time", "remove it" },
        { Voltages + "[0, 1] }, \"output\": { \"traces\": §[\"leftCharge\"] }", "/output/traces", "no course in time", "remove it" },
        { Voltages + "§[0] }", "/iv/voltages", "only 1 entries", "write at least 2" },
        { Voltages + "§[] }", "/iv/voltages", "the list is empty", "write at least 2" },
        { Voltages + "[0, \"10 mV\", §\"5 mV\"] }", "/iv/voltages/2", "\"5 mV\" breaks the ascending order", "strictly ascending or strictly descending" },
        { Voltages + "[0, \"-10 mV\", §0.005] }", "/iv/voltages/2", "0.005 breaks the descending order", "strictly ascending or strictly descending" },
        { Voltages + "[0, §\"0 mV\"] }", "/iv/voltages/1", "repeats the value before it", "strictly ascending or strictly descending" },
        { Voltages + "[0, 1, §1e999] }", "/iv/voltages/2", "not a finite number", "at most" },
        { Voltages + "[0, 1, §\"2 A\"] }", "/iv/voltages/2", "not that of a potential", "write a potential" },
        { Voltages + "§\"10 mV\" }", "/iv/voltages", "not a series of voltages", "\"linspace\"" },
        { Voltages + "{ §\"logspace\": [1, 2, 3] } }", "/iv/voltages/logspace", "does not name a series of voltages", "\"linspace\"" },
        { Voltages + "{ \"linspace\": §[0, 1] } }", "/iv/voltages/linspace", "a list of 2", "write [\"-70 mV\", \"0.1 V\", 10]" },
        { Voltages + "{ \"linspace\": §37 } }", "/iv/voltages/linspace", "37 stands where [first, last, count]", "write [" },
        { Voltages + "{ \"linspace\": [0, 1, §2.5] } }", "/iv/voltages/linspace/2", "whole number", "from 2 to 100000" },
        { Voltages + "{ \"linspace\": [0, 1, §1] } }", "/iv/voltages/linspace/2", "whole number", "from 2 to 100000" },
        { Voltages + "{ \"linspace\": [0, 1, §100001] } }", "/iv/voltages/linspace/2", "whole number", "from 2 to 100000" },
        { Voltages + "{ \"linspace\": [\"1 V\", §1, 5] } }", "/iv/voltages/linspace/1", "the last value is the first", "another last value" },
        { Voltages + "{ \"linspace\": §[0, 4.9e-324, 5] } }", "/iv/voltages/linspace", "does not hold 5 different values", "smaller count" },
        { Voltages + "[0, 1], \"protocol\": §\"steps\" }", "/iv/protocol", "not known", "did you mean \"step\"?" },
        { "\"mode\": \"iv\", \"iv\": §{}", "/iv", "\"voltages\" is missing", "write \"voltages\": {\"linspace\"" },
        { Frequencies + "[§0, 1] }", "/impedance/frequencies/0", "out of range", "> 0 Hz" },
        { Frequencies + "[\"1 kHz\", §\"10 Hz\"] }", "/impedance/frequencies/1", "not larger", "strictly ascending" },
        { Frequencies + "[§\"1 s\"] }", "/impedance/frequencies/0", "not that of a frequency", "write a frequency" },
        { Frequencies + "{ \"logspace\": [§-2, 9, 56] } }", "/impedance/frequencies/logspace/0", "out of range", "> 0 Hz" },
        { Frequencies + "{ \"logspace\": [10, §\"1 Hz\", 56] } }", "/impedance/frequencies/logspace/1", "not above the first", "smaller one first" },
        { Frequencies + "{ §\"linspace\": [1, 2, 3] } }", "/impedance/frequencies/linspace", "does not name", "\"logspace\"" },
    };

    [Theory]
    [MemberData(nameof(WithoutTime))]
    public void Refuses_what_does_not_go_with_a_mode(string mode, string place, string message, string remedy)
    {
        var (text, line, column) = Sample.Unmark(Sample.WithoutTime(mode));
        var error = Assert.Single(Sample.Errors(text));
        Assert.Equal((place, line, column), (error.Pointer, error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"mode\": \"transient\"")]
    [InlineData(Voltages + "[0, 1], \"protocol\": \"step\" }")]
    public void Time_is_needed_where_there_is_one(string mode)
    {
        var error = Assert.Single(Sample.Errors(Sample.WithoutTime(mode)));
        Assert.Equal(("", "the key \"time\" is missing", "write \"time\": {\"end\": \"10 us\"}"), (error.Pointer, error.Message, error.Remedy));
    }

    [Theory]
    [InlineData(Voltages + "[0, 1] }")]
    [InlineData(Frequencies + "[1] }")]
    public void A_voltage_needs_an_electrode_at_both_ends(string mode)
    {
        foreach (var (electrode, place) in new[] { ("{ \"potential\": \"-70 mV\" }", "left"), ("{ \"stern\": { \"potential\": 0, \"capacitance\": \"0.2 F/m^2\" } }", "right") })
        {
            foreach (var other in new[] { "{ \"current\": 0 }", "{ \"surfaceCharge\": 0 }" })
            {
                var (text, line, column) = Sample.Unmark(Sample.WithoutTime(mode).Replace(electrode, "§" + other, StringComparison.Ordinal));
                var error = Assert.Single(Sample.Errors(text));
                Assert.Equal(($"/boundaries/{place}/electric", line, column), (error.Pointer, error.Line, error.Column));
                Assert.Contains("there is none at this end", error.Message, StringComparison.Ordinal);
                Assert.Contains("or a Stern layer here", error.Remedy, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Reads_a_steady_state()
    {
        var run = Sample.Read(Sample.WithoutTime("\"mode\": \"steady\", \"output\": {}"));
        Assert.Equal((RunMode.Steady, 0.0), (run.Mode, run.Time.End));
        Assert.Equal([0.0], run.Output.SnapshotTimes);
        Assert.Equal([0.0], run.Output.TraceTimes);
        Assert.Equal(Sample.Read(Sample.Text).Problem.Left.Electric, run.Problem.Left.Electric);
        Assert.Null(run.CurrentVoltage);
        Assert.Null(run.Impedance);
        Assert.Equal(RunMode.Transient, Sample.Read(Sample.Text).Mode);
    }

    [Fact]
    public void A_steady_state_may_have_what_a_transient_may()
    {
        var clamp = Sample.WithoutTime("\"mode\": \"steady\"").Replace("{ \"potential\": \"-70 mV\" }", "{ \"current\": 0 }", StringComparison.Ordinal);
        Assert.IsType<CurrentBoundary>(Sample.Read(clamp).Problem.Left.Electric);
        var both = clamp.Replace("\"stern\": { \"potential\": 0, \"capacitance\": \"0.2 F/m^2\" }", "\"current\": 0", StringComparison.Ordinal);
        Assert.Contains("at both ends", Assert.Single(Sample.Errors(both)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_curve_of_steady_states()
    {
        var run = Sample.Read(Sample.WithoutTime(Voltages + "{ \"linspace\": [\"-120 mV\", \"60 mV\", 37] } }"));
        Assert.Equal((RunMode.CurrentVoltage, CurrentVoltageProtocol.Steady, 0.0), (run.Mode, run.CurrentVoltage!.Protocol, run.Time.End));
        var voltages = run.CurrentVoltage.Voltages;
        Assert.Equal((37, -0.12, 0.06), (voltages.Count, voltages[0], voltages[^1]));
        Assert.Equal(Enumerable.Range(0, 37).Select(i => (double)(-0.12m + 0.005m * i)), voltages); // to the last bit: a key to look up
        Assert.Equal([1, 0.5, -2], Sample.Read(Sample.WithoutTime(Voltages + "[1, \"500 mV\", -2] }")).CurrentVoltage!.Voltages);
        Assert.Equal([1, 0, -1], Sample.Read(Sample.WithoutTime(Voltages + "{ \"linspace\": [1, -1, 3] } }")).CurrentVoltage!.Voltages);
    }

    [Fact]
    public void Reads_a_curve_by_steps()
    {
        var run = Sample.Read(Sample.With("\"mode\": \"transient\"", Voltages + "[\"-70 mV\", 0], \"protocol\": \"step\" }"));
        Assert.Equal((CurrentVoltageProtocol.Step, 1e-6), (run.CurrentVoltage!.Protocol, run.Time.End));
        Assert.Equal(11, run.Output.SnapshotTimes.Count);
    }

    [Fact]
    public void Reads_a_spectrum()
    {
        var frequencies = Sample.Read(Sample.WithoutTime(Frequencies + "{ \"logspace\": [1e-2, \"1 GHz\", 56] } }")).Impedance!.Frequencies;
        Assert.Equal((56, 1e-2, 1e9), (frequencies.Count, frequencies[0], frequencies[^1]));
        Assert.All(Enumerable.Range(1, 55), i => Assert.Equal(Math.Pow(10, 0.2), frequencies[i] / frequencies[i - 1], 1e-12));
        var listed = Sample.Read(Sample.WithoutTime(Frequencies + "[0.5, \"2 Hz\", \"1 kHz\", \"3 MHz\", \"1 GHz\"] }"));
        Assert.Equal((RunMode.Impedance, 0.0), (listed.Mode, listed.Time.End));
        Assert.Equal([0.5, 2, 1e3, 3e6, 1e9], listed.Impedance!.Frequencies);
        Assert.Equal([7], Sample.Read(Sample.WithoutTime(Frequencies + "[7] }")).Impedance!.Frequencies);
    }

    [Fact]
    public void Rodas4_and_its_fixed_step_are_read()
    {
        var time = Sample.Read(Sample.With("\"rkc2\"", "\"rodas4\", \"step\": \"1 ns\"")).Time;
        Assert.Equal((IntegratorKind.Rodas4, 1e-9), (time.Integrator, time.Step));
    }

    [Fact]
    public void A_grid_tolerance_stands_alone_or_beside_a_starting_grid()
    {
        var alone = Sample.Read(Sample.With("{ \"firstCell\": \"0.1 nm\", \"growth\": 1.2 }", "{ \"tolerance\": \"0.01 mV\" }")).Problem;
        Assert.Equal(1e-5, alone.GridTolerance);
        Assert.Null(alone.Regions[0].Grid);
        Assert.Equal(20, alone.Regions[1].Grid!.Cells);
        var beside = Sample.Read(Sample.With("\"growth\": 1.2 }", "\"growth\": 1.2, \"tolerance\": 1e-6 }")).Problem;
        Assert.Equal((1e-6, new RegionGrid(null, 0.1e-9, 1.2)), (beside.GridTolerance!.Value, beside.Regions[0].Grid));
        Assert.Null(Sample.Read(Sample.Text).Problem.GridTolerance);
        Assert.Null(Sample.Read(Sample.With("{ \"firstCell\": \"0.1 nm\", \"growth\": 1.2 }", "{}")).Problem.Regions[0].Grid);
    }
}
