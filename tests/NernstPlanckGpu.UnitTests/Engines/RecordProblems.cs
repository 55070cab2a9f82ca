using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>
/// Problems of every kind for interruptions: i changes numbers alone, so that those of a kind share a pack. Each lasts 10 ns and has corners
/// at multiples of half a period.
/// </summary>
internal static class RecordProblems
{
    public const double End = 1e-8;

    public static string[] Kinds { get; } =
    [
        "waveforms", "baths", "stern", "surfaceCharge", "currentLeft", "currentRight", "fluxes", "sources", "debyeHuckel", "bikerman",
        "mechanisms", "mechanismsAtRest", "mechanismsActive", "burst", "failure",
    ];

    public static double Period(int i) => 2.5e-9 * (1 + 0.02 * i);

    public static PnpProblem Create(string kind, int cells, int i)
    {
        PnpProblem plain = RandomProblems.Create(cells, 3, shapeSeed: 4, 5000 + i);
        double[] left = [.. plain.Regions[0].Concentration!], right = [.. plain.Regions[^1].Concentration!];
        Waveform voltage = Triangle(-0.05, 0.05, i);
        return kind switch
        {
            "waveforms" => Between(plain, new PotentialBoundary(new ShiftedWaveform(voltage, 0.01)), Baths(left)),
            "baths" => Between(
                plain, new PotentialBoundary(new RampWaveform(0, 0.04, 1e-9, 6e-9)),
                [.. left.Select((c, s) => new BathBoundary(s == 0 ? new PulseWaveform(c, 1.1 * c, 1e-9, Period(i) / 2, Period(i)) : new SineWaveform(c, 0.1 * c, 2e8, s)))]),
            "stern" => Between(plain, new SternBoundary(new StepWaveform(0, 0.05, 2e-9 + 1e-10 * i), 0.2), [.. left.Select(_ => new BlockedBoundary())]),
            "surfaceCharge" => Between(plain, new SurfaceChargeBoundary(Triangle(-0.002, 0.002, i)), Reservoirs(left)),
            "currentLeft" => Between(plain, new CurrentBoundary(new PulseWaveform(0, 50, 1e-9, Period(i) / 2, Period(i))), Reservoirs(left)),
            "currentRight" => plain with
            {
                Left = new(new PotentialBoundary(voltage), Baths(left)),
                Right = new(new CurrentBoundary(new SineWaveform(0, 30, 2e8)), Baths(right)),
            },
            "fluxes" => Between(
                plain, new PotentialBoundary(voltage), [new FluxBoundary(Triangle(1e-4, 3e-4, i)), .. left.Skip(1).Select(_ => new BlockedBoundary())]),
            "sources" => Between(plain, new CurrentBoundary(Triangle(-20, 20, i)), Reservoirs(left)) with
            {
                Sources = [Source(1e8, i), Source(3e7, i + 1), null],
            },
            "debyeHuckel" => Active(Between(plain, new PotentialBoundary(voltage), Baths(left)), ActivityKind.DebyeHuckel),
            "bikerman" => Active(Between(plain, new SurfaceChargeBoundary(Triangle(-0.01, 0.01, i)), Reservoirs(left)), ActivityKind.Bikerman),
            "mechanisms" => Mechanisms(cells, i, 1e5),
            "mechanismsAtRest" => AtRest(Mechanisms(cells, i, 1e5)),
            "mechanismsActive" => Active(Mechanisms(cells, i, 1e5), ActivityKind.Davies),
            "burst" => Bursting(Mechanisms(cells, i, 1e5)),
            "failure" => Between(plain, new PotentialBoundary(voltage), [.. left.Select(c => new BathBoundary(new StepWaveform(c, double.NaN, 6e-9)))]),
            _ => throw new ArgumentException($"no kind {kind}", nameof(kind)),
        };
    }

    private static TriangleWaveform Triangle(double low, double high, int i) => new(low, high, Period(i));

    private static PnpProblem Between(PnpProblem problem, ElectricBoundary electric, IReadOnlyList<IonBoundary> ions) =>
        problem with { Left = new(electric, ions) };

    private static IonBoundary[] Baths(double[] concentration) => [.. concentration.Select(c => new BathBoundary(new ConstantWaveform(c)))];

    private static IonBoundary[] Reservoirs(double[] concentration) => [.. concentration.Select(c => new ReservoirBoundary(4e-9, c))];

    // Linear in time between knots that are nobody else's.
    private static SourceTable Source(double rate, int i) => new([0, 2e-9], [1e-9, 3e-9 + 1e-10 * i, 7e-9], [[rate, 2 * rate], [0, rate], [2 * rate, 0]]);

    private static PnpProblem Active(PnpProblem problem, ActivityKind kind) => problem with
    {
        Activity = new(kind, kind == ActivityKind.Bikerman ? 3e-10 : 0),
        Species = [.. problem.Species.Select((one, s) => one with { IonSize = 3e-10 * (1 + 0.1 * s) })],
    };

    private static PnpProblem Mechanisms(int cells, int i, double strength) => MechanismProblems.Stack(
        MechanismProblems.Everything(
            i % 2 == 0 ? MechanismView.Ends : MechanismView.Faces, strength * (1 + 0.1 * i), 1e6, value => new TriangleWaveform(value, 1.2 * value, Period(i))),
        4e-9 + 1e-10 * i, 5e-9, cells);

    private static PnpProblem AtRest(PnpProblem problem) => problem with { Left = problem.Left with { Electric = new CurrentBoundary(new ConstantWaveform(0)) } };

    private static PnpProblem Bursting(PnpProblem problem) => problem with
    {
        Mechanisms = [.. problem.Mechanisms.Select(m => m is WaterFlux water ? water with { BurstRatio = 1.001 } : m)],
    };
}
