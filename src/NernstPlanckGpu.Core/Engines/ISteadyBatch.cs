using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Core.Engines;

/// <summary>
/// Steady states of many problems, found together; each from nothing, so that no problem's numbers depend on the others. A surface of
/// currents over voltages is a batch of problems that differ in the potentials of their electrodes.
/// </summary>
/// <remarks>Once <see cref="Solve"/> has come back, the other members are safe for threads until it is called again: they ask nothing of a device.</remarks>
public interface ISteadyBatch : IDisposable
{
    /// <summary>Number of problems.</summary>
    int Count { get; }

    /// <summary>Finds the steady state of each problem's own boundary values, held at time 0.</summary>
    /// <param name="cancellation">Ends the search; problems that were not looked at are Interrupted.</param>
    /// <exception cref="DeviceException">The device failed or has too little memory for a single problem.</exception>
    void Solve(CancellationToken cancellation);

    /// <summary>How a problem's steady state was found, or where the search stuck; Running before <see cref="Solve"/>.</summary>
    /// <param name="problem">Index.</param>
    SteadyResult Result(int problem);

    /// <summary>Potential of the left electrode minus that of the right, V: found where a current is clamped. NaN where nothing was found.</summary>
    /// <param name="problem">Index.</param>
    double Voltage(int problem);

    /// <summary>Current over F, mol/s, as <see cref="StateView.TotalCurrent"/>. NaN where nothing was found.</summary>
    /// <param name="problem">Index.</param>
    double TotalCurrent(int problem);

    /// <summary>
    /// Derivative dI/dV of the steady current by the voltage, total over the area, A/V. NaN where nothing was found, where an end
    /// imposes no potential, and with mechanisms or activity coefficients.
    /// </summary>
    /// <param name="problem">Index.</param>
    double Conductance(int problem);

    /// <summary>Copies a problem's steady state.</summary>
    /// <param name="problem">Index; its steady state was found.</param>
    /// <param name="state">Receiver, made for this problem.</param>
    /// <returns>Its <see cref="ISteadySolution.ContinuityResidual"/>.</returns>
    /// <exception cref="InvalidOperationException">It was not found.</exception>
    double Read(int problem, StateView state);
}
