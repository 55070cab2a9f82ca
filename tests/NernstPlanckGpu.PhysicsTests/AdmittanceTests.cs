using System.Numerics;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>
/// Small-signal admittances: against linearised PNP in 40 digits (tests/reference/impedance.json), closed forms, the conductance, and
/// what must hold whatever the problem: one current at both ends, and no power given by a stack at rest.
/// </summary>
public class AdmittanceTests
{
    /// <summary>1e-2 … 1e9 Hz, five a decade.</summary>
    internal static readonly double[] Frequencies = [.. Enumerable.Range(0, 56).Select(i => Math.Pow(10, -2 + 0.2 * i))];

    private static readonly Electrolyte Dilute = Electrolyte.OneToOne(298.15, 78.5, 10);

    internal static ISteadyState Solved(PnpProblem problem)
    {
        ISteadyState steady = new CpuEngine(new(1)).Steady(Discretiser.Discretise(problem));
        SteadyResult result = steady.Solve(default);
        Assert.True(result.IsFound, result.Detail);
        return steady;
    }

    internal static void CheckNear(Complex expected, Complex actual, double tolerance, string what = "") =>
        Assert.True(Complex.Abs(actual - expected) <= tolerance * Complex.Abs(expected),
            $"{what}: expected {expected}, got {actual}, relative {Complex.Abs(actual / expected - 1):E2}, allowed {tolerance:E1}");

    internal static double Omega(double frequency) => 2 * Math.PI * frequency;

    // A case of impedance.json with cells from a fraction of the Debye length at both ends.
    private static PnpProblem Reference(ReferenceCase one, int cells, double perDebye)
    {
        double[] z = one["z"].Numbers, diffusivity = one["D_m2_s"].Numbers, concentration = one["c_mol_m3"].Numbers;
        double length = one.At("length_m"), first = new Electrolyte(298.15, one.At("eps_r"), z, concentration).DebyeLength / perDebye;
        Boundary end = new(Potential(0), [.. concentration.Select((c, i) => one["blocked", $"{i}"].IsTrue ? (IonBoundary)Blocked : Bath(c))]);
        RegionGrid grid = first < length / cells ? new(cells, first, null, Grading.Both) : new(cells, Grading: Grading.None);
        return Stack(
            [new("P", z[0], diffusivity[0]), new("M", z[1], diffusivity[1])], end, end,
            Layer("salt", length, cells, concentration, one.At("eps_r")) with { Grid = grid });
    }

    // Second order: what 240 cells of a fortieth of the Debye length leave; most where two thin layers are all there is.
    [Theory]
    [InlineData("0", 1e-4)]
    [InlineData("1", 1e-3)]
    [InlineData("2", 1e-7)]
    [InlineData("3", 1e-13)] // a uniform field: exact but for rounding
    [InlineData("4", 3e-4)]
    [InlineData("5", 3e-4)]
    [InlineData("6", 1e-4)]
    public void Uniform_electrolytes_answer_as_linearised_pnp_does(string index, double tolerance)
    {
        ReferenceCase one = ReferenceCase.Load("impedance")["reference", "cases", index];
        using ISteadyState steady = Solved(Reference(one, 240, 40));
        Assert.True(one["rows"].Count > 2);
        for (int i = 0; i < one["rows"].Count; i++)
        {
            ReferenceCase row = one["rows", $"{i}"];
            Complex expected = new(row.At("real_ohm_m2"), row.At("imaginary_ohm_m2"));
            CheckNear(expected, 1 / steady.Admittance(row.At("frequency_Hz")), tolerance, $"{row.At("frequency_Hz")} Hz");
        }
    }

    [Fact]
    public void The_real_part_under_a_capacitance_a_billion_times_larger_is_not_lost()
    {
        // Blocking electrodes at 1e-3 Hz: the bulk's resistance in series with the layers, Re Z/Im Z = 1e-10.
        ReferenceCase one = ReferenceCase.Load("impedance")["reference", "cases", "0"], row = one["rows", "0"];
        using ISteadyState steady = Solved(Reference(one, 240, 40));
        Complex impedance = 1 / steady.Admittance(row.At("frequency_Hz"));
        Close.To(row.At("real_ohm_m2"), impedance.Real, 1e-4);
    }

    [Fact]
    public void A_blocked_ion_gives_the_finite_warburg_impedance_of_the_neutral_limit()
    {
        // 100 um: 3 lambda_D/L = 3e-5 from neutrality, and second order from the grid.
        double[] diffusivity = [0.792e-9, 2.032e-9], concentration = [50, 100];
        var bulk = new Electrolyte(298.15, 78.5, [2, -1], concentration);
        Boundary end = new(Potential(0), [Bath(50), Blocked]);
        using ISteadyState steady = Solved(Stack(
            [new("Ca", 2, diffusivity[0]), new("Cl", -1, diffusivity[1])], end, end,
            Layer("salt", 1e-4, 600, concentration) with { Grid = new RegionGrid(600, bulk.DebyeLength / 10, null, Grading.Both) }));
        foreach (double frequency in new[] { 1e-4, 1e-2, 0.1, 0.3, 1, 10, 100, 1000 })
            CheckNear(Impedance.WithSecondIonBlocked(bulk, diffusivity, 1e-4, Omega(frequency)), 1 / steady.Admittance(frequency), 2e-4, $"{frequency} Hz");
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(1)]
    public void Stern_layers_stand_in_series(double capacitance)
    {
        ElectricBoundary electrode = new SternBoundary(Constant(0), capacitance);
        using ISteadyState steady = Solved(Stack(
            [Cation, Anion], Closed(electrode, 2), Closed(electrode, 2),
            Layer("gap", 2e-8, 240, [10, 10]) with { Grid = new RegionGrid(240, Dilute.DebyeLength / 40, null, Grading.Both) }));
        foreach (double frequency in Frequencies)
        {
            Complex expected = Impedance.BetweenBlockingElectrodes(Dilute, 1e-9, 2e-8, Omega(frequency), capacitance);
            CheckNear(expected, 1 / steady.Admittance(frequency), 1e-4, $"{frequency} Hz");
        }
    }

    [Fact]
    public void Reservoirs_fill_and_empty()
    {
        // Cations in a charged gel between two reservoirs of depth d. Linearised, with kappa = F/(eps V_T), odd about the middle, h = L/2:
        // c = sinh kx/sinh kh, k² = kappa c0 + iω/D, psi = −kappa c/k² + E x; the reservoir gives J = iωd there, J = −D (c' + c0 psi').
        const double depth = 1e-7, concentration = 10, half = 1e-8, diffusivity = 1e-9;
        Boundary end = new(Potential(0), [new ReservoirBoundary(depth, concentration)]);
        using ISteadyState steady = Solved(Stack([Cation], end, end, Layer("gel", 2 * half, 240, [concentration]) with { FixedCharge = -concentration }));
        double thermal = PhysicalConstants.ThermalVoltage(298.15), kappa = PhysicalConstants.Faraday / (Dilute.AbsolutePermittivity * thermal);
        foreach (double frequency in Frequencies)
        {
            var rate = new Complex(0, Omega(frequency));
            Complex k = Complex.Sqrt(kappa * concentration + rate / diffusivity), coth = 1 / Complex.Tanh(k * half);
            Complex slope = -(rate * depth / diffusivity + k * coth) / concentration, uniform = slope + kappa * coth / k;
            Complex voltage = 2 * thermal * (kappa / (k * k) - uniform * half), current = PhysicalConstants.Faraday * rate * (depth - slope / kappa);
            CheckNear(voltage / current, 1 / steady.Admittance(frequency), 1e-4, $"{frequency} Hz");
        }
    }

    [Fact]
    public void Memb_conducts_when_slow_and_is_a_capacitor_when_fast()
    {
        using ISteadyState steady = Solved(Memb());
        foreach (double frequency in new[] { 1e-9, 1e-6, 1e-2 })
            Close.To(steady.Conductance(), steady.Admittance(frequency).Real, 1e-12, $"{frequency} Hz");
        Assert.Equal(steady.Conductance(), steady.Admittance(0));

        // Three dielectrics in series, within sigma/(eps0 eps ω) of the baths at 1e13 Hz.
        double slab = PhysicalConstants.VacuumPermittivity / (60e-9 / 74 + 4e-9 / 2);
        Close.To(slab, steady.Admittance(1e13).Imaginary / Omega(1e13), 1e-6);
    }

    [Fact]
    public void An_impermeable_membrane_is_a_capacitor_in_series_with_two_debye_layers()
    {
        PnpProblem memb = Memb(0);
        Region membrane = memb.Regions[1] with { Impermeable = [true, true, true] };
        using ISteadyState steady = Solved(memb with { Regions = [memb.Regions[0], membrane, memb.Regions[2]] });
        Electrolyte Side(params double[] concentration) => new(310.15, 74, [1, 1, -1], concentration);
        double expected = MembraneCapacitor.WithDebyeLayers(2, 4e-9, Side(140, 10, 150), Side(5, 145, 150));
        foreach (double frequency in new[] { 1e-2, 1, 1e3, 1e6 })
        {
            Complex admittance = steady.Admittance(frequency);
            Close.To(expected, admittance.Imaginary / Omega(frequency), 1e-3, $"{frequency} Hz"); // cells of 0.1 nm
        }

        // Between 1 MHz and the relaxation of the baths the leaky one shows the same capacitor, its own ions aside.
        using ISteadyState leaky = Solved(memb);
        Close.To(expected, leaky.Admittance(1e6).Imaginary / Omega(1e6), 1e-2);
    }

    [Theory]
    [InlineData(-0.07)]
    [InlineData(0.02)]
    public void The_resting_membrane_conducts_as_its_current_voltage_curve_says(double voltage)
    {
        DiscreteProblem discrete = Discretiser.Discretise(Resting());
        using ISteadyState steady = new CpuEngine(new(1)).Steady(discrete);
        var state = new StateView(discrete);
        double Current(double at)
        {
            Assert.True(steady.SolveAt(at, default).IsFound);
            steady.Read(state);
            return state.TotalCurrent * PhysicalConstants.Faraday;
        }

        // Central differences of fourth order, h = 1 mV; the impermeable anions follow the left electrode.
        const double h = 1e-3;
        double slope = (8 * (Current(voltage + h) - Current(voltage - h)) - Current(voltage + 2 * h) + Current(voltage - 2 * h)) / (12 * h);
        _ = Current(voltage);
        Close.To(slope, steady.Conductance(), 1e-7);
        foreach (double frequency in new[] { 1e-9, 1e-2, 1 })
            Close.To(steady.Conductance(), steady.Admittance(frequency).Real, 1e-11, $"{frequency} Hz");
    }

    private static PnpProblem Resting()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "configs", "resting-membrane.json");
        PnpProblem problem = ConfigurationReader.Read(path, []).Configuration!.Problem;
        return problem with
        {
            Left = problem.Left with { Electric = Potential(-0.07) },
            Initial = new ProfilesInitialState([.. problem.Species.Select(_ => new RegionsProfile())]),
        };
    }
}
