using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Integrators;

/// <summary>
/// Order in time of fixed implicit steps of a salt in a box of a few Debye lengths, whose cells relax a thousand times quicker than the
/// longest step: what is seen is the order of stiff systems, with order reduction where boundary values move.
/// </summary>
public class RosenbrockOrderTests
{
    private const double End = 20e-9;

    private static readonly IonBoundary[] Shut = [new BlockedBoundary(), new BlockedBoundary()];

    private static readonly IonBoundary[] Left = Baths(32), Right = Baths(8);

    private static readonly ElectricBoundary Ground = new PotentialBoundary(Constant(0));

    private static readonly Dictionary<string, PnpProblem> Cases = new()
    {
        ["closed"] = Box(new PotentialBoundary(Constant(0.02)), Shut, Shut),
        ["baths"] = Box(new PotentialBoundary(Constant(0.02)), Left, Right),
        ["sine potential, closed"] = Box(new PotentialBoundary(Sine(0, 0.05)), Shut, Shut),
        ["sine potential, baths"] = Box(new PotentialBoundary(Sine(0, 0.05)), Left, Right),
        ["sine behind a Stern layer"] = Box(new SternBoundary(Sine(0, 0.05), 0.2), Shut, Shut),
        ["sine bath"] = Box(Ground, [new BathBoundary(Sine(32, 10)), new BathBoundary(Sine(32, 10))], Right),
        ["sine current"] = Box(new CurrentBoundary(Sine(0, 1e5)), Left, Right),
        ["sine surface charge"] = Box(new SurfaceChargeBoundary(Sine(0, 0.005)), Shut, Right),
        ["sine flux"] = Box(Ground, [new FluxBoundary(Sine(0, 1)), new FluxBoundary(Sine(0, 1))], Right),
    };

    private static ConstantWaveform Constant(double value) => new(value);

    private static SineWaveform Sine(double offset, double amplitude) => new(offset, amplitude, 1e8);

    private static IonBoundary[] Baths(double concentration) => [new BathBoundary(Constant(concentration)), new BathBoundary(Constant(concentration))];

    private static PnpProblem Box(ElectricBoundary electric, IonBoundary[] left, IonBoundary[] right)
    {
        var profile = new CosineProfile(20, 12, 1);
        return new()
        {
            Temperature = 298.15,
            Species = [new("P", 1, 1.334e-9), new("M", -1, 2.032e-9)],
            Regions =
            [
                new()
                {
                    Name = "box",
                    Length = 10e-9,
                    Permittivity = 78.5,
                    Concentration = [20, 20],
                    Impermeable = [false, false],
                    DiffusivityFactor = [1, 1],
                    Barrier = [0, 0],
                    Grid = new(41, Grading: Grading.None),
                },
            ],
            Left = new(electric, left),
            Right = new(Ground, right),
            Initial = new ProfilesInitialState([profile, profile]),
        };
    }

    // A tenth below what is seen. Values that stay: four. Rodas5P has its fifth order only where nothing is stiff at the end that moves; a
    // potential that moves a blocked wall's layer costs both half an order, Rodas4P2 more.
    [Theory]
    [InlineData("closed", 3.9, 3.8)]
    [InlineData("baths", 3.8, 4.3)]
    [InlineData("sine potential, closed", 3.1, 3.5)]
    [InlineData("sine potential, baths", 3.85, 3.7)]
    [InlineData("sine behind a Stern layer", 3.25, 3.5)]
    [InlineData("sine bath", 3.9, 4.8)]
    [InlineData("sine current", 3.9, 4.5)]
    [InlineData("sine surface charge", 3.25, 3.6)]
    [InlineData("sine flux", 3.9, 4.5)]
    public void Fixed_steps_converge_with_the_order_of_the_method(string name, double rodas4P2, double rodas5P)
    {
        PnpProblem problem = Cases[name];
        StateView exact = Run(problem, 4096, Rosenbrock.Rodas5P);
        foreach ((Rosenbrock method, double least) in new[] { (Rosenbrock.Rodas4P2, rodas4P2), (Rosenbrock.Rodas5P, rodas5P) })
        {
            double[] errors = [.. Steps.Select(n => RosenbrockRun.Distance(Run(problem, n, method), exact))];
            double order = Fit(errors);
            Assert.True(order >= least && order <= method.Order + 0.4, $"{method.Name}: order {order:F2} of {string.Join(", ", errors.Select(e => $"{e:E2}"))}");
        }
    }

    private static readonly int[] Steps = [14, 28, 56, 112, 224];

    private static StateView Run(PnpProblem problem, int steps, Rosenbrock method) =>
        RosenbrockRun.To(problem, new() { End = End, Step = End / steps }, method).State;

    // Slope of the logarithms; steps double, so neighbouring abscissae differ by ln 2.
    private static double Fit(double[] errors)
    {
        double[] y = [.. errors.Select(e => -Math.Log2(e))], x = [.. errors.Select((_, i) => i - 0.5 * (errors.Length - 1))];
        return x.Zip(y, (a, b) => a * b).Sum() / x.Sum(a => a * a);
    }

    // The whole run errs by no more than some steps' tolerance; the weight is |c| + 0.1 mM, of up to 40 mM here.
    [Theory]
    [InlineData("closed")]
    [InlineData("sine potential, closed")]
    [InlineData("sine bath")]
    [InlineData("sine current")]
    public void Adaptive_steps_keep_their_tolerance_of_the_whole_run(string name)
    {
        StateView exact = Run(Cases[name], 4096, Rosenbrock.Rodas5P);
        foreach (Rosenbrock method in new[] { Rosenbrock.Rodas4P2, Rosenbrock.Rodas5P })
        {
            foreach (double tolerance in new[] { 1e-3, 1e-5, 1e-7 })
            {
                (StateView state, ProblemStatus status) = RosenbrockRun.To(Cases[name], new() { End = End, RelativeTolerance = tolerance }, method);
                double error = RosenbrockRun.Distance(state, exact);
                Assert.True(error < 10 * 40 * tolerance && status.WorstScaledError is > 0 and <= 1, $"{method.Name} {tolerance}: {error:E2}, {status}");
            }
        }
    }
}
