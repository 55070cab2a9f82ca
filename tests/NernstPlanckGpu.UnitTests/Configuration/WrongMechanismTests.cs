using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>Mechanisms that cannot be: § marks the place that the one error must name, which is then taken out.</summary>
public class WrongMechanismTests
{
    private const string Leak = "{ \"leak\": { \"ion\": \"K\", \"permeability\": 1e-8 } }";
    private const string Water = "{ \"waterFlux\": { \"hydraulicPermeability\": 1e-13 } }";
    private const string Opening = "\"opening\": { \"exponential\": { \"rate\": 1, \"midpoint\": 0, \"scale\": 0.01 } }";
    private const string Closing = "\"closing\": { \"exponential\": { \"rate\": 1, \"midpoint\": 0, \"scale\": -0.01 } }";
    private const string LeftIons = "\"ions\": { \"reservoir\": { \"depth\": \"3 um\" } }";

    /// <summary>Items of the list with the mark, pointer, part of the message, part of the remedy.</summary>
    public static TheoryData<string, string, string, string> Items => new()
    {
        { "§3", "/mechanisms/0", "3 is not a mechanism", "{\"leak\": {" },
        { "{ §\"leek\": {} }", "/mechanisms/0/leek", "does not name a mechanism", "did you mean \"leak\"?" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": 1e-8 }, §\"pump\": { \"rate\": 0 } }", "/mechanisms/0/pump", "a second form", "keep one of them" },

        { "{ \"leak\": { \"ion\": §\"Ca\", \"permeability\": 1e-8 } }", "/mechanisms/0/leak/ion", "the species \"Ca\" is not declared", "/species" },
        { "{ \"leak\": §{ \"permeability\": 1e-8 } }", "/mechanisms/0/leak", "\"ion\" is missing", "write \"ion\"" },
        { "{ \"leak\": §{ \"ion\": \"K\" } }", "/mechanisms/0/leak", "the leak has no size", "either \"permeability\"" },
        { "{ \"leak\": §{ \"ion\": \"K\", \"permeability\": 0, \"conductance\": 0 } }", "/mechanisms/0/leak", "a permeability and a conductance", "either \"permeability\"" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": 0, \"reversal\": §0 } }", "/mechanisms/0/leak/reversal", "reversal potential from the concentrations", "remove \"reversal\"" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": §-1 } }", "/mechanisms/0/leak/permeability", "out of range", "write a value ≥ 0 m/s" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": §\"1 mS/cm^2\" } }", "/mechanisms/0/leak/permeability", "not that of a permeability", "write a permeability" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": { \"step\": { \"from\": 0, \"to\": §-1, \"at\": 1 } } } }", "/mechanisms/0/leak/permeability/step/to", "out of range", "≥ 0" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": { \"sine\": { \"offset\": 1, \"amplitude\": §2, \"frequency\": 1 } } } }", "/mechanisms/0/leak/permeability/sine/amplitude", "leaves the range", "at most the offset" },
        { "§{ \"leak\": { \"ion\": \"K\", \"permeability\": { \"triangle\": { \"low\": 0, \"high\": 1, \"period\": 1e-9 } } } }", "/mechanisms/0", "repeats more than", "a longer period" },
        { "{ \"leak\": { \"ion\": \"K\", \"conductance\": §\"-1 S/m^2\" } }", "/mechanisms/0/leak/conductance", "out of range", "≥ 0 S/m^2" },
        { "{ \"leak\": { \"ion\": §\"glucose\", \"conductance\": 1 } }", "/mechanisms/0/leak/ion", "\"glucose\" has no charge", "write \"permeability\"" },
        { "{ \"leak\": { \"ion\": \"K\", \"conductance\": 1, \"reversal\": §\"5 mM\" } }", "/mechanisms/0/leak/reversal", "not that of a potential", "write a potential" },
        { "§{ \"leak\": { \"ion\": \"A\", \"conductance\": 1 } }", "/mechanisms/0", "none of it at the right end", "or \"reversal\"" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": 0, \"voltage\": §\"face\" } }", "/mechanisms/0/leak/voltage", "not known here", "did you mean \"faces\"?" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": 0, \"name\": §\"a/b\" } }", "/mechanisms/0/leak/name", "\"/\"", "without" },
        { "{ \"leak\": { \"ion\": \"K\", \"permeability\": 0, \"name\": \"x\" } }, { \"pump\": { \"rate\": 0, \"name\": §\"x\" } }", "/mechanisms/1/pump/name", "two mechanisms are called \"x\"", "another name" },

        { "{ \"pump\": §{ } }", "/mechanisms/0/pump", "\"rate\" is missing", "write \"rate\"" },
        { "{ \"pump\": { \"rate\": §-1e-7 } }", "/mechanisms/0/pump/rate", "out of range", "≥ 0" },
        { "{ \"pump\": { \"rate\": 0, \"sodium\": §\"Nb\" } }", "/mechanisms/0/pump/sodium", "not declared", "did you mean \"Na\"?" },
        { "{ \"pump\": { \"rate\": 0, \"sodium\": §\"K\" } }", "/mechanisms/0/pump/sodium", "both ions of the pump are \"K\"", "two species" },
        { "{ \"pump\": { \"rate\": 0, \"potassium\": §\"Na\" } }", "/mechanisms/0/pump/potassium", "both ions of the pump are \"Na\"", "two species" },
        { "{ \"pump\": { \"rate\": 0, \"sodiumHalf\": §0 } }", "/mechanisms/0/pump/sodiumHalf", "out of range", "> 0" },
        { "{ \"pump\": { \"rate\": 0, \"potassiumHalf\": §-1 } }", "/mechanisms/0/pump/potassiumHalf", "out of range", "> 0" },
        { "{ \"pump\": { \"rate\": 0, \"atp\": §2 } }", "/mechanisms/0/pump/atp", "\"atp\" stands without \"atpHalf\"", "write \"atpHalf\"" },
        { "{ \"pump\": { \"rate\": 0, \"atpHalf\": §2 } }", "/mechanisms/0/pump/atpHalf", "\"atpHalf\" stands without \"atp\"", "write \"atp\"" },
        { "{ \"pump\": { \"rate\": 0, \"atp\": { \"ramp\": { \"from\": 2, \"to\": §-1, \"duration\": 1 } }, \"atpHalf\": 1 } }", "/mechanisms/0/pump/atp/ramp/to", "out of range", "≥ 0" },

        { "{ \"cotransport\": { \"ions\": { \"K\": 1, §\"Ca\": 1 }, \"rate\": 0 } }", "/mechanisms/0/cotransport/ions/Ca", "not declared", "/species" },
        { "{ \"cotransport\": { \"ions\": §{ \"K\": 1 }, \"rate\": 0 } }", "/mechanisms/0/cotransport/ions", "at least two ions", "\"Cl\": 1" },
        { "{ \"cotransport\": { \"ions\": { \"K\": §0, \"Cl\": 1 }, \"rate\": 0 } }", "/mechanisms/0/cotransport/ions/K", "none of this ion", "remove the ion" },
        { "{ \"cotransport\": { \"ions\": { \"K\": §1.5, \"Cl\": 1 }, \"rate\": 0 } }", "/mechanisms/0/cotransport/ions/K", "whole number", "from -9 to 9" },
        { "{ \"cotransport\": { \"ions\": { \"K\": 1, \"Cl\": 1 }, \"rate\": §-1 } }", "/mechanisms/0/cotransport/rate", "out of range", "≥ 0" },
        { "§{ \"cotransport\": { \"ions\": { \"K\": 1, \"A\": 1 }, \"rate\": 0 } }", "/mechanisms/0", "none of it at the right end", "write a concentration of \"A\"" },

        { "{ \"waterFlux\": { \"hydraulicPermeability\": §-1 } }", "/mechanisms/0/waterFlux/hydraulicPermeability", "out of range", "≥ 0 m/s/Pa" },
        { "{ \"waterFlux\": { \"hydraulicPermeability\": §\"1 m/s\" } }", "/mechanisms/0/waterFlux/hydraulicPermeability", "not that of a hydraulic permeability", "m/s/Pa" },
        { "{ \"waterFlux\": { \"hydraulicPermeability\": 0, \"burst\": §1 } }", "/mechanisms/0/waterFlux/burst", "out of range", "> 1" },
        { "{ \"waterFlux\": { \"hydraulicPermeability\": 0, \"voltage\": §\"faces\" } }", "/mechanisms/0/waterFlux/voltage", "osmosis sees the two ends", "write \"ends\"" },
        { $"{Water}, §{Water}", "/mechanisms/1", "a second water flux", "keep one" },
    };

    /// <summary>Keys of a channel with the mark, pointer below it, part of the message, part of the remedy.</summary>
    public static TheoryData<string, string, string, string> Channels => new()
    {
        { "\"ion\": §\"Ca\", \"conductance\": 1, \"gates\": \"hodgkinHuxleySodium\"", "/ion", "not declared", "/species" },
        { "\"ion\": §\"glucose\", \"conductance\": 1, \"gates\": \"hodgkinHuxleySodium\"", "/ion", "has no charge", "a leak with a permeability" },
        { "\"ion\": \"K\", \"conductance\": §-1, \"gates\": \"hodgkinHuxleySodium\"", "/conductance", "out of range", "≥ 0" },
        { "\"ion\": \"K\", \"conductance\": 1, \"gates\": §\"hodgkinHuxleyNatrium\"", "/gates", "is not gates", "hodgkinHuxley" },
        { "\"ion\": \"K\", \"conductance\": 1, \"gates\": §[]", "/gates", "the list is empty", "at least 1" },
        { "\"ion\": \"K\", \"conductance\": 1, \"gates\": \"hodgkinHuxleySodium\", \"q10\": §0", "/q10", "out of range", "> 0" },
        { "\"ion\": \"K\", \"conductance\": 1, \"gates\": \"hodgkinHuxleySodium\", \"gateTemperature\": §\"-300 degC\"", "/gateTemperature", "out of range", "> 0 K" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": \"m\", {Opening}, {Closing} }} ], \"q10\": §3", "/q10", "temperature at which the gates' rates hold is missing", "write \"gateTemperature\"" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": \"m\", {Opening}, {Closing}, \"exponent\": §0 }} ]", "/gates/0/exponent", "whole number", "from 1" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": \"m\", {Opening}, {Closing}, \"initial\": §1.1 }} ]", "/gates/0/initial", "out of range", "≤ 1" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": \"m\", {Opening}, {Closing}, \"initial\": §-0.1 }} ]", "/gates/0/initial", "out of range", "≥ 0" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": §\"\", {Opening}, {Closing} }} ]", "/gates/0/name", "empty", "write a name" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ §{{ \"name\": \"m\", {Opening} }} ]", "/gates/0", "\"closing\" is missing", "write \"closing\"" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": \"m\", {Opening}, {Closing} }}, {{ \"name\": §\"m\", {Opening}, {Closing} }} ]", "/gates/1/name", "declared twice", "another name" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": \"m\", {Opening.Replace("0.01", "§0", StringComparison.Ordinal)}, {Closing} }} ]", "/gates/0/opening/exponential/scale", "the scale is 0", "\"10 mV\"" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": \"m\", {Opening.Replace("\"rate\": 1", "\"rate\": §-1", StringComparison.Ordinal)}, {Closing} }} ]", "/gates/0/opening/exponential/rate", "out of range", "≥ 0 1/s" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ {{ \"name\": \"m\", {Opening.Replace("\"exponential\"", "§\"exponental\"", StringComparison.Ordinal)}, {Closing} }} ]", "/gates/0/opening/exponental", "does not name a rate", "did you mean \"exponential\"?" },
        { $"\"ion\": \"K\", \"conductance\": 1, \"gates\": [ §{{ \"name\": \"m\", {Opening.Replace("\"rate\": 1", "\"rate\": 0", StringComparison.Ordinal)}, {Closing.Replace("\"rate\": 1", "\"rate\": 0", StringComparison.Ordinal)} }} ]", "/gates/0", "neither opens nor closes", "a rate > 0" },
        { "\"ion\": \"K\", \"conductance\": 1, \"gates\": \"hodgkinHuxleySodium\", §\"gate\": 1", "/gate", "not known", "did you mean \"gates\"?" },
    };

    /// <summary>Items, a part of the sample, what stands there instead, pointer, part of the message, part of the remedy.</summary>
    public static TheoryData<string, string, string, string, string, string> Stacks => new()
    {
        { Leak, "\"membrane\": true, ", "", "/mechanisms", "there is no membrane", "\"membrane\": true in exactly one" },
        { Leak, "\"name\": \"outside\"", "\"membrane\": true, \"name\": \"outside\"", "/mechanisms", "there are 2 membranes", "in exactly one" },
        { "{ \"pump\": §{ \"rate\": 0 } }", "\"Na\"", "\"Li\"", "/mechanisms/0/pump", "the pump moves \"Na\", which is not declared", "write \"sodium\"" },
        { Leak, "\"initial\": \"regions\"", "\"initial\": { \"steady\": { \"mechanisms\": §[] } }", "/initial/steady/mechanisms", "not those of the run", "with other numbers only" },
        { Leak, "\"initial\": \"regions\"", "\"initial\": { \"steady\": { \"mechanisms\": §[ { \"leak\": { \"ion\": \"Na\", \"permeability\": 1e-8 } } ] } }", "/initial/steady/mechanisms", "not those of the run", "with other numbers only" },
        { Leak, "\"initial\": \"regions\"", "\"initial\": { \"steady\": { \"mechanisms\": §[ { \"leak\": { \"ion\": \"K\", \"conductance\": 1 } } ] } }", "/initial/steady/mechanisms", "not those of the run", "with other numbers only" },
        { Leak, "\"initial\": \"regions\"", "\"initial\": { \"steady\": { \"mechanisms\": [ { \"leak\": { \"ion\": \"K\", \"permeability\": §-1 } } ] } }", "/initial/steady/mechanisms/0/leak/permeability", "out of range", "≥ 0" },
        { Leak, "\"initial\": \"regions\"", "\"initial\": { \"steady\": { \"activity\": §\"davies\" } }", "/initial/steady/activity", "is shared", "write it in /activity for both" },
        { "§" + Water, LeftIons, "\"ions\": \"bath\"", "/mechanisms/0", "neither end has a reservoir", "\"reservoir\"" },
        { "{ \"waterFlux\": { \"hydraulicPermeability\": 0, \"burst\": §2 } }", LeftIons + " },\n    \"right\": { \"electric\": { \"potential\": 0 }, \"ions\": \"bath\" }", "\"ions\": \"bath\" },\n    \"right\": { \"electric\": { \"potential\": 0 }, \"ions\": { \"reservoir\": { \"depth\": 1 } } }", "/mechanisms/0/waterFlux/burst", "no reservoir at the left end that could burst", "a reservoir at the left end" },
        { Water, LeftIons, "\"ions\": { \"default\": { \"reservoir\": { \"depth\": \"3 um\" } }, \"Cl\": §{ \"reservoir\": { \"depth\": \"4 um\" } } }", "/boundaries/left/ions/Cl", "differ in depth", "the same depth" },
        { Water, LeftIons, "\"ions\": { \"default\": { \"reservoir\": { \"depth\": \"3 um\" } }, \"Cl\": §\"bath\" }", "/boundaries/left/ions/Cl", "\"Cl\" has no reservoir here", "\"reservoir\"" },
        { Water, LeftIons, "\"ions\": { \"default\": { \"reservoir\": { \"depth\": \"3 um\" } }, \"A\": §\"blocked\" }", "/boundaries/left/ions/A", "\"A\" has no reservoir here", "\"reservoir\"" },
        { Water, "\"A\": 141 } }", "\"A\": 131 }, \"fixedCharge\": §-10 }", "/regions/0/fixedCharge", "a fixed charge beside a reservoir", "as a species with a reservoir" },
    };

    [Theory]
    [MemberData(nameof(Items))]
    public void An_item_is_refused(string items, string place, string message, string remedy) =>
        Check(NeuronSample.With(items), place, message, remedy);

    [Theory]
    [MemberData(nameof(Channels))]
    public void A_channel_is_refused(string keys, string place, string message, string remedy) =>
        Check(NeuronSample.With($"{{ \"channel\": {{ {keys} }} }}"), "/mechanisms/0/channel" + place, message, remedy);

    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_stack_or_mode_that_does_not_fit_is_refused(string items, string part, string replacement, string place, string message, string remedy) =>
        Check(NeuronSample.With(items, (part, replacement), ("[MECHANISMS]", place == "/mechanisms" ? "§[MECHANISMS]" : "[MECHANISMS]")), place, message, remedy);

    [Fact]
    public void Mechanisms_are_a_list() =>
        Check(NeuronSample.With("", ("[MECHANISMS]", "§{}")), "/mechanisms", "a list is expected", "write a list");

    [Fact]
    public void An_impedance_is_refused() =>
        Check(NeuronSample.With(Leak, ("[MECHANISMS]", "§[MECHANISMS]"), ("\"current\": 0", "\"potential\": 0"),
            ("\"time\": { \"end\": \"1 s\" }", "\"mode\": \"impedance\", \"impedance\": { \"frequencies\": [ 1 ] }")),
            "/mechanisms", "only where they see a voltage that is imposed and baths", "another \"mode\"");

    [Fact]
    public void An_ion_that_cannot_enter_a_neighbour_is_refused() =>
        Check(NeuronSample.With("§{ \"leak\": { \"ion\": \"A\", \"permeability\": 1e-8 } }", ("\"name\": \"outside\", ", "\"name\": \"outside\", \"impermeable\": [ \"A\" ], "),
            ("\"ions\": \"bath\"", "\"ions\": { \"default\": \"bath\", \"A\": \"blocked\" }")),
            "/mechanisms/0", "cannot enter the region \"outside\"", "take \"A\" from \"impermeable\"");

    [Fact]
    public void Two_mechanisms_whose_results_would_have_one_name_are_refused() =>
        Check(NeuronSample.With("""
            { "channel": { "name": "x", "ion": "K", "conductance": 1, "q10": 1, "gates": [ { "name": "m_K", "exponent": 1,
              "opening": { "exponential": { "rate": 1, "midpoint": 0, "scale": 0.01 } }, "closing": { "exponential": { "rate": 1, "midpoint": 0, "scale": -0.01 } } } ] } },
            §{ "leak": { "name": "x_m", "ion": "K", "permeability": 1e-8 } }
            """),
            "/mechanisms/1", "would both be called \"x_m_K\"", "another \"name\"");

    [Fact]
    public void A_cell_with_reservoirs_does_not_go_on_from_a_file() =>
        Check(NeuronSample.With(Leak, ("\"initial\": \"regions\"", "\"initial\": §{ \"file\": \"earlier.h5\" }")),
            "/initial", "does not hold what reservoirs hold", "\"steady\"");

    [Theory]
    [InlineData("\"current\": 0", "\"potential\": -0.07", "\"ideal\"", "which the current through the membrane charges")]
    [InlineData("\"current\": 0", "\"current\": 0", "\"davies\"", "mechanisms see concentrations, not activities")]
    public void What_a_run_leaves_out_is_remarked(string electric, string given, string activity, string remark)
    {
        var remarks = Sample.Read(NeuronSample.With(Leak, (electric, given), ("\"ideal\"", activity))).Remarks;
        Assert.Contains(remarks, text => text.Contains(remark, StringComparison.Ordinal));
        Assert.DoesNotContain(Sample.Read(NeuronSample.With(Leak)).Remarks, text => text.Contains(remark, StringComparison.Ordinal));
    }

    [Fact]
    public void A_membrane_at_an_end_is_refused() =>
        Check(NeuronSample.With(Leak, ("\"membrane\": true, ", ""), ("{ \"name\": \"outside\",", "§{ \"name\": \"outside\", \"membrane\": true,")),
            "/regions/2", "at an end of the stack", "a region on each side");

    [Fact]
    public void A_reservoir_whose_region_lets_a_species_not_in_needs_none_of_it() =>
        NeuronSample.Read(Water, ("\"name\": \"inside\", ", "\"name\": \"inside\", \"impermeable\": [ \"glucose\" ], "),
            (LeftIons, "\"ions\": { \"default\": { \"reservoir\": { \"depth\": \"3 um\" } }, \"glucose\": \"blocked\" }"));

    private static void Check(string marked, string place, string message, string remedy)
    {
        var error = NeuronSample.OnlyError(marked);
        Assert.Equal(place, error.Pointer);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }
}
