using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Lanes;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>
/// The implicit equations: their Jacobian where <see cref="FluxReductionTests"/> has no case (prescribed fluxes, curved geometry, an axis), and
/// their derivative by time for every prescribed quantity.
/// </summary>
public unsafe class ImplicitSystemTests
{
    private const double Time = 3.7e-9;

    private static readonly Dictionary<string, Geometry> Geometries = new()
    {
        ["cylinder"] = new CylindricalGeometry(2e-9),
        ["sphere"] = new SphericalGeometry(1e-9),
        ["table"] = new TableGeometry([0, 4e-9, 9e-9], [1, 3, 0.5]),
        ["axis"] = new CylindricalGeometry(0),
        ["centre"] = new SphericalGeometry(0),
    };

    public static TheoryData<string, string, int> Curved
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (string geometry in Geometries.Keys)
                foreach (string ions in new[] { "blocked", "mixed", "reservoirs", "fluxes" })
                    for (int species = 1; species <= 7; species += 3) data.Add(geometry, ions, species);
            return data;
        }
    }

    private static Boundary Side(ElectricBoundary electric, string ions, int species) => new(
        electric, [.. Enumerable.Range(0, species).Select<int, IonBoundary>(s => ions switch
        {
            "fluxes" => s % 2 == 0 ? new FluxBoundary(new ConstantWaveform(0.01)) : new BathBoundary(new ConstantWaveform(20)),
            "reservoirs" => new ReservoirBoundary(3e-9 * (1 + s), 25),
            "mixed" => s % 3 == 0 ? new BathBoundary(new ConstantWaveform(30)) : s % 3 == 1 ? new ReservoirBoundary(5e-9, 20) : new BlockedBoundary(),
            _ => new BlockedBoundary(),
        })]);

    [Theory]
    [MemberData(nameof(Curved))]
    public void The_jacobian_in_curved_geometry_and_with_prescribed_fluxes(string geometry, string ions, int species)
    {
        bool hasNoLeft = geometry is "axis" or "centre";
        var ground = new PotentialBoundary(new ConstantWaveform(0));
        ElectricBoundary[] lefts = hasNoLeft
            ? [new SurfaceChargeBoundary(new ConstantWaveform(0))]
            : [new SternBoundary(new ConstantWaveform(0.05), 0.2), new CurrentBoundary(new ConstantWaveform(2)), new SurfaceChargeBoundary(new ConstantWaveform(0.01))];
        foreach (ElectricBoundary left in lefts)
        {
            PnpProblem problem = FluxReductionTests.Problem("potentials", "blocked", species) with
            {
                Geometry = Geometries[geometry],
                Left = Side(left, hasNoLeft ? "blocked" : ions, species),
                Right = Side(ground, ions, species),
            };
            FluxReductionTests.Check<ScalarLane>(problem, 1e-9);
            FluxReductionTests.Check<Lane4>(problem, 1e-11);
        }
    }

    private static readonly SineWaveform Sine = new(0.03, 0.02, 1.3e8, 0.4);

    private static readonly SineWaveform Bath = new(30, 12, 0.9e8, -1);

    private static readonly Dictionary<string, (ElectricBoundary Left, ElectricBoundary Right, IonBoundary Ion)> Driven = new()
    {
        ["potentials"] = (new PotentialBoundary(Sine), new PotentialBoundary(new RampWaveform(0, 0.1, 1e-9, 8e-9)), new BathBoundary(Bath)),
        ["Stern layers"] = (new SternBoundary(Sine, 0.3), new SternBoundary(new TriangleWaveform(0, 0.1, 2e-8), 0.1), new BathBoundary(new RampWaveform(20, 40, 0, 1e-8))),
        ["surface charge left"] = (new SurfaceChargeBoundary(Sine), new PotentialBoundary(Sine), new FluxBoundary(Bath)),
        ["surface charge right"] = (new PotentialBoundary(Sine), new SurfaceChargeBoundary(Sine), new ReservoirBoundary(5e-9, 20)),
        ["current left"] = (new CurrentBoundary(Sine with { Amplitude = 1e4 }), new PotentialBoundary(Sine), new FluxBoundary(Sine)),
        ["current right"] = (new SternBoundary(Sine, 0.2), new CurrentBoundary(Sine with { Amplitude = 1e4 }), new FluxBoundary(Sine)),
    };

    public static TheoryData<string> Drives => [.. Driven.Keys];

    // Central differences over 1e-13 s of sines of 1e8 Hz: (1e-13 · 6e8)²/6 < 1e-9.
    [Theory]
    [MemberData(nameof(Drives))]
    public void The_derivative_by_time_of_all_rows(string name)
    {
        (ElectricBoundary left, ElectricBoundary right, IonBoundary ion) = Driven[name];
        PnpProblem problem = FluxReductionTests.Problem("potentials", "blocked", 3);
        IonBoundary[] ions = [ion, new BlockedBoundary(), ion];
        SourceTable source = new([0, 9e-9], [0, 2e-8], [[0, 1e8], [4e8, 0]]);
        DiscreteProblem discrete = Discretiser.Discretise(problem with
        {
            Left = new(left, ions),
            Right = new(right, ions),
            Sources = [null, source, null],
            Geometry = new CylindricalGeometry(3e-9),
        });
        using var system = new ImplicitSystem<ScalarLane>([discrete], 4);
        ImplicitArrays a = system.Arrays;
        double* u = a.Vector(0), plus = a.Vector(1), minus = a.Vector(2), derivative = a.Vector(3);
        _ = system.Enter(0, 0);
        _ = system.Enter(0, 2e-9);
        system.LoadConcentrations(0, u);
        system.Settle(0, u, Time, 0);
        const double Shift = 1e-13, Factor = 2.5e-9;
        system.Rates(u, plus, [Time + Shift]);
        system.Rates(u, minus, [Time - Shift]);
        double factor = Factor;
        system.AddTimeDerivative(derivative, &factor, [Time]);
        int moved = 0;
        for (int row = 0; row < a.Size; row++)
        {
            // Rows of one kind have one unit, and a rate of no more than their largest is rounded by the state's own size.
            double largest = 0, size = 0;
            for (int i = 0; i < a.Blocks; i++)
            {
                long e = (long)i * a.Size + row;
                largest = Math.Max(largest, Math.Abs(derivative[e]));
                size = Math.Max(size, Math.Abs(plus[e]));
            }
            for (int i = 0; i < a.Blocks; i++)
            {
                long e = (long)i * a.Size + row;
                double expected = Factor * (plus[e] - minus[e]) / (2 * Shift);
                Assert.True(Math.Abs(derivative[e] - expected) <= 1e-7 * largest + 1e-15 * size * Factor / Shift, $"row {row} of block {i}: {derivative[e]:g10} for {expected:g10}");
                if (derivative[e] != 0) moved++;
            }
        }
        Assert.True(moved >= a.Cells + 1, $"{moved} rows move"); // the source's species in each cell, and an end at least
    }
}
