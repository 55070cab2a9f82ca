using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>What becomes of a point whose computing threw: a bad point costs only itself.</summary>
internal static class PointFailure
{
    /// <summary>False where it is none of the point's doing, and the next would fare no better: the device failed, or there is no memory.</summary>
    public static bool IsOfPoint(Exception exception) =>
        exception is not OutOfMemoryException && exception is EngineRefusalException or not DeviceException;

    /// <summary>The point could not be set up.</summary>
    public static PointResult WhilePreparing(int point, Exception exception) => exception switch
    {
        GridRefinementException => Refused(point, $"grid refinement: {exception.Message}"),
        ArgumentException or EngineRefusalException => Refused(point, exception.Message),
        _ => Faulted(point, exception),
    };

    /// <summary>The engine did not step it.</summary>
    public static PointResult WhileStepping(int point, Exception exception) =>
        exception is EngineRefusalException ? Refused(point, exception.Message) : Faulted(point, exception);

    private static PointResult Refused(int point, string message) => new() { Index = point, Status = PointStatus.Refused, Message = message };

    private static PointResult Faulted(int point, Exception exception) => new()
    {
        Index = point,
        Status = PointStatus.Faulted,
        Message = $"internal error, please report it: {exception.GetType().Name}: {exception.Message}",
    };
}
