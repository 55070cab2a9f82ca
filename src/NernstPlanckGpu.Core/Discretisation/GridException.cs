namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>A region's grid cannot be built as it is asked for: which region, and which numbers contradict each other.</summary>
public sealed class GridException : ArgumentException
{
    /// <summary>Without a reason.</summary>
    public GridException()
    {
    }

    /// <summary>With a reason and what to do, a sentence without its full stop.</summary>
    /// <param name="message">Reason.</param>
    public GridException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    /// <param name="message">Reason.</param>
    /// <param name="innerException">Cause.</param>
    public GridException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
