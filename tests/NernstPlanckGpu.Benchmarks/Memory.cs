using System.Diagnostics;
using System.Globalization;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>Growth of a process's peak memory with the number of problems, against the five arrays per unknown that rkc2 needs.</summary>
internal static class Memory
{
    private const int Few = 4000, Many = 12_000;

    public static void Run()
    {
        Console.WriteLine($"peak memory of a process with {Few} and with {Many} problems of a batch, MEMB, rkc2, each discretised on its own");
        DiscreteProblem memb = Discretiser.Discretise(Measure.Memb());
        double perProblem = (PeakOf(Many) - PeakOf(Few)) / (Many - Few);
        double need = 5.0 * sizeof(double) * (memb.Species + 1) * (memb.Cells + 2);
        Console.WriteLine($"  {perProblem / 1024:f1} KiB per problem; stage arrays {need / 1024:f1} KiB (Y0, F0, Y(j-1), Y(j-2), F; species and field); ratio {perProblem / need:f2}");
    }

    /// <summary>The child process: a batch of problems at different voltages takes a few steps; prints its peak resident set.</summary>
    public static void Child(int count)
    {
        PnpProblem memb = Measure.Memb();
        DiscreteProblem[] problems = [.. Enumerable.Range(0, count).Select(i => Discretiser.Discretise(At(memb, -0.1 + 1e-5 * i)))];
        using IBatch batch = new CpuEngine(new EngineOptions(1)).Start(problems, new TimeSettings { End = 1e-11, Integrator = IntegratorKind.Rkc2 });
        batch.Advance([.. problems.Select(_ => 1e-11)], null, CancellationToken.None);
        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(process.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        GC.KeepAlive(problems);
    }

    private static PnpProblem At(PnpProblem memb, double potential) =>
        memb with { Left = memb.Left with { Electric = new PotentialBoundary(new ConstantWaveform(potential)) } };

    private static double PeakOf(int count)
    {
        var start = new ProcessStartInfo("dotnet", [Environment.GetCommandLineArgs()[0], "memory-of", count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(text, CultureInfo.InvariantCulture);
    }
}
