using ILGPU;
using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Kernels.Implicit;

/// <summary>
/// Adaptive Rosenbrock steps, one thread per problem: many steps in one launch, each problem with its own step, clock and verdict. All numbers lie in
/// global memory side by side with those of the neighbouring threads.
/// </summary>
public static unsafe class ImplicitKernel
{
    /// <summary>The kernel.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="arguments">Arguments.</param>
    /// <typeparam name="TSize">Number of species.</typeparam>
    public static void Run<TSize>(Index1D problem, ImplicitArguments arguments)
        where TSize : unmanaged, IBlockSize
    {
        int m = default(TSize).Species + 1;
        ArrayView<DeviceLane> room = LocalMemory.Allocate<DeviceLane>(3 * m * m);
        fixed (double* memory = &arguments.Memory[problem / ImplicitLayout.Tile * (long)(arguments.Layout.Length * ImplicitLayout.Tile) + problem % ImplicitLayout.Tile])
        fixed (double* clock = &arguments.Controls[problem / ImplicitLayout.Tile * (ImplicitControl.Length * ImplicitLayout.Tile) + problem % ImplicitLayout.Tile])
        fixed (double* table = &arguments.Table[0])
        fixed (int* indices = &arguments.Indices[0])
        fixed (DeviceLane* scratch = &room[0])
        {
            ImplicitView view = ViewOf<TSize>(arguments, memory, table, indices);
            ImplicitControl control = ImplicitControl.Load(clock, ImplicitLayout.Tile);
            for (int i = 0; i <= arguments.Budget; i++)
            {
                if (control.Settles != 0)
                {
                    // The host has to write what comes.
                    if (control.Settles == ImplicitControl.Enters && control.Segment + 1 >= control.Segments) break;
                    control = RosenbrockStep<TSize>.Settle(arguments, view, memory, control);
                }
                if (i == arguments.Budget || control.Outcome != ImplicitControl.Running || control.Time >= control.Target) break;
                if (control.Accepted + control.Rejected >= arguments.MaximumSteps)
                {
                    control.Outcome = ImplicitControl.BudgetSpent;
                    break;
                }
                double step = RosenbrockStep<TSize>.Try(arguments, view, memory, table, control, scratch);
                control = RosenbrockStep<TSize>.Judge(arguments, view, memory, control, step);
            }
            control.Store(clock, ImplicitLayout.Tile);
        }
        // The simulator's collector frees what only pointers point to.
        room[0] = default;
    }

    /// <summary>Fluxes of every problem's state at its own time, for the host.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="arguments">Arguments.</param>
    /// <typeparam name="TSize">Number of species.</typeparam>
    public static void Fluxes<TSize>(Index1D problem, ImplicitArguments arguments)
        where TSize : unmanaged, IBlockSize
    {
        fixed (double* memory = &arguments.Memory[problem / ImplicitLayout.Tile * (long)(arguments.Layout.Length * ImplicitLayout.Tile) + problem % ImplicitLayout.Tile])
        fixed (double* clock = &arguments.Controls[problem / ImplicitLayout.Tile * (ImplicitControl.Length * ImplicitLayout.Tile) + problem % ImplicitLayout.Tile])
        fixed (double* table = &arguments.Table[0])
        fixed (int* indices = &arguments.Indices[0])
        {
            ImplicitView view = ViewOf<TSize>(arguments, memory, table, indices);
            ImplicitControl control = ImplicitControl.Load(clock, ImplicitLayout.Tile);
            RosenbrockStep<TSize>.Fluxes(arguments, view, memory, control);
        }
    }

    /// <summary>Copies some numbers of one problem to the start of another array.</summary>
    /// <param name="index">Which of them.</param>
    /// <param name="from">Memory, from the first number of the problem on.</param>
    /// <param name="to">Receiver.</param>
    public static void Gather(Index1D index, ArrayView<double> from, ArrayView<double> to) => to[index] = from[index * ImplicitLayout.Tile];

    private static ImplicitView ViewOf<TSize>(ImplicitArguments arguments, double* memory, double* table, int* indices)
        where TSize : unmanaged, IBlockSize
    {
        ImplicitLayout layout = arguments.Layout;
        int species = default(TSize).Species, m = species + 1, faces = (layout.Cells + 1) * species;
        int w = ImplicitLayout.Tile;
        return new()
        {
            Species = species,
            Cells = layout.Cells,
            Stride = w,
            Valence = table,
            GroupMagnitude = table + species,
            GroupEnd = indices + layout.Cells + 1,
            Groups = arguments.Groups,
            InterfaceAt = indices,
            Conductance = memory,
            InverseResistance = memory + layout.InverseResistance * w,
            Volume = memory + layout.Volume * w,
            FixedCharge = memory + layout.FixedCharge * w,
            Interface = memory + layout.Interface * w,
            InterfaceLength = layout.Interfaces * species * w,
            Ends = memory + layout.Ends * w,
            Flux = memory + layout.Flux * w,
            Left = memory + layout.Coefficients * w,
            Right = memory + (layout.Coefficients + faces) * w,
            Slope = memory + (layout.Coefficients + 2 * faces) * w,
            Factor = memory + layout.Factor * w,
            Upper = memory + layout.Upper * w,
            Escape = memory + layout.Escape * w,
            Flow = memory + layout.Reduction * w,
            EndBlocks = memory + (layout.Reduction + m * m) * w,
            Source = memory + (layout.Reduction + 5 * m * m) * w,
        };
    }
}
