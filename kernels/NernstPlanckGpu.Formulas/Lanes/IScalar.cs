namespace NernstPlanckGpu.Formulas.Lanes;

/// <summary>A lane of one number.</summary>
public interface IScalar
{
    /// <summary>The number.</summary>
    double Value { get; }
}
