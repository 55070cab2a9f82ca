using System.Text.Json;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Sweeps;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

public class ConfigurationReaderTests
{
    public static TheoryData<string> ConfigNames => [.. Repository.Configs.Select(path => Path.GetRelativePath(Repository.Root, path))];

    [Theory]
    [MemberData(nameof(ConfigNames))]
    public void Reads_every_config_of_the_repository(string name)
    {
        var path = Path.Combine(Repository.Root, name);
        var result = ConfigurationReader.Read(path, []);
        if (result.IsSweep)
        {
            var sweep = SweepPlan.Read(path, []);
            Assert.Empty(sweep.Errors);
            Assert.Equal(Repository.Text(name), sweep.Plan!.Source);
            return;
        }

        Assert.Empty(result.Errors);
        Assert.Equal(Repository.Text(name), result.Configuration!.Source);
    }

    [Fact]
    public void Reads_the_sample()
    {
        var run = Sample.Read(Sample.Text);
        var problem = run.Problem;
        Assert.Equal("Sample", run.Title);
        Assert.Equal(298.15, problem.Temperature);
        Assert.Equal([new("K", 1, 1.957e-9, 3e-10), new("Cl", -1, 2.032e-9, 3e-10), new Species("A", -1, 1e-9)], problem.Species);
        var (inside, membrane, outside) = (problem.Regions[0], problem.Regions[1], problem.Regions[2]);
        Assert.Equal([150, 100, 40], inside.Concentration!);
        Assert.Equal(-10, inside.FixedCharge);
        Assert.Equal(new RegionGrid(null, 0.1e-9, 1.2), inside.Grid);
        Assert.Null(membrane.Concentration);
        Assert.True(membrane.IsMembrane);
        Assert.Equal([false, false, true], membrane.Impermeable);
        Assert.Equal([1e-3, 1, 1], membrane.DiffusivityFactor);
        Assert.Equal([10e3, 10e3, 10e3], membrane.Barrier);
        Assert.Equal(new RegionGrid(20, Grading: Grading.None), membrane.Grid);
        Assert.Equal([5, 5, 0], outside.Concentration!);
        Assert.Equal(78.303, outside.Permittivity, 1e-3);
        Assert.Equal(new PotentialBoundary(new ConstantWaveform(-0.07)), problem.Left.Electric);
        Assert.Equal([new BathBoundary(new ConstantWaveform(150)), new BathBoundary(new ConstantWaveform(100)), new BlockedBoundary()], problem.Left.Ions);
        Assert.Equal(new SternBoundary(new ConstantWaveform(0), 0.2), problem.Right.Electric);
        Assert.All(((ProfilesInitialState)problem.Initial).Profiles, profile => Assert.IsType<RegionsProfile>(profile));
        Assert.Null(problem.Sources);
        Assert.Equal(new() { End = 1e-6, Integrator = IntegratorKind.Rkc2, RelativeTolerance = 1e-5, AbsoluteTolerance = 1e-3, MaximumSteps = 1000 }, run.Time);
        Assert.Equal(["membranePotential", "leftCharge"], run.Output.Traces);
        Assert.Empty(run.Remarks);
    }

    [Fact]
    public void Memb_is_the_problem_of_the_design()
    {
        var run = ConfigurationReader.Read(Path.Combine(Repository.Root, "configs", "bench", "memb.json"), []).Configuration!;
        Assert.Equal(310.15, run.Problem.Temperature);
        Assert.Equal([30e-9, 4e-9, 30e-9], run.Problem.Regions.Select(region => region.Length));
        Assert.Equal([74, 2, 74], run.Problem.Regions.Select(region => region.Permittivity));
        Assert.Equal([1.957e-9, 1.334e-9, 2.032e-9], run.Problem.Species.Select(species => species.Diffusivity));
        Assert.Equal([1e-4, 1e-4, 1e-4], run.Problem.Regions[1].DiffusivityFactor);
        Assert.Equal([10e3, 10e3, 10e3], run.Problem.Regions[1].Barrier);
        Assert.Equal([140, 10, 150], run.Problem.Regions[0].Concentration!);
        Assert.Equal([5, 145, 150], run.Problem.Regions[2].Concentration!);
        Assert.Equal([new(108, 0.1e-9, null, Grading.Right), new(40, null, null, Grading.None), new RegionGrid(108, 0.1e-9, null, Grading.Left)],
            run.Problem.Regions.Select(region => region.Grid!));
        Assert.Equal(1e-6, run.Time.End);
        Assert.Equal(1e-4, run.Time.RelativeTolerance);
    }

    [Fact]
    public void Reads_every_form_of_a_boundary()
    {
        var text = Sample.With("{ \"potential\": \"-70 mV\" }", "{ \"surfaceCharge\": { \"ramp\": { \"from\": 0, \"to\": \"1 uC/cm^2\", \"duration\": \"1 ns\" } } }")
            .Replace("{ \"default\": \"bath\", \"A\": \"blocked\" }",
                "{ \"K\": { \"bath\": { \"table\": { \"time\": [0, 1], \"value\": [150, 150] } } }, \"Cl\": { \"reservoir\": { \"depth\": \"3.3 um\" } }, \"A\": { \"flux\": \"1e-7 mol/m^2/s\" } }", StringComparison.Ordinal);
        var left = Sample.Read(text).Problem.Left;
        Assert.Equal(new SurfaceChargeBoundary(new RampWaveform(0, 0.01, 0, 1e-9)), left.Electric);
        Assert.IsType<TableWaveform>(Assert.IsType<BathBoundary>(left.Ions[0]).Concentration);
        Assert.Equal(new ReservoirBoundary(3.3e-6, 100), left.Ions[1]);
        Assert.Equal(new FluxBoundary(new ConstantWaveform(1e-7)), left.Ions[2]);
        var current = Sample.Read(Sample.With("{ \"potential\": \"-70 mV\" }", "{ \"current\": { \"sine\": { \"offset\": 0, \"amplitude\": \"1 A/m^2\", \"frequency\": \"1 MHz\", \"phase\": \"90 deg\" } } }"));
        Assert.Equal(new CurrentBoundary(new SineWaveform(0, 1, 1e6, Math.PI / 2)), current.Problem.Left.Electric);
    }

    [Fact]
    public void Reads_the_mixed_ends_of_the_design()
    {
        var text = Sample.With("{ \"default\": \"bath\", \"A\": \"blocked\" }",
            "{ \"default\": \"bath\", \"K\": { \"reservoir\": { \"depth\": \"3.3 um\" } }, \"A\": \"blocked\" }");
        var left = Sample.Read(text).Problem.Left.Ions;
        Assert.Equal([new ReservoirBoundary(3.3e-6, 150), new BathBoundary(new ConstantWaveform(100)), new BlockedBoundary()], left);
        var uniform = Sample.Read(Sample.With("\"ions\": \"bath\"", "\"ions\": { \"flux\": 0 }")).Problem.Right.Ions;
        Assert.All(uniform, ion => Assert.Equal(new FluxBoundary(new ConstantWaveform(0)), ion));
    }

    [Fact]
    public void A_bath_that_changes_neutrally_is_accepted()
    {
        const string pulse = "{ \"bath\": { \"pulse\": { \"base\": 5, \"peak\": 50, \"start\": 1e-7, \"duration\": 1e-7, \"period\": 3e-7 } } }";
        var run = Sample.Read(Sample.With("\"ions\": \"bath\"", $"\"ions\": {{ \"K\": {pulse}, \"Cl\": {pulse}, \"A\": \"blocked\" }}"));
        Assert.Equal(new BathBoundary(new PulseWaveform(5, 50, 1e-7, 1e-7, 3e-7)), run.Problem.Right.Ions[0]);
    }

    [Fact]
    public void A_closed_neutral_stack_may_have_surface_charge_on_both_ends()
    {
        var text = Sample.With("\"potential\": \"-70 mV\"", "\"surfaceCharge\": \"0.01 C/m^2\"")
            .Replace("\"stern\": { \"potential\": 0, \"capacitance\": \"0.2 F/m^2\" }", "\"surfaceCharge\": \"-0.01 C/m^2\"", StringComparison.Ordinal)
            .Replace("{ \"default\": \"bath\", \"A\": \"blocked\" }", "\"blocked\"", StringComparison.Ordinal)
            .Replace("\"ions\": \"bath\"", "\"ions\": \"blocked\"", StringComparison.Ordinal)
            .Replace("\"impermeable\": [\"A\"]", "\"concentration\": {}", StringComparison.Ordinal);
        Sample.Read(text);
        var error = Assert.Single(Sample.Errors(text.Replace("\"-0.01 C/m^2\"", "\"-0.02 C/m^2\"", StringComparison.Ordinal)));
        Assert.Contains("is not neutral", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"cylindrical\", \"innerRadius\": \"1 um\"", typeof(CylindricalGeometry))]
    [InlineData("\"spherical\", \"innerRadius\": \"1 um\"", typeof(SphericalGeometry))]
    [InlineData("\"table\", \"position\": [0, \"10 nm\"], \"area\": [\"1 nm^2\", \"2 nm^2\"]", typeof(TableGeometry))]
    public void Reads_geometries(string kind, Type type) => Assert.IsType(type, Sample.Read(Sample.With("\"planar\"", kind)).Problem.Geometry);

    [Fact]
    public void Reads_initial_states_and_sources()
    {
        var profiles = """
            "initial": { "K": { "table": { "position": [0, "25 nm"], "concentration": ["150 mM", "5 mM"] } }, "Cl": { "erf": { "left": 100, "right": 5, "centre": "12 nm", "width": "1 nm" } } },
            "source": { "A": { "position": [0, 1e-8], "time": [0], "rate": [["1 mM/s", 0]] } }
            """;
        var problem = Sample.Read(Sample.With("\"initial\": \"regions\"", profiles)).Problem;
        var initial = Assert.IsType<ProfilesInitialState>(problem.Initial).Profiles;
        Assert.Equal([150, 5], Assert.IsType<TableProfile>(initial[0]).Concentration);
        Assert.Equal(new ErfProfile(100, 5, 12e-9, 1e-9), initial[1]);
        Assert.IsType<RegionsProfile>(initial[2]);
        Assert.Null(problem.Sources![0]);
        Assert.Equal([1, 0], problem.Sources[2]!.Rate[0]);
        var file = ConfigurationReader.Parse(Sample.With("\"regions\",\n  \"mech", "{ \"file\": \"earlier.h5\" },\n  \"mech"), Path.Combine("some", "where", "x.json"), []);
        Assert.Equal(Path.GetFullPath(Path.Combine("some", "where", "earlier.h5")), Assert.IsType<FileInitialState>(file.Configuration!.Problem.Initial).Path);
    }

    [Fact]
    public void Known_diffusivities_move_to_the_temperature_and_given_ones_stay()
    {
        var warm = Sample.With("25 degC", "37 degC");
        var plain = Sample.Read(warm);
        Assert.Equal(1.957e-9, plain.Problem.Species[0].Diffusivity);
        Assert.Contains("K, Cl", Assert.Single(plain.Remarks), StringComparison.Ordinal);
        var scaled = Sample.Read(warm.Replace("\"none\",\n  \"grid", "\"stokesEinstein\",\n  \"grid", StringComparison.Ordinal));
        var factor = WaterProperties.StokesEinsteinFactor(298.15, 310.15);
        Assert.Equal(1.957e-9 * factor, scaled.Problem.Species[0].Diffusivity);
        Assert.Equal(2.032e-9, scaled.Problem.Species[1].Diffusivity);
        Assert.InRange(factor, 1.33, 1.35);
        Assert.Contains("kelvin", Sample.Read(Sample.With("\"25 degC\"", "37").Replace("\"water\"", "80", StringComparison.Ordinal)).Remarks[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshots_start_at_zero_and_end_at_the_end()
    {
        var linear = Sample.Read(Sample.Text).Output;
        Assert.Equal(11, linear.SnapshotTimes.Count);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => 1e-6 * (i / 10.0)), linear.SnapshotTimes);
        Assert.All(linear.SnapshotTimes, time => Assert.Contains(time, linear.TraceTimes));
        Assert.Equal(linear.TraceTimes.Order().Distinct(), linear.TraceTimes);
        Assert.InRange(linear.TraceTimes.Count, 200, 210);

        var log = Sample.Read(Sample.With("\"spacing\": \"linear\"", "\"spacing\": \"log\"")).Output.SnapshotTimes;
        Assert.Equal((11, 0, 1e-6), (log.Count, log[0], log[^1]));
        Assert.Equal(1e-12, log[1], 1e-24);
        Assert.All(Enumerable.Range(2, 9), i => Assert.Equal(log[2] / log[1], log[i] / log[i - 1], 1e-9));

        var listed = Sample.Read(Sample.With("\"count\": 11, \"spacing\": \"linear\"", "\"times\": [\"1 ns\", \"0.1 us\"]")).Output;
        Assert.Equal([0, 1e-9, 1e-7, 1e-6], listed.SnapshotTimes);
        Assert.All(listed.SnapshotTimes, time => Assert.Contains(time, listed.TraceTimes));
    }

    [Fact]
    public void Overrides_replace_and_add_values()
    {
        var run = Sample.Read(Sample.Text, "/regions/1/length=\"7 nm\"", "/time/end=2 us", "/time/step=1e-12", "/species/0/diffusivity=1e-9", "/title=A = B");
        Assert.Equal(7e-9, run.Problem.Regions[1].Length);
        Assert.Equal(2e-6, run.Time.End);
        Assert.Equal(1e-12, run.Time.Step);
        Assert.Equal(1e-9, run.Problem.Species[0].Diffusivity);
        Assert.Equal("A = B", run.Title);
    }

    [Theory]
    [InlineData("/regions/1/length=-5 nm", "/regions/1/length", "out of range")]
    [InlineData("/regions/1/lenght=5 nm", "/regions/1/lenght", "did you mean \"length\"?")]
    [InlineData("/regions/7/length=5 nm", "/regions/7/length", "/regions/7 does not exist")]
    [InlineData("/regions/7={}", "/regions/7", "has no \"7\"")]
    [InlineData("/region/1/length=5 nm", "/region/1/length", "/region does not exist")]
    [InlineData("/title/x=1", "/title/x", "has no \"x\"")]
    [InlineData("/temperature=1e999", "/temperature", "not a finite number")]
    [InlineData("/geometry={\"kind\": \"planar\", \"kind\": \"planar\"}", "/geometry/kind", "stands twice")]
    [InlineData("/temperature", "/temperature", "not POINTER=VALUE")]
    [InlineData("temperature=3", "temperature", "not POINTER=VALUE")]
    [InlineData("/=3", "/", "not POINTER=VALUE")]
    [InlineData("", "", "not POINTER=VALUE")]
    public void Errors_of_overrides_name_them(string assignment, string place, string message)
    {
        var error = Assert.Single(Sample.Errors(Sample.Text, assignment));
        Assert.Equal(("--set", 0, place), (error.File, error.Line, error.Pointer));
        Assert.StartsWith($"--set: {(place.Length == 0 ? "/" : place)}: ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(error.Remedy));
    }

    [Fact]
    public void Source_is_the_text_and_with_overrides_gives_the_same_run_again()
    {
        Assert.Equal(Sample.Text, Sample.Read(Sample.Text).Source);
        var changed = Sample.Read(Sample.Text, "/regions/1/length=7 nm", "/boundaries/left/electric/potential={\"step\": {\"from\": 0, \"to\": \"-0.1 V\", \"at\": \"1 ns\"}}");
        var again = Sample.Read(changed.Source);
        Assert.Equal(changed.Source, again.Source);
        Assert.Equal(Serialized(changed), Serialized(again));
        Assert.NotEqual(Serialized(changed), Serialized(Sample.Read(Sample.Text)));
    }

    private static string Serialized(RunConfiguration run) => JsonSerializer.Serialize(new
    {
        run.Title,
        run.Problem.Temperature,
        run.Problem.Species,
        run.Problem.Regions,
        Left = run.Problem.Left.ToString(),
        LeftIons = string.Join(',', run.Problem.Left.Ions),
        RightIons = string.Join(',', run.Problem.Right.Ions),
        run.Time,
        run.Output,
    });
}
