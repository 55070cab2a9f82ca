using System.Runtime.CompilerServices;
using ILGPU;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>
/// Steady states of many problems of one structure, a thread each: Newton's method in the potential alone, as the CPU's SteadySolver has it. For each
/// trial potential the concentrations are the exact solution of their continuity equations, and what is left is Poisson's equation.
/// </summary>
/// <remarks>
/// A thread ends with its own problem, found or not. Blocks of one cell live in local memory, which the device interleaves by
/// thread as the host does the rest. Checked by <c>SteadyBatchTests</c> against the CPU engine and by <c>SteadyPtxTests</c>.
/// </remarks>
public static unsafe class SteadyKernel
{
    private const int Size = SteadyLayout.MostSpecies + 1, Columns = SteadyLayout.MostBorders + 1;

    /// <summary>The kernel.</summary>
    /// <param name="index">Problem.</param>
    /// <param name="arguments">Arrays.</param>
    /// <typeparam name="TSize">Number of species.</typeparam>
    public static void Run<TSize>(Index1D index, SteadyArguments arguments)
        where TSize : struct, ISpeciesCount
    {
        ArrayView<DeviceLane> block = LocalMemory.Allocate<DeviceLane>(Size * Size);
        ArrayView<DeviceLane> column = LocalMemory.Allocate<DeviceLane>(Size);
        ArrayView<DeviceLane> next = LocalMemory.Allocate<DeviceLane>(Size * Columns);
        ArrayView<double> sums = LocalMemory.Allocate<double>(SteadyLayout.MostBorders * Columns);
        ArrayView<double> border = LocalMemory.Allocate<double>(SteadyLayout.MostBorders * (SteadyLayout.MostBorders + 3));
        ArrayView<int> meeting = LocalMemory.Allocate<int>(SteadyLayout.MostSpecies);
        ArrayView<int> order = LocalMemory.Allocate<int>(SteadyLayout.MostBorders);
        fixed (DeviceLane* d = &block[0], y = &column[0], x = &next[0])
        fixed (double* s = &sums[0], b = &border[0])
        fixed (int* m = &meeting[0], o = &order[0])
        {
            SteadyThread p = SteadyThread.Of(arguments, index, m);
            int status = Solve<TSize>(p, arguments.MostIterations, d, y, x, s, b, o, out int iterations);
            arguments.Status[index] = status;
            arguments.Status[arguments.Problems + index] = iterations;
        }
        // The simulator's local memory is collected once nothing refers to its views, and the pointers do not.
        (block[0], column[0], next[0]) = (default, default, default);
        (sums[0], border[0], meeting[0], order[0]) = (0, 0, 0, 0);
    }

    // Newton's method; then the conductance, from one more elimination at the solution. One loop, so that each pass is compiled once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Solve<TSize>(
        SteadyThread p, int most, DeviceLane* d, DeviceLane* y, DeviceLane* x, double* sums, double* border, int* order, out int iterations)
        where TSize : struct, ISpeciesCount
    {
        SteadyTransportPass.StartUncharged(p);
        for (int i = 0; i < p.Layout.Blocks; i++) *p.At(p.Layout.LastAt + i) = 0;
        SteadyControl control = SteadyControl.Start;
        int status = SteadyStatus.Moving, done = 0;
        bool found = false, ended = false;
        while (!ended)
        {
            if (!SteadyTransportPass.Solve(p))
            {
                status = SteadyStatus.NoConcentration;
                break;
            }
            SteadyTransportPass.Linearise(p, slopes: true);
            SteadyBorderRows.MakePassing(p);
            SteadyElimination.Forward<TSize>(p, d, y, found);
            SteadyElimination.Backward<TSize>(p, x, y, sums);
            SteadyBorderRows.Solve(p, found, sums, border, order);
            double* unknown = border + p.Layout.Borders * p.Layout.Borders;
            if (found)
            {
                *p.At(p.Layout.ConductanceAt) = SteadyBorderRows.Current(p, unknown);
                status = SteadyStatus.Found;
                break;
            }
            done++;
            double largest = SteadyUpdate.Complete(p, unknown, out bool turned);
            if (largest < 0)
            {
                status = SteadyStatus.NoUpdate;
                break;
            }
            double applied = SteadyUpdate.Apply(p, control.Damping(largest, turned));
            found = control.IsLast(largest, applied);
            ended = !found && done >= most;
        }
        iterations = done;
        return status;
    }
}
