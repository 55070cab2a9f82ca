using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>Lanes across cells against lanes across problems, from small problems to large, and threads over problems.</summary>
internal static class Batch
{
    public static void Run(int rounds)
    {
        Console.WriteLine("batch of 64 problems with different voltages, 3 species, Euler steps for 2e8 updates, updates per second");
        foreach (int side in new[] { 2, 6, 12, 24, 48, 108 })
        {
            DiscreteProblem[] problems = [.. Enumerable.Range(0, 64).Select(i => Discretiser.Discretise(Problem(side, -0.1 + 0.002 * i)))];
            // Enough steps that the compiler's slow first versions of the code do not count.
            double steps = Math.Round(2e8 / (64 * 3 * (problems[0].Cells + 1)));
            var settings = new TimeSettings { End = steps * 1e-13, Step = 1e-13, Integrator = IntegratorKind.Euler };
            double Rate(EngineOptions options) =>
                Measure.Median(Enumerable.Range(0, rounds).Select(_ => Measure.UpdatesPerSecond(problems, options, settings)));
            double cells = Rate(new(1, "auto", false)), across = Rate(new(1, "auto", true)), auto = Rate(new(1)), threads = Rate(new());
            Console.WriteLine(
                $"  {problems[0].Cells,4} cells: across cells {Measure.Millions(cells)}, across problems {Measure.Millions(across)}, chosen {Measure.Millions(auto)}, all {Environment.ProcessorCount} threads {Measure.Millions(threads)} ({threads / auto:f2}x)");
        }
    }

    private static PnpProblem Problem(int side, double potential) => Measure.Memb(
        $"/regions/0/grid={{\"cells\":{side},\"grading\":\"none\"}}", $"/regions/2/grid={{\"cells\":{side},\"grading\":\"none\"}}", $"/regions/1/grid={{\"cells\":{Math.Max(2, side / 3)}}}",
        $"/boundaries/left/electric/potential={potential}");
}
