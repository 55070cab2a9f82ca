using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>Every form of a mechanism, its defaults and units.</summary>
public class MechanismTests
{
    private const string OwnGate =
        """{ "name": "m", "exponent": 3, "opening": { "linoid": { "rate": "1 1/ms", "midpoint": "-40 mV", "scale": "10 mV" } }, "closing": { "exponential": { "rate": 4000, "midpoint": "-65 mV", "scale": "-18 mV" } }, "initial": 0.05 }""";

    private static readonly Gate Own = new("m", 3,
        new(GateRateForm.Linoid, 1000, -0.04, 0.01), new(GateRateForm.Exponential, 4000, -0.065, -0.018), 1, 0.05);

    [Fact]
    public void Reads_leaks()
    {
        var leaks = NeuronSample.Read(
            """
            { "leak": { "ion": "K", "permeability": "1e-6 cm/s" } },
            { "leak": { "ion": "glucose", "permeability": { "step": { "from": 0, "to": "1e-8 m/s", "at": "1 ms" } }, "voltage": "faces" } },
            { "leak": { "ion": "Na", "conductance": "0.3 mS/cm^2" } },
            { "leak": { "ion": "Cl", "conductance": 3, "reversal": { "sine": { "offset": "-54 mV", "amplitude": "1 mV", "frequency": "1 Hz" } }, "name": "rest", "voltage": "ends" } }
            """);
        Assert.Equal(
        [
            new GoldmanLeak { Name = "leak K", Species = 0, Permeability = new ConstantWaveform(1e-8) },
            new GoldmanLeak { Name = "leak glucose", Species = 4, Permeability = new StepWaveform(0, 1e-8, 1e-3), View = MechanismView.Faces },
            new OhmicLeak { Name = "leak Na", Species = 1, Conductance = new ConstantWaveform(3) },
            new OhmicLeak { Name = "rest", Species = 2, Conductance = new ConstantWaveform(3), Reversal = new SineWaveform(-0.054, 1e-3, 1) },
        ], leaks);
    }

    [Fact]
    public void Reads_pumps()
    {
        var pumps = NeuronSample.Read(
            """
            { "pump": { "rate": "10 pmol/cm^2/s" } },
            { "pump": { "sodium": "K", "potassium": "Na", "rate": 1e-7, "sodiumHalf": "10 mM", "potassiumHalf": 1.5,
              "atp": { "ramp": { "from": "2 mM", "to": 0, "duration": "10 min" } }, "atpHalf": "500 uM", "voltage": "faces" } }
            """);
        Assert.Equal(
        [
            new SodiumPotassiumPump { Name = "pump", Sodium = 1, Potassium = 0, Rate = new ConstantWaveform(1e-7) },
            new SodiumPotassiumPump
            {
                Name = "pump 2",
                Sodium = 0,
                Potassium = 1,
                Rate = new ConstantWaveform(1e-7),
                SodiumHalf = 10,
                PotassiumHalf = 1.5,
                Atp = new RampWaveform(2, 0, 0, 600),
                AtpHalf = 0.5,
                View = MechanismView.Faces,
            },
        ], pumps);
    }

    [Fact]
    public void Reads_cotransport_and_water()
    {
        var list = NeuronSample.Read(
            """
            { "cotransport": { "ions": { "K": 1, "Cl": 1 }, "rate": "1e-8 mol/m^2/s" } },
            { "cotransport": { "ions": { "Na": 1, "K": 1, "Cl": 2 }, "rate": 0, "voltage": "faces" } },
            { "waterFlux": { "hydraulicPermeability": "1e-6 cm/s/bar", "burst": 2 } }
            """, ("\"glucose\", \"valence\": 0", "\"glucose\", \"valence\": 0.0"));
        var (first, second) = (Assert.IsType<Cotransporter>(list[0]), Assert.IsType<Cotransporter>(list[1]));
        Assert.Equal(("cotransport K Cl", 1e-8, MechanismView.Ends), (first.Name, first.Rate.At(0), first.View));
        Assert.Equal([(0, 1), (2, 1)], first.Ions);
        Assert.Equal(("cotransport Na K Cl", 0.0, MechanismView.Faces), (second.Name, second.Rate.At(0), second.View));
        Assert.Equal([(1, 1), (0, 1), (2, 2)], second.Ions);
        var water = Assert.IsType<WaterFlux>(list[2]);
        Assert.Equal(("waterFlux", 2.0), (water.Name, water.BurstRatio!.Value));
        Assert.Equal(1e-13, water.HydraulicPermeability.At(0), 1e-27);
        Assert.Null(Assert.IsType<WaterFlux>(NeuronSample.Read("{ \"waterFlux\": { \"hydraulicPermeability\": \"1e-13 m/s/Pa\" } }")[0]).BurstRatio);
    }

    [Fact]
    public void Reads_channels_with_known_gates_at_the_temperature_of_the_run()
    {
        // 16.3 degC is 10 K above the temperature of the rates: one whole factor.
        var list = NeuronSample.Read(
            """
            { "channel": { "ion": "Na", "conductance": "120 mS/cm^2", "gates": "hodgkinHuxleySodium" } },
            { "channel": { "ion": "K", "conductance": "36 mS/cm^2", "gates": "hodgkinHuxleyPotassium", "reversal": "-77 mV", "q10": 2, "gateTemperature": "-3.7 degC" } },
            { "channel": { "ion": "K", "conductance": 1, "gates": "hodgkinHuxleyPotassium", "q10": 1 } }
            """).Cast<GatedChannel>().ToList();
        Assert.Equal(["channel Na", "channel K", "channel K 2"], list.Select(one => one.Name));
        Assert.Equal([1200, 360, 1], list.Select(one => one.Conductance.At(0)));
        Assert.Equal(["m", "h"], list[0].Gates.Select(gate => gate.Name));
        Assert.All(list[0].Gates, gate => Assert.Equal(3, gate.Speed, 1e-12));
        Assert.Equal(KnownGates.M(list[0].Gates[0].Speed), list[0].Gates[0]);
        Assert.Null(list[0].Reversal);
        Assert.Equal(new ConstantWaveform(-0.077), list[1].Reversal);
        Assert.Equal(4, Assert.Single(list[1].Gates).Speed, 1e-12);
        Assert.Equal(KnownGates.N(), Assert.Single(list[2].Gates));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData(", \"q10\": 1", 1)]
    [InlineData(", \"gateTemperature\": \"6.3 degC\"", 3)]
    [InlineData(", \"gateTemperature\": \"-3.7 degC\", \"q10\": 2", 4)]
    public void Reads_channels_with_own_gates(string keys, double speed)
    {
        var channel = Assert.IsType<GatedChannel>(Assert.Single(NeuronSample.Read(
            $"{{ \"channel\": {{ \"ion\": \"Na\", \"conductance\": 1200, \"gates\": [ {OwnGate} ]{keys} }} }}")));
        var gate = Assert.Single(channel.Gates);
        Assert.Equal(speed, gate.Speed, 1e-12);
        Assert.Equal(Own, gate with { Speed = 1 });
    }

    [Fact]
    public void Own_gates_may_leave_out_exponent_and_initial_value()
    {
        var gates = $"[ {OwnGate.Replace("\"exponent\": 3, ", "", StringComparison.Ordinal).Replace(", \"initial\": 0.05", "", StringComparison.Ordinal)} ]";
        var channel = (GatedChannel)NeuronSample.Read($"{{ \"channel\": {{ \"ion\": \"Na\", \"conductance\": 1, \"gates\": {gates.Replace("linoid", "sigmoid", StringComparison.Ordinal)} }} }}")[0];
        Assert.Equal(Own with { Exponent = 1, Initial = null, Opening = Own.Opening with { Form = GateRateForm.Sigmoid } }, channel.Gates[0]);
    }

    [Fact]
    public void Names_are_made_unique_and_leave_the_given_ones()
    {
        const string leak = "{ \"leak\": { \"ion\": \"K\", \"permeability\": 1e-8 } }";
        var list = NeuronSample.Read($"{leak}, {leak}, {{ \"leak\": {{ \"ion\": \"K\", \"permeability\": 0, \"name\": \"leak K 2\" }} }}");
        Assert.Equal(["leak K", "leak K 3", "leak K 2"], list.Select(one => one.Name));
    }

    [Fact]
    public void No_mechanisms_unless_written() => Assert.Empty(Sample.Read(Sample.With("\"mechanisms\": [],", "")).Problem.Mechanisms);

    [Fact]
    public void The_initial_steady_state_has_the_same_mechanisms_or_others_of_the_same_layout()
    {
        const string leak = "{ \"leak\": { \"ion\": \"K\", \"permeability\": 1e-8 } }";
        PnpProblem Steady(string overrides) => Assert.IsType<SteadyInitialState>(Sample.Read(NeuronSample.With(leak,
            ("\"initial\": \"regions\"", $"\"initial\": {{ \"steady\": {{ {overrides} }} }}"), ("\"ideal\"", "\"davies\""))).Problem.Initial).Problem;
        Assert.Equal(new GoldmanLeak { Name = "leak K", Species = 0, Permeability = new ConstantWaveform(1e-8) }, Assert.Single(Steady("").Mechanisms));
        Assert.Equal(ActivityKind.Davies, Steady("").Activity.Kind);
        var other = Steady("\"mechanisms\": [ { \"leak\": { \"ion\": \"K\", \"permeability\": 2e-8, \"name\": \"other\" } } ]");
        Assert.Equal(new GoldmanLeak { Name = "other", Species = 0, Permeability = new ConstantWaveform(2e-8) }, Assert.Single(other.Mechanisms));
    }

    [Fact]
    public void A_cell_that_swells_may_start_from_where_it_was_held_between_baths()
    {
        const string water = "{ \"waterFlux\": { \"hydraulicPermeability\": 1e-13, \"burst\": 2 } }";
        var problem = Sample.Read(NeuronSample.With(water, ("\"initial\": \"regions\"", "\"initial\": { \"steady\": { \"boundaries\": { \"left\": { \"ions\": \"bath\" } } } }"))).Problem;
        var held = Assert.IsType<SteadyInitialState>(problem.Initial).Problem;
        Assert.All(held.Left.Ions, ion => Assert.IsType<BathBoundary>(ion));
        Assert.IsType<WaterFlux>(Assert.Single(held.Mechanisms));
    }
}
