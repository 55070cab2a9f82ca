using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>Face-species updates per second of the explicit step on MEMB, one core: scalar, SIMD, and C++ by hand.</summary>
internal static class Throughput
{
    private const double EulerSteps = 1.2e6;

    public static void Run(int rounds)
    {
        DiscreteProblem memb = Discretiser.Discretise(Measure.Memb());
        using var cpp = CppComparator.Build();
        Compare("euler", "explicit Euler step", IntegratorKind.Euler, rounds, memb, cpp, "avx2");
        Compare("rkc2", "Runge-Kutta-Chebyshev stage (C++: stages alone, without step control)", IntegratorKind.Rkc2, rounds, memb, cpp, "rkc2");
    }

    private static void Compare(
        string name, string title, IntegratorKind kind, int rounds, DiscreteProblem memb, CppComparator? cpp, string cppVariant)
    {
        Console.WriteLine($"{title}, MEMB (256 cells, 3 species), face-species updates per second, one thread, {rounds} rounds in turn");
        string[] lanes = ["scalar", "256", "512"];
        var rates = lanes.ToDictionary(lane => lane, _ => new List<double>());
        var byHand = new List<double>();
        for (int round = -1; round < rounds; round++)
        {
            foreach (string lane in lanes)
            {
                double share = lane == "scalar" ? 0.1 : 0.5;
                double end = kind == IntegratorKind.Euler ? share * EulerSteps * 2.3e-12 : share * 3e-4;
                double rate = Measure.UpdatesPerSecond([memb], new EngineOptions(1, lane), new TimeSettings { End = end, Integrator = kind });
                if (round >= 0) rates[lane].Add(rate);
            }
            if (round >= 0 && cpp is not null) byHand.Add(cpp.UpdatesPerSecond(cppVariant));
        }
        foreach (string lane in lanes)
        {
            string line = $"  {name,-6} {lane,-7}{Measure.Millions(Measure.Median(rates[lane]))}   {Measure.Median(rates[lane].Zip(rates["scalar"], (a, b) => a / b)),5:f2}x scalar";
            if (byHand.Count > 0) line += $"   {Measure.Median(rates[lane].Zip(byHand, (a, b) => a / b)),5:f2}x C++";
            Console.WriteLine(line);
        }
        Console.WriteLine(byHand.Count > 0 ? $"  {name,-6} {"C++",-7}{Measure.Millions(Measure.Median(byHand))}   g++ -O3 -march=native, AVX2, FMA" : "  no g++ here: not compared with C++");
    }
}
