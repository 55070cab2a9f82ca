#if WITH_ILGPU
using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using NernstPlanckGpu.Kernels.Explicit;
#endif

namespace NernstPlanckGpu.Benchmarks;

/// <summary>Writes the PTX of kernels to files, without a GPU, for ptxas -v to tell registers and spills.</summary>
internal static class GpuPtx
{
#if WITH_ILGPU
    // As many threads as the engine asks for with MEMB: 256 cells and 2 ghosts in whole warps.
    private const int Threads = 288;

    public static int Write(string folder, string architecture)
    {
        Directory.CreateDirectory(folder);
        int number = int.Parse(architecture.Replace("sm_", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        using var backend = new PTXBackend(context, new CudaArchitecture(number / 10, number % 10), CudaInstructionSet.ISA_80, nvvmAPI: null!);
        foreach ((string name, MethodInfo method) in Kernels())
        {
            var compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(method), new KernelSpecialization(Threads, null));
            File.WriteAllText(Path.Combine(folder, name + ".ptx"), compiled.PTXAssembly);
            Console.WriteLine($"{name}.ptx");
        }
        return 0;
    }

    // Explicit steppers by residence; kernels without type arguments come by themselves.
    private static IEnumerable<(string Name, MethodInfo Method)> Kernels()
    {
        MethodInfo run = typeof(ExplicitKernel).GetMethod(nameof(ExplicitKernel.Run))!;
        foreach ((string name, Type stepper) in Steppers())
        {
            Type species = typeof(Last);
            for (int count = 1; count <= 4; count++, species = typeof(And<>).MakeGenericType(species))
            {
                Type cells = typeof(RegisterCells<>).MakeGenericType(species);
                yield return ($"{name}-registers-{count}", run.MakeGenericMethod(stepper, typeof(InRegisters<>).MakeGenericType(species), cells));
            }
            yield return ($"{name}-memory", run.MakeGenericMethod(stepper, typeof(InMemory<GroupThreads>), typeof(MemoryCells<GroupThreads>)));
        }
        foreach (Type type in typeof(ExplicitKernel).Assembly.GetTypes().Where(type => type.IsPublic && type.Name.EndsWith("Kernel", StringComparison.Ordinal)))
            foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                if (method.ReturnType == typeof(void) && !method.IsGenericMethod && !method.GetParameters().Any(p => p.ParameterType == typeof(Index1D)))
                    yield return ($"{type.Name}-{method.Name}".ToLowerInvariant(), method);
    }

    private static IEnumerable<(string Name, Type Stepper)> Steppers() =>
    [
        ("euler", typeof(EulerStepper<DoubleBernoulli>)), ("rkc2", typeof(Rkc2Stepper<DoubleBernoulli>)),
        ("mixed-euler", typeof(EulerStepper<SingleBernoulli>)), ("mixed-rkc2", typeof(Rkc2Stepper<SingleBernoulli>)),
    ];
#else
    public static int Write(string folder, string architecture)
    {
        Console.Error.WriteLine($"this build has no ILGPU: no PTX for {architecture} in {folder}");
        return 6;
    }
#endif
}
