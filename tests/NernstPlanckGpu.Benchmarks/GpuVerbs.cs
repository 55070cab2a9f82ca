namespace NernstPlanckGpu.Benchmarks;

/// <summary>What tests/gpu asks of this program: measurements on devices, the comparators' problem file, and the kernels' PTX.</summary>
internal static class GpuVerbs
{
    public const string Names = "gpu [--seconds S] | gpu-problem FILE [--euler] [--problems N] [--step S] [--steps N] | gpu-ptx FOLDER [sm_NN]";

    /// <summary>Exit code of a verb; null where the arguments are none.</summary>
    public static int? Run(string[] args)
    {
        switch (args)
        {
            case ["gpu"]: return GpuBenchmark.Run(1);
            case ["gpu", "--seconds", var seconds] when double.TryParse(seconds, out double given) && given > 0: return GpuBenchmark.Run(given);
            case ["gpu-ptx", var folder]: return GpuPtx.Write(folder, "sm_90");
            case ["gpu-ptx", var folder, var architecture]: return GpuPtx.Write(folder, architecture);
            case ["gpu-problem", var file, .. var rest]: return Problem(file, rest);
            default: return null;
        }
    }

    private static int? Problem(string file, string[] rest)
    {
        var wanted = new GpuProblemFile.Request();
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == "--euler") wanted = wanted with { IsEuler = true, Step = 0.9e-12, Steps = 500 };
            else if (i + 1 == rest.Length) return null;
            else if (rest[i] == "--problems" && int.TryParse(rest[++i], out int problems) && problems > 0) wanted = wanted with { Problems = problems };
            else if (rest[i] == "--steps" && int.TryParse(rest[++i], out int steps) && steps > 0) wanted = wanted with { Steps = steps };
            else if (rest[i] == "--step" && double.TryParse(rest[++i], out double step) && step > 0) wanted = wanted with { Step = step };
            else return null;
        }
        return GpuProblemFile.Write(file, wanted);
    }
}
