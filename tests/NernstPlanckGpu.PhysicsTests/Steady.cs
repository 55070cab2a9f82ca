using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Units;
using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>Steady states of a problem, found or the test fails.</summary>
internal sealed class Steady : IDisposable
{
    private readonly ISteadyState steady;

    public Steady(PnpProblem problem)
    {
        Problem = Discretiser.Discretise(problem);
        Assert.InRange(Problem.Cells, 1, 400);
        steady = new CpuEngine(new(1)).Steady(Problem);
    }

    public DiscreteProblem Problem { get; }

    public double Voltage => steady.Voltage;

    public static EngineRun Of(PnpProblem problem)
    {
        using var steady = new Steady(problem);
        return steady.Find();
    }

    /// <summary>The voltage at which the clamped current flows, V.</summary>
    public static double VoltageOf(PnpProblem problem)
    {
        using var steady = new Steady(problem);
        EngineRun run = steady.Find();
        Assert.Equal(run.Voltage, steady.Voltage, 1e-12 * (1 + Math.Abs(run.Voltage)));
        return steady.Voltage;
    }

    public EngineRun Find() => Read(steady.Solve(CancellationToken.None));

    public EngineRun At(double voltage) => Read(steady.SolveAt(voltage, CancellationToken.None));

    public double Conductance() => steady.Conductance();

    /// <summary>Flux of a species per area of the left end, mol/(m² s); it has to be the same bits on every face.</summary>
    public static double Flux(EngineRun run, int species)
    {
        double[] flux = run.State.Flux[species];
        Assert.True(flux.All(j => j == flux[0]), $"species {species}: fluxes between {flux.Min():R} and {flux.Max():R}");
        return flux[0] / run.Problem.FaceAreas()[0];
    }

    /// <summary>Current per area of the left end, A/m².</summary>
    public static double Current(EngineRun run)
    {
        double sum = 0;
        for (int s = 0; s < run.Problem.Species; s++) sum += run.Problem.Problem.Species[s].Valence * Flux(run, s);
        Assert.Equal(sum, run.State.TotalCurrent / run.Problem.FaceAreas()[0], 1e-14 * run.State.Flux.Max(f => Math.Abs(f[0])) / run.Problem.FaceAreas()[0]);
        return PhysicalConstants.Faraday * sum;
    }

    public void Dispose() => steady.Dispose();

    private EngineRun Read(SteadyResult result)
    {
        Assert.True(result.IsFound, $"{result}");
        return EngineRun.Of(Problem, steady);
    }
}
