using NernstPlanckGpu.Benchmarks;

// Benchmarks of the CPU engine. Machines are noisy: what is compared runs in turn, and ratios are medians over the rounds.
//
//   dotnet run -c Release --project tests/NernstPlanckGpu.Benchmarks [throughput|accuracy|implicit|neuron|batch|memory|sweep|sweep-plan|sweep-file|scipy]... [--rounds N]
//   the same program with gpu, gpu-problem or gpu-ptx: for tests/gpu
string[] known = ["throughput", "accuracy", "implicit", "neuron", "batch", "memory", "sweep", "sweep-plan", "sweep-file", "scipy"];
int rounds = 7;
if (args is ["memory-of", var count])
{
    Memory.Child(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
    return 0;
}
if (args is [['g', 'p', 'u', ..], ..])
{
    if (GpuVerbs.Run(args) is { } code) return code;
    Console.Error.WriteLine($"write {GpuVerbs.Names}");
    return 2;
}
var wanted = new List<string>();
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length && int.TryParse(args[++i], out int given) && given > 0) rounds = given;
    else if (known.Contains(args[i])) wanted.Add(args[i]);
    else
    {
        Console.Error.WriteLine($"unknown argument {args[i]}; write any of {string.Join(", ", known)}, or --rounds N");
        return 2;
    }
}
foreach (string name in wanted.Count > 0 ? wanted : [.. known])
{
    switch (name)
    {
        case "throughput": Throughput.Run(rounds); break;
        case "accuracy": Accuracy.Run(); break;
        case "implicit": Implicit.Run(rounds); break;
        case "neuron": Neuron.Run(rounds); break;
        case "batch": Batch.Run(rounds); break;
        case "sweep": Sweep.Run(rounds); break;
        case "sweep-plan": SweepPlans.Run(rounds); break;
        case "sweep-file": SweepFiles.Run(rounds); break;
        case "scipy": ScipyComparator.Report(rounds); break;
        default: Memory.Run(); break;
    }
}
return 0;
