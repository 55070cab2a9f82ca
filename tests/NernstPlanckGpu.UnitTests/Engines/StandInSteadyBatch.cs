using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>Steady states of a device that is not there.</summary>
internal sealed class StandInSteadyBatch(DeviceStandIn device, ISteadyBatch inner, IReadOnlyList<DiscreteProblem> problems) : ISteadyBatch
{
    public int Count => inner.Count;

    public void Solve(CancellationToken cancellation)
    {
        device.Compute(problems.Any(device.Poison));
        inner.Solve(cancellation);
    }

    public SteadyResult Result(int problem)
    {
        SteadyResult result = inner.Result(problem);
        if (device.Stuck(problems[problem])) return new(Outcome.NotConverged, 7, "none", "it is stuck");
        return device.ByHost(problems[problem]) ? result with { IsByHost = true, Route = $"not on the device, then on the CPU: {result.Route}" } : result;
    }

    public double Voltage(int problem) => inner.Voltage(problem);

    public double TotalCurrent(int problem) => inner.TotalCurrent(problem);

    public double Conductance(int problem) => inner.Conductance(problem);

    public double Read(int problem, StateView state) =>
        device.Absurd(problems[problem]) ? throw new DeviceException("no concentrations") : inner.Read(problem, state);

    public void Dispose()
    {
        device.Note();
        device.GiveBack();
        inner.Dispose();
    }
}
