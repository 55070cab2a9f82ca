using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;
using static NernstPlanckGpu.PhysicsTests.Problems;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Reservoirs, prescribed fluxes, baths that change, and sources, against closed forms and balances.</summary>
public class IonBoundaryTests
{
    private static readonly Species Tracer = new("T", 0, 1e-9);

    private static TimeSettings Until(double end, double tolerance = 1e-6, IntegratorKind integrator = IntegratorKind.Rkc2) =>
        new() { End = end, Integrator = integrator, RelativeTolerance = tolerance };

    private static Boundary End(IonBoundary ions, ElectricBoundary? electric = null) => new(electric ?? Potential(0), [ions]);

    // c − c0 = sum B_n sin(k_n x/L) e^(−k_n² D t/L²), k tan k = L/depth; the well-mixed end adds its depth to the scalar product.
    private static double Reservoir(double time, double bath, double length, double depth)
    {
        double sum = 0, ratio = length / depth;
        for (int n = 0; n < 40; n++)
        {
            double low = n * Math.PI + 1e-12, high = (n + 0.5) * Math.PI - 1e-12;
            for (int i = 0; i < 100; i++)
            {
                double middle = (low + high) / 2;
                if (middle * Math.Tan(middle) > ratio) high = middle;
                else low = middle;
            }

            double k = low, sine = Math.Sin(k);
            double weight = ((1 - Math.Cos(k)) / k + sine / ratio) / (0.5 - Math.Sin(2 * k) / (4 * k) + sine * sine / ratio);
            sum += weight * sine * Math.Exp(-k * k * 1e-9 * time / (length * length));
        }

        return bath * (1 - sum);
    }

    [Theory]
    [InlineData(3e-9)]
    [InlineData(200e-9)]
    public void A_reservoir_fills_through_a_layer_as_the_series_says(double depth)
    {
        const double length = 20e-9, bath = 50;
        double slow = length * (length + depth) / 1e-9;
        double[] times = [0.02 * slow, 0.1 * slow, 0.5 * slow, slow, 3 * slow];
        RunResult run = Runner.Run(
            Stack([Tracer], End(Bath(bath)), End(new ReservoirBoundary(depth, 0)), Layer("layer", length, 80, [0])),
            Until(times[^1]), times, "rightConcentration");

        // Second order: (1/80)² times the curvature of the first modes.
        foreach (double t in times) Close.Within(Reservoir(t, bath, length, depth), run.Trace("rightConcentration_T", t), 1e-3 * bath, $"{t}");
    }

    [Theory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    [InlineData(IntegratorKind.Rodas5)]
    public void Two_reservoirs_and_what_lies_between_keep_every_ion(IntegratorKind integrator)
    {
        // The certificate counts the reservoirs; its amounts may drift by 1e-11, and we ask for 1e-12. Ends of charge: a clamp on either side.
        IonBoundary[] left = [new ReservoirBoundary(5e-9, 140), new ReservoirBoundary(5e-9, 140)], right = [new ReservoirBoundary(9e-9, 5), new ReservoirBoundary(9e-9, 5)];
        Region membrane = Layer("membrane", 3e-9, 12, [0, 0], 5) with { Barrier = [2e3, 4e3], Concentration = null, IsMembrane = true };
        foreach (ElectricBoundary electric in new[] { Potential(0.03), Current(0), Current(2e4) })
        {
            RunResult run = Runner.Run(
                Stack([new("P", 1, 1.957e-9), new("M", -1, 1e-9)], new Boundary(electric, left), new Boundary(Potential(0), right),
                    Layer("left", 4e-9, 20, [140, 140]), membrane, Layer("right", 4e-9, 20, [5, 5])),
                Until(integrator == IntegratorKind.Euler ? 3e-9 : 1e-8, 1e-4, integrator));
            Assert.True(run.Certificate["massDrift_P"] < 1e-12 && run.Certificate["massDrift_M"] < 1e-12, run.CertificateText);
        }
    }

    [Theory]
    [InlineData(IntegratorKind.Euler)]
    [InlineData(IntegratorKind.Rkc2)]
    [InlineData(IntegratorKind.Rodas4)]
    [InlineData(IntegratorKind.Rodas5)]
    public void What_flows_in_is_what_is_there(IntegratorKind integrator)
    {
        // Amounts that have entered by t = 1 µs; both integrators are exact for what is linear in time, and corners are met.
        var fluxes = new (Waveform Flux, double Amount, double Tolerance)[]
        {
            (Constant(2e-4), 2e-10, 1e-12),
            (new PulseWaveform(0, 3e-4, 1.7e-7, 2e-7, 4e-7), 3e-4 * 4.3e-7, 1e-12),
            (new RampWaveform(0, 4e-4, 2e-7, 6e-7), 4e-4 * (2e-7 + 4e-7), integrator == IntegratorKind.Euler ? 1e-3 : 1e-12),
        };
        foreach ((Waveform flux, double amount, double tolerance) in fluxes)
        {
            RunResult fromLeft = Runner.Run(
                Stack([Tracer], End(new FluxBoundary(flux)), End(Blocked), Layer("box", 10e-9, 20, [1])), Until(1e-6, 1e-4, integrator));
            RunResult fromRight = Runner.Run(
                Stack([Tracer], End(Blocked), End(new FluxBoundary(flux)), Layer("box", 10e-9, 20, [100])), Until(1e-6, 1e-4, integrator));
            Close.Within(1e-8 + amount, fromLeft.Amount(fromLeft.Last, 0), tolerance * 1e-8, $"{flux} from the left");
            Close.Within(1e-6 - amount, fromRight.Amount(fromRight.Last, 0), tolerance * 1e-6, $"{flux} out at the right");
            Close.Within(flux.At(1e-6), fromLeft.Last.Flux[0][0], 1e-18);
        }
    }

    [Fact]
    public void A_flux_of_ions_charges_the_box_and_keeps_gauss_law()
    {
        // 1e-9 mol/m² of cations in 10 nm: 0.1 mol/m³ of charge, held against two grounded walls.
        RunResult run = Runner.Run(
            Stack([Cation, Anion], new Boundary(Potential(0), [new FluxBoundary(Constant(1e-3)), Blocked]), Closed(Potential(0), 2), Layer("box", 10e-9, 40, [1, 1])),
            Until(1e-6));
        double charge = PhysicalConstants.Faraday * (run.Amount(run.Last, 0) - run.Amount(run.Last, 1));
        Close.To(PhysicalConstants.Faraday * 1e-9, charge, 1e-12);
        Close.To(charge, run.Last.Displacement[^1] - run.Last.Displacement[0], 1e-12);
    }

    [Fact]
    public void A_steady_flux_through_a_layer_takes_the_gradient_that_fick_asks()
    {
        RunResult run = Runner.Run(
            Stack([Tracer], End(new FluxBoundary(Constant(1))), End(Bath(3)), Layer("left", 5e-9, 7, [3]), Layer("right", 5e-9, 9, [3]) with { DiffusivityFactor = [0.25] }),
            Until(5e-6));

        // J/D = 1e9 per m on the left, four times that on the right: linear profiles, exact on any grid, to a part of the steps' tolerance.
        Close.To(3 + 4e9 * 5e-9 + 1e9 * (5e-9 - run.X[0]), run.Last.Concentration[0][0], 1e-7);
        Close.To(3 + 4e9 * (10e-9 - run.X[7]), run.Last.Concentration[0][7], 1e-7);
    }

    [Fact]
    public void A_bath_that_rises_linearly_is_followed_through_a_layer()
    {
        // c(0,t) = a t, closed at L: after the modes have died c = a [t + (x² − 2Lx)/2D].
        const double rate = 1e7, length = 10e-9;
        Waveform rising = new RampWaveform(0, 10, 0, 1e-6);
        RunResult run = Runner.Run(Stack([Tracer], End(new BathBoundary(rising)), End(Blocked), Layer("layer", length, 40, [0])), Until(1e-6, 1e-7));
        for (int i = 0; i < 40; i++)
        {
            double x = run.X[i], expected = rate * (1e-6 + (x * x - 2 * length * x) / 2e-9);
            Close.Within(expected, run.Last.Concentration[0][i], 2e-4 * 10, $"{x}");
        }
    }
}
