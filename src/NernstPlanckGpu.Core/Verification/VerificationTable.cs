using System.Diagnostics;
using NernstPlanckGpu.Core.Engines;

namespace NernstPlanckGpu.Core.Verification;

/// <summary>
/// The program's own benchmark table: problems with known answers, run on this machine's engine. docs/verification.md explains each.
/// Tests: VerificationTableTests.
/// </summary>
public static class VerificationTable
{
    /// <summary>Every check, in the order of the table.</summary>
    public static IReadOnlyList<VerificationCheck> Checks { get; } =
    [
        .. MembraneChecks.All, .. NeuronChecks.All, .. MechanismChecks.All, .. DoubleLayerChecks.All, .. ElectrodeChecks.All, .. JunctionChecks.All,
        .. PublishedJunctionChecks.All, .. DiffusionChecks.All, .. TransportChecks.All, .. ImpedanceChecks.All, .. TimeChecks.All,
        .. InvariantChecks.All, .. EngineChecks.All,
    ];

    /// <summary>Runs checks one after the other; each row is ready as it is asked for.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="checks">Checks; null: all.</param>
    /// <param name="cancellation">Ends the table; no row is made of a check that was cut short.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<VerificationRow> Run(
        IEngine engine, IEnumerable<VerificationCheck>? checks = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var bench = new VerificationBench(engine, cancellation);
        foreach (VerificationCheck check in checks ?? Checks)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Row(check, bench);
        }
    }

    private static VerificationRow Row(VerificationCheck check, VerificationBench bench)
    {
        var watch = Stopwatch.StartNew();
        Measurement measurement = new(double.NaN, double.NaN, double.NaN);
        string? detail = null;
        bool isLeftOut = false;
        try
        {
            measurement = check.Measure(bench);
        }
        catch (VerificationException exception)
        {
            detail = exception.Message;
        }
        catch (EngineRefusalException exception)
        {
            (detail, isLeftOut) = (exception.Message, true);
        }
        return new()
        {
            Check = check,
            Expected = measurement.Expected,
            Got = measurement.Got,
            Error = measurement.Error,
            Order = measurement.Order,
            WallTime = watch.Elapsed.TotalSeconds,
            Detail = detail,
            IsLeftOut = isLeftOut,
        };
    }
}
