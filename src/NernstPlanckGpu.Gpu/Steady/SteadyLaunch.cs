#if WITH_ILGPU
using ILGPU;
using ILGPU.Runtime;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Kernels.Steady;

namespace NernstPlanckGpu.Gpu.Steady;

/// <summary>What a launch gives back of its problems, [element][problem].</summary>
/// <param name="Numbers">Potentials, fluxes and conductance, as <see cref="SteadyLayout"/> has them.</param>
/// <param name="Status">Status, then iterations.</param>
/// <param name="Count">Problems.</param>
internal sealed record SteadyOutput(double[] Numbers, int[] Status, int Count)
{
    /// <summary>A number of a problem.</summary>
    public double Number(int element, int place) => Numbers[(long)element * Count + place];
}

/// <summary>Runs the kernel for the problems of a group.</summary>
internal static class SteadyLaunch
{
    /// <summary>Threads of a group, which share nothing: two warps. PoCL keeps the blocks of all threads of a group on one stack.</summary>
    private const int GroupSize = 64;

    /// <summary>Bytes of a problem on the device, with a set of constants of its own.</summary>
    public static long BytesPerProblem(SteadyLayout layout) =>
        sizeof(double) * ((long)layout.WorkLength + layout.ConstantsLength + layout.ValuesLength) + 3 * sizeof(int);

    /// <summary>Solves problems of one group.</summary>
    /// <param name="accelerator">Device.</param>
    /// <param name="problems">Problems with their families.</param>
    /// <param name="mostIterations">Most Newton iterations.</param>
    public static SteadyOutput Run(Accelerator accelerator, IReadOnlyList<(DiscreteProblem Problem, SteadyFamily Family)> problems, int mostIterations)
    {
        SteadyGroup group = problems[0].Family.Group;
        SteadyLayout layout = group.Layout;
        int count = problems.Count;
        SteadyFamily[] families = [.. problems.Select(p => p.Family).Distinct(ReferenceEqualityComparer.Instance).Cast<SteadyFamily>()];
        var set = new Dictionary<SteadyFamily, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < families.Length; i++) set[families[i]] = i;
        var constants = new double[(long)layout.ConstantsLength * families.Length];
        var values = new double[(long)layout.ValuesLength * count];
        var setOf = new int[count];
        _ = Parallel.For(0, families.Length, i => families[i].Load(constants, i, families.Length));
        _ = Parallel.For(0, count, i =>
        {
            SteadyValues.Load(problems[i].Problem, problems[i].Family, values, i, count);
            setOf[i] = set[problems[i].Family];
        });
        using ScopedAcceleratorBinding binding = accelerator.BindScoped();
        // Of its own: another batch may be under way.
        using AcceleratorStream stream = accelerator.CreateStream();
        using MemoryBuffer1D<double, Stride1D.Dense> work = accelerator.Allocate1D<double>((long)layout.WorkLength * count);
        using MemoryBuffer1D<double, Stride1D.Dense> constantsThere = stream.Allocate(constants), valuesThere = stream.Allocate(values);
        using MemoryBuffer1D<int, Stride1D.Dense> setThere = stream.Allocate(setOf), structure = stream.Allocate(group.Structure);
        using MemoryBuffer1D<int, Stride1D.Dense> status = accelerator.Allocate1D<int>(2L * count);
        var arguments = new SteadyArguments(
            count, families.Length, mostIterations, layout, work.View, constantsThere.View, setThere.View, valuesThere.View, structure.View, status.View);
        Faults.Launch(accelerator, () => Kernel(accelerator, layout.Species)(stream, count, arguments));
        var numbers = new double[(long)layout.ReadBack * count];
        var outcome = new int[2 * count];
        work.View.SubView(0, numbers.Length).CopyToCPU(stream, numbers);
        status.CopyToCPU(stream, outcome);
        return new(numbers, outcome, count);
    }

    private static Action<AcceleratorStream, Index1D, SteadyArguments> Kernel(Accelerator accelerator, int species) => species switch
    {
        1 => Load<OneSpecies>(accelerator),
        2 => Load<TwoSpecies>(accelerator),
        3 => Load<ThreeSpecies>(accelerator),
        4 => Load<FourSpecies>(accelerator),
        5 => Load<FiveSpecies>(accelerator),
        6 => Load<SixSpecies>(accelerator),
        7 => Load<SevenSpecies>(accelerator),
        _ => Load<EightSpecies>(accelerator),
    };

    private static Action<AcceleratorStream, Index1D, SteadyArguments> Load<TSize>(Accelerator accelerator)
        where TSize : struct, ISpeciesCount => accelerator.LoadImplicitlyGroupedKernel<Index1D, SteadyArguments>(
            SteadyKernel.Run<TSize>, Math.Min(GroupSize, accelerator.MaxNumThreadsPerGroup));
}
#endif
