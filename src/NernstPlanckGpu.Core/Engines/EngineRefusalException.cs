namespace NernstPlanckGpu.Core.Engines;

/// <summary>
/// An engine cannot compute such a problem, though its device is well: another engine can. Of a sweep it costs the point that is refused; any
/// other <see cref="DeviceException"/> ends the sweep.
/// </summary>
public sealed class EngineRefusalException : DeviceException
{
    /// <summary>Without a reason.</summary>
    public EngineRefusalException()
    {
    }

    /// <summary>With a reason and what to do, a sentence without its full stop.</summary>
    /// <param name="message">Reason.</param>
    public EngineRefusalException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    /// <param name="message">Reason.</param>
    /// <param name="innerException">Cause.</param>
    public EngineRefusalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What an engine says it cannot do, and who can.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="why">Its reason, a sentence without its full stop.</param>
    public static EngineRefusalException Of(IEngine engine, string why)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return new($"{engine.Description} cannot compute this: {why}; use --engine cpu");
    }
}
