using System.Diagnostics;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>Brings points to where an engine can take them over. Safe for threads.</summary>
internal sealed class PointPreparation(PointSetup setup, IEngine engine, CancellationToken cancellation)
{
    /// <summary>Sets a point up.</summary>
    /// <param name="point">Point.</param>
    /// <returns>A point at its start, for the caller to bring to its end; or what came of it at once, null where it was interrupted.</returns>
    /// <exception cref="DeviceException">The engine's device failed.</exception>
    public (PointMember? Member, PointResult? Result) Begin(int point)
    {
        try
        {
            long start = Stopwatch.GetTimestamp();
            Simulation simulation = setup.Simulate(point, engine);
            var sink = new PointSink(setup.Fields);
            if (simulation.Transient is { } run)
            {
                if (run.Begin(sink, cancellation, out _) is { } progress)
                    return (new TransientMember(point, simulation, setup, sink, engine, progress, Stopwatch.GetElapsedTime(start).TotalSeconds), null);
            }
            else if (simulation.Steady is { } plan && !engine.HasSteadyStates)
                return (new SteadyMember(point, simulation, setup, sink, engine, plan.Begin(sink, null), Stopwatch.GetElapsedTime(start).TotalSeconds), null);
            else
                _ = simulation.Run(sink, null, cancellation);
            return (null, sink.ToResult(point, setup.LayoutOf(simulation)));
        }
        catch (Exception exception) when (PointFailure.IsOfPoint(exception))
        {
            return (null, PointFailure.WhilePreparing(point, exception));
        }
    }
}
