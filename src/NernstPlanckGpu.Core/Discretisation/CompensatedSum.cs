using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>A sum without loss of numbers: <see cref="CompensatedSum{T}"/>.</summary>
internal struct CompensatedSum
{
    private CompensatedSum<ScalarLane> sum;

    /// <summary>Value so far.</summary>
    public readonly double Value => sum.Value.Value;

    /// <summary>Adds a term.</summary>
    public void Add(double term) => sum.Add(new(term));
}
