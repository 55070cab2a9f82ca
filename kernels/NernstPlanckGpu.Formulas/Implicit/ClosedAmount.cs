using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>A sum without loss: what each addition rounds away is kept beside it (Neumaier 1974).</summary>
/// <typeparam name="T">Lane of one problem.</typeparam>
public struct CompensatedSum<T>
    where T : unmanaged, ILane<T>
{
    private T sum, lost;

    /// <summary>Value so far.</summary>
    public readonly T Value => sum + lost;

    /// <summary>Adds a term.</summary>
    /// <param name="term">Term.</param>
    public void Add(T term)
    {
        T next = sum + term;
        lost += T.Where(T.Abs(sum), T.Abs(term), term - next + sum, sum - next + term);
        sum = next;
    }
}

/// <summary>The amount of a species in a run of cells that nothing enters, and how rounding of implicit steps is taken off it again.</summary>
/// <typeparam name="T">Lane of one problem.</typeparam>
/// <remarks>Checked by <c>ConservationTests</c>.</remarks>
public static unsafe class ClosedAmount<T>
    where T : unmanaged, ILane<T>
{
    /// <summary>Amount, mol.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    /// <param name="species">Species.</param>
    /// <param name="first">First cell.</param>
    /// <param name="last">Last cell.</param>
    /// <param name="leftVolume">Volume of a reservoir at the left end that belongs to it, m³; 0 without.</param>
    /// <param name="rightVolume">The same at the right end.</param>
    public static T Of(ImplicitView a, double* u, int species, int first, int last, double leftVolume, double rightVolume)
    {
        CompensatedSum<T> sum = default;
        if (leftVolume > 0) sum.Add(T.Of(leftVolume) * T.Load(u + a.At(0, species)));
        for (int i = first; i <= last; i++) sum.Add(T.Load(a.Volume + i * a.Stride) * T.Load(u + a.At(i, species)));
        if (rightVolume > 0) sum.Add(T.Of(rightVolume) * T.Load(u + a.At(a.Cells + 1, species)));
        return sum.Value;
    }

    /// <summary>Scales a run of blocks.</summary>
    /// <param name="a">Memory.</param>
    /// <param name="u">State.</param>
    /// <param name="species">Species.</param>
    /// <param name="first">First block, a ghost's with its reservoir.</param>
    /// <param name="last">Last block.</param>
    /// <param name="factor">Factor.</param>
    public static void Scale(ImplicitView a, double* u, int species, int first, int last, T factor)
    {
        for (int i = first; i <= last; i++)
        {
            double* place = u + a.At(i, species);
            T.Store(T.Load(place) * factor, place);
        }
    }
}
