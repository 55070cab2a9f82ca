using System.Numerics;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.AdmittanceTests;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>What holds for the admittance of any stack: one current at both ends, causality, no power from rest, the response in time.</summary>
public class AdmittanceInvariantTests
{
    private const double ThermalEnergy = 8.314462618 * 310.15;

    private static Grading? Mirror(Grading? grading) => grading switch
    {
        Grading.Left => Grading.Right,
        Grading.Right => Grading.Left,
        _ => grading,
    };

    private static PnpProblem Mirror(PnpProblem problem) => problem with
    {
        Left = problem.Right,
        Right = problem.Left,
        Regions = [.. problem.Regions.Reverse().Select(r => r with { Grid = r.Grid! with { Grading = Mirror(r.Grid.Grading) } })],
    };

    // MEMB with barriers in RT, unequal ones, and on request a well between two such membranes.
    private static PnpProblem Barriers(double barrier, bool hasWell)
    {
        PnpProblem memb = Memb();
        Region membrane = memb.Regions[1] with
        {
            Barrier = [barrier * ThermalEnergy, 1.1 * barrier * ThermalEnergy, 0.9 * barrier * ThermalEnergy],
            DiffusivityFactor = [1, 1, 1],
        };
        Region[] inner = hasWell ? [membrane, Layer("well", 5e-9, 50, [100, 50, 150], 74), membrane with { Name = "second" }] : [membrane];
        return memb with { Regions = [memb.Regions[0], .. inner, memb.Regions[2]] };
    }

    private static PnpProblem Mixed()
    {
        // A Stern electrode with a reservoir, a blocked ion and a bath on the left; a bath and a closed end on the right.
        PnpProblem memb = Barriers(10, hasWell: true);
        Region closed = memb.Regions[1] with { Impermeable = [false, false, true] };
        return memb with
        {
            Left = new(new SternBoundary(Constant(-0.03), 0.1), [Bath(140), new ReservoirBoundary(3e-8, 10), Blocked]),
            Right = new(Potential(0), [Bath(5), Blocked, new ReservoirBoundary(1e-7, 150)]),
            Regions = [memb.Regions[0], closed, .. memb.Regions.Skip(2)],
        };
    }

    public static TheoryData<string> Stacks => ["memb", "60 RT", "well behind 60 RT", "well behind 30 RT", "mixed ends"];

    private static PnpProblem Stack(string name) => name switch
    {
        "memb" => Memb(),
        "60 RT" => Barriers(60, hasWell: false),
        "well behind 60 RT" => Barriers(60, hasWell: true),
        "well behind 30 RT" => Barriers(30, hasWell: true),
        _ => Mixed(),
    };

    // The current is taken at the last face on the right: that of the mirrored stack is the one at the left electrode. Real and
    // imaginary part by themselves, though one is 1e12 times the other.
    [Theory]
    [MemberData(nameof(Stacks))]
    public void The_current_at_both_ends_is_one(string name)
    {
        PnpProblem problem = Stack(name);
        using ISteadyState steady = Solved(problem), mirrored = Solved(Mirror(problem));
        foreach (double frequency in Frequencies)
        {
            Complex here = steady.Admittance(frequency), there = mirrored.Admittance(frequency);
            Close.To(here.Real, there.Real, 1e-10, $"{name}, real part at {frequency} Hz");
            Close.To(here.Imaginary, there.Imaginary, 1e-12, $"{name}, imaginary part at {frequency} Hz");
        }
    }

    [Fact]
    public void What_sixty_thermal_energies_let_through_is_still_right()
    {
        // G = 1e-15 S/m² beside a capacitance of 4e-3 F/m².
        using ISteadyState steady = Solved(Barriers(60, hasWell: false));
        Close.To(steady.Conductance(), steady.Admittance(1e-9).Real, 1e-12);
    }

    // A stack at equilibrium is a network of resistances and capacitances: Y = G + iωC + sum k iω/(iω + p) with all k, p > 0, so Re Y
    // is positive and grows with ω, and Im Y/ω falls.
    [Fact]
    public void A_stack_at_rest_is_passive()
    {
        PnpProblem memb = Barriers(12, hasWell: true);
        Boundary rest = Baths(Potential(0), 100, 50, 150);
        using ISteadyState steady = Solved(memb with
        {
            Left = rest,
            Right = rest,
            Regions = [.. memb.Regions.Select(r => r with { Concentration = r.IsMembrane ? null : [100, 50, 150], FixedCharge = r.Name == "well" ? -120 : 0 })],
        });
        Complex previous = new(steady.Conductance(), double.PositiveInfinity);
        foreach (double frequency in Frequencies)
        {
            Complex admittance = steady.Admittance(frequency);
            double capacitance = admittance.Imaginary / Omega(frequency);
            Assert.True(admittance.Real >= previous.Real * (1 - 1e-12), $"Re Y at {frequency} Hz");
            Assert.True(capacitance <= previous.Imaginary * (1 + 1e-12), $"Im Y/omega at {frequency} Hz");
            previous = new(admittance.Real, capacitance);
        }
    }

    [Fact]
    public void Real_and_imaginary_part_obey_kramers_and_kronig()
    {
        // Re Y(∞) − Re Y(0) = (2/π) ∫ (Im Y/ω − C) dω, C that of the bare dielectrics: by the trapezium rule in ln ω, which converges
        // exponentially. The fastest cells relax at D/h² = 2e11/s.
        using ISteadyState steady = Solved(Memb());
        double slab = PhysicalConstants.VacuumPermittivity / (60e-9 / 74 + 4e-9 / 2), step = Math.Log(10) / 8, sum = 0;
        for (double frequency = 1e-2; frequency < 1e16; frequency *= Math.Exp(step))
            sum += (steady.Admittance(frequency).Imaginary - Omega(frequency) * slab) * step;
        Close.To(steady.Admittance(1e15).Real - steady.Conductance(), 2 / Math.PI * sum, 1e-6);
    }

    [Fact]
    public void A_sine_of_a_millivolt_draws_the_same_current_in_time()
    {
        // MEMB at its dispersion: by the second period what the start left has decayed by e^-12.
        const double frequency = 1e4, amplitude = 1e-3;
        const int perPeriod = 16;
        PnpProblem memb = Memb();
        double[] times = [.. Enumerable.Range(1, perPeriod).Select(i => (2 + (double)i / perPeriod) / frequency)];
        var settings = new TimeSettings { End = 3 / frequency, Integrator = IntegratorKind.Rodas4, RelativeTolerance = 1e-6 };
        Boundary driven = memb.Left with { Electric = new PotentialBoundary(new SineWaveform(-0.07, amplitude, frequency)) };
        RunResult run = Runner.Run(memb with { Left = driven }, settings, times, "currentDensity");
        Complex current = 0;
        foreach (double time in times)
            current += 2.0 / perPeriod * run.Trace("currentDensity", time) * Complex.Exp(new Complex(0, -Omega(frequency) * time));
        using ISteadyState steady = Solved(memb);

        // A sine is −i e^(iωt); the cubic part of the answer is (F V/RT)²/8 = 2e-4.
        CheckNear(steady.Admittance(frequency), current / new Complex(0, -amplitude), 1e-3);
    }

    [Fact]
    public void Refining_the_grid_converges_with_second_order()
    {
        // A tenth of MEMB's salt and a faster membrane: Debye layers of 2.4 nm, and a depth of sqrt(D/ω) > 0.4 nm, which the grids resolve.
        double[] inside = [14, 1, 15], outside = [0.5, 14.5, 15];
        int[] refinement = [3, 6, 12, 24, 48];
        ISteadyState[] steady = [.. refinement.Select(k =>
        {
            PnpProblem memb = Memb();
            Region membrane = memb.Regions[1] with { DiffusivityFactor = [0.1, 0.1, 0.1], Grid = new RegionGrid(6 * k, Grading: Grading.None) };
            return Solved(memb with { Left = Baths(Potential(-0.07), inside), Right = Baths(Potential(0), outside), Regions = [Layer("inside", 6e-9, 24 * k, inside, 74), membrane, Layer("outside", 6e-9, 24 * k, outside, 74)] });
        })];
        foreach (double frequency in new[] { 1, 1e6, 1e7, 1e8 })
        {
            Complex[] values = [.. steady.Select(s => s.Admittance(frequency))];
            double[] differences = [.. values.Skip(1).Zip(values, (fine, coarse) => Complex.Abs(fine - coarse))];
            double order = Order.Fit([.. differences.Select((_, i) => Math.Pow(0.5, i))], differences);
            Assert.True(order is > 1.9 and < 2.1, $"order {order} at {frequency} Hz: {Order.Show(differences)}");
        }
        foreach (ISteadyState state in steady) state.Dispose();
    }

    [Fact]
    public void A_spherical_shell_has_the_area_of_its_spheres()
    {
        // Between equal baths the concentrations stay and the current is that of Laplace's equation: 4π r R (sigma + iω eps)/(R − r).
        const double inner = 5e-9, outer = 25e-9;
        Boundary end = Baths(Potential(0), 10, 10);
        PnpProblem shell = Problems.Stack([Cation, Anion], end, end, Layer("shell", outer - inner, 400, [10, 10])) with
        { Geometry = new SphericalGeometry(inner) };
        using ISteadyState steady = Solved(shell);
        var bulk = Electrolyte.OneToOne(298.15, 78.5, 10);
        foreach (double frequency in new[] { 1, 1e7, 1e8, 1e10 })
        {
            Complex perLength = 1 / Impedance.BetweenBaths(bulk, [1e-9, 1e-9], 1, Omega(frequency));
            CheckNear(4 * Math.PI * inner * outer / (outer - inner) * perLength, steady.Admittance(frequency), 1e-3, $"{frequency} Hz");
        }
    }

    [Fact]
    public void Six_impermeable_membranes_are_capacitors_in_series()
    {
        // Seven compartments of each ion, five of them closed: each closed one is an unknown of the steady state. Layers of 1 M are thin.
        Region Water(int i) => Layer($"water {i}", 6e-9, 60, [1000, 1000]);
        Region Membrane(int i) => Layer($"membrane {i}", 4e-9, 4, [0, 0], 2) with { Impermeable = [true, true], Concentration = null };
        Boundary end = Baths(Potential(0), 1000, 1000);
        using ISteadyState steady = Solved(Problems.Stack(
            [Cation, Anion], end, end, [.. Enumerable.Range(0, 13).Select(i => i % 2 == 0 ? Water(i) : Membrane(i))]));
        var bulk = Electrolyte.OneToOne(298.15, 78.5, 1000);
        double one = MembraneCapacitor.WithDebyeLayers(2, 4e-9, bulk, bulk);
        foreach (double frequency in new[] { 1e-2, 1, 1e3 })
            Close.To(one / 6, steady.Admittance(frequency).Imaginary / Omega(frequency), 1e-3, $"{frequency} Hz");
        Assert.True(steady.SolveAt(0.1, default).IsFound);
        Close.To(one / 6, steady.Admittance(1).Imaginary / Omega(1), 1e-3, "at 0.1 V");
        Close.Within(0, steady.Conductance(), 1e-12);
    }

    [Fact]
    public void Without_two_electrodes_or_a_steady_state_there_is_no_admittance()
    {
        PnpProblem memb = Memb();
        using ISteadyState open = Solved(memb with { Left = Baths(Current(0), 140, 10, 150) });
        Assert.Throws<InvalidOperationException>(() => open.Admittance(1));
        using ISteadyState unsolved = new CpuEngine(new(1)).Steady(Discretiser.Discretise(memb));
        Assert.Throws<InvalidOperationException>(() => unsolved.Admittance(1));
        using ISteadyState solved = Solved(memb);
        Assert.Throws<ArgumentOutOfRangeException>(() => solved.Admittance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => solved.Admittance(double.NaN));
    }

    [Fact]
    public void A_new_voltage_has_a_new_admittance()
    {
        using ISteadyState steady = Solved(Memb()), other = Solved(Memb(0.03));
        Complex before = steady.Admittance(1e3);
        Assert.True(steady.SolveAt(0.03, default).IsFound);
        CheckNear(other.Admittance(1e3), steady.Admittance(1e3), 1e-10);
        Assert.True(Complex.Abs(steady.Admittance(1e3) / before - 1) > 0.01);
    }
}
