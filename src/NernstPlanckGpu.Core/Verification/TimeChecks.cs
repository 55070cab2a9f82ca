using NernstPlanckGpu.Core.Model;
using static NernstPlanckGpu.Core.Verification.Stacks;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>Integrators against each other, and their order in time.</summary>
internal static class TimeChecks
{
    private const double Moment = 10e-9, End = 20e-9;

    public static IReadOnlyList<VerificationCheck> All { get; } =
    [
        new()
        {
            Name = "rodas4 against rkc2",
            Quantity = "concentration of MEMB after 10 ns, where it differs most over |c| + 0.1 mM",
            Unit = "mol m-3",
            Limit = 1e-6,
            IsRelative = true,
            Source = "the other integrator: rkc2 at 1e-8 is what is expected",
            Validity = "Equations, Jacobian and ends of the implicit engine are its own; both solve the same cells, so only errors in "
                + "time differ.",
            Measure = bench => Distance(Memb(bench, IntegratorKind.Rkc2, 1e-8), Memb(bench, IntegratorKind.Rodas4, 1e-7)),
        },
        new()
        {
            Name = "euler against rkc2",
            Quantity = "concentration of MEMB after 10 ns, where it differs most over |c| + 0.1 mM",
            Unit = "mol m-3",
            Limit = 1e-6,
            IsRelative = true,
            Source = "the other integrator: rkc2 at 1e-8 is what is expected",
            Validity = "Euler with 2 and 1 ps, extrapolated by one order.",
            Measure = bench => Distance(Memb(bench, IntegratorKind.Rkc2, 1e-8), ExtrapolatedEuler(bench)),
        },
        new()
        {
            Name = "order in time of rkc2",
            Quantity = "concentration with 128 steps, where it differs most",
            Unit = "mol m-3",
            Limit = 2e-4,
            LeastOrder = 1.9,
            Source = "rodas5 with 2048 steps; rkc2 is of order 2 (Sommeijer, Shampine and Verwer 1998)",
            Validity = "A salt of unequal ions in a closed box of 5 Debye lengths; fixed steps, 16 to 128 of them.",
            Measure = bench => Order(bench, IntegratorKind.Rkc2, [16, 32, 64, 128]),
        },
        new()
        {
            Name = "order in time of rodas4",
            Quantity = "concentration with 112 steps, where it differs most",
            Unit = "mol m-3",
            Limit = 1e-8,
            LeastOrder = 3.8,
            Source = "rodas5 with 2048 steps; rodas4 is of order 4 (Rodas4P2, Steinebach 2020)",
            Validity = "The same box; its cells relax a thousand times quicker than the longest step, so this is the order of stiff "
                + "systems.",
            Measure = bench => Order(bench, IntegratorKind.Rodas4, [14, 28, 56, 112]),
        },
        new()
        {
            Name = "order in time of rkc2 under waveforms",
            Quantity = "concentration with 128 steps, where it differs most",
            Unit = "mol m-3",
            Limit = 6e-4,
            LeastOrder = 1.9,
            Source = "rodas5 with 2048 steps",
            Validity = "A sine of the voltage and another of a bath, at the speed of diffusion through the box.",
            Measure = bench => Order(bench, IntegratorKind.Rkc2, [16, 32, 64, 128], driven: true),
        },
        new()
        {
            Name = "order in time of rodas4 under waveforms",
            Quantity = "concentration with 112 steps, where it differs most",
            Unit = "mol m-3",
            Limit = 5e-7,
            LeastOrder = 3.2,
            Source = "rodas5 with 2048 steps",
            Validity = "The same; a driven end costs half an order. What is prescribed enters with its derivative by time.",
            Measure = bench => Order(bench, IntegratorKind.Rodas4, [14, 28, 56, 112], driven: true),
        },
    ];

    private static double[] Memb(VerificationBench bench, IntegratorKind integrator, double tolerance, double? step = null)
    {
        TimeSettings settings = new() { End = Moment, Integrator = integrator, RelativeTolerance = tolerance, Step = step };
        return [.. bench.Transient(Stacks.Memb(), settings).Concentrations];
    }

    private static double[] ExtrapolatedEuler(VerificationBench bench)
    {
        double[] coarse = Memb(bench, IntegratorKind.Euler, 1, 2e-12), fine = Memb(bench, IntegratorKind.Euler, 1, 1e-12);
        return [.. fine.Zip(coarse, (f, c) => 2 * f - c)];
    }

    // Over the weight that steps are judged by.
    private static Measurement Distance(double[] expected, double[] got) => Measurement.Worst(
        expected.Zip(got, (e, g) => new Measurement(e, g, Math.Abs(g - e) / (Math.Abs(e) + 0.1))));

    private static Measurement Order(VerificationBench bench, IntegratorKind integrator, int[] steps, bool driven = false)
    {
        double[] exact = Relaxed(bench, IntegratorKind.Rodas5, 2048, driven);
        Measurement[] errors = [.. steps.Select(n => Measurement.Largest(exact.Zip(Relaxed(bench, integrator, n, driven))))];
        return errors[^1] with { Order = ObservedOrder.Fit([.. steps.Select(n => 1.0 / n)], [.. errors.Select(e => e.Error)]) };
    }

    // Diffusion and charge relaxation of like speed, fully coupled.
    private static double[] Relaxed(VerificationBench bench, IntegratorKind integrator, int steps, bool driven)
    {
        var profile = new CosineProfile(20, 12, 1);
        ElectricBoundary voltage = driven ? new PotentialBoundary(new SineWaveform(0.01, 0.02, 3e7)) : Potential(0.01);
        IonBoundary bath = new BathBoundary(new SineWaveform(32, 8, 4e7));
        Boundary left = driven ? new(voltage, [bath, bath]) : Closed(voltage, 2);
        PnpProblem box = Stack(
            [new("P", 1, 1.334e-9), new("M", -1, 2.032e-9)], left, Closed(Potential(-0.01), 2),
            Layer("box", 10e-9, 40, [20, 20])) with
        { Initial = new ProfilesInitialState([profile, profile]) };
        return [.. bench.Transient(box, new() { End = End, Integrator = integrator, Step = End / steps }).Concentrations];
    }
}
