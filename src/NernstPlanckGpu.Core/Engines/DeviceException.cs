namespace NernstPlanckGpu.Core.Engines;

/// <summary>
/// A device cannot compute what it was asked for: it is not there, it lacks something, it ran out of memory or failed on the way.
/// What was computed before is not touched. The command line ends with exit code 6.
/// </summary>
public class DeviceException : Exception
{
    /// <summary>Without a reason.</summary>
    public DeviceException()
    {
    }

    /// <summary>With a reason and what to do, a sentence without its full stop.</summary>
    /// <param name="message">Reason.</param>
    public DeviceException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    /// <param name="message">Reason.</param>
    /// <param name="innerException">Cause.</param>
    public DeviceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
