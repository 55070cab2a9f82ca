using ILGPU;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Kernels;

/// <summary>Multiplies and adds in registers and does nothing else: the most that a device can do in a precision.</summary>
public static class RateKernel
{
    /// <summary>Multiplications and additions of a turn: eight of each, none of which waits for another.</summary>
    public const int OperationsPerTurn = 16;

    /// <summary>The kernel.</summary>
    /// <param name="index">Thread.</param>
    /// <param name="results">What comes of it, so that nothing is left out.</param>
    /// <param name="turns">Turns.</param>
    /// <typeparam name="T">Lane of the precision.</typeparam>
    public static void Run<T>(Index1D index, ArrayView<double> results, int turns)
        where T : unmanaged, ILane<T>, IScalar
    {
        T factor = T.Of(0.999), term = T.Of(index * 1e-9);
        T a = T.Of(1), b = T.Of(2), c = T.Of(3), d = T.Of(4), e = T.Of(5), f = T.Of(6), g = T.Of(7), h = T.Of(8);
        for (int i = 0; i < turns; i++)
        {
            a = T.MultiplyAdd(a, factor, term);
            b = T.MultiplyAdd(b, factor, term);
            c = T.MultiplyAdd(c, factor, term);
            d = T.MultiplyAdd(d, factor, term);
            e = T.MultiplyAdd(e, factor, term);
            f = T.MultiplyAdd(f, factor, term);
            g = T.MultiplyAdd(g, factor, term);
            h = T.MultiplyAdd(h, factor, term);
        }
        results[index] = (a + b + (c + d) + (e + f + (g + h))).Value;
    }
}
