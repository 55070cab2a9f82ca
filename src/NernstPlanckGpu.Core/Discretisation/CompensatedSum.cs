namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>A sum without loss: what each addition rounds away is kept beside it (Neumaier 1974).</summary>
internal struct CompensatedSum
{
    private double sum, lost;

    /// <summary>Value so far.</summary>
    public readonly double Value => sum + lost;

    /// <summary>Adds a term.</summary>
    public void Add(double term)
    {
        double next = sum + term;
        lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
        sum = next;
    }
}
