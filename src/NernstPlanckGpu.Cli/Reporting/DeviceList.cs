using NernstPlanckGpu.Gpu;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>The devices of this machine, a line each: back end, index and name; or why a back end has none.</summary>
internal static class DeviceList
{
    /// <summary>The lines.</summary>
    /// <param name="backEnds">What each back end found.</param>
    /// <param name="describe">What stands behind the index; null: the name, and why it is unusable where it is.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<BackEndReport> backEnds, Func<AcceleratorInfo, string>? describe = null)
    {
        describe ??= Short;
        foreach (BackEndReport backEnd in backEnds)
        {
            string engine = $"  {EngineOf(backEnd.Kind),-10}";
            if (backEnd.WhyNone is { } why)
                yield return $"{engine} none: {why}";
            for (int device = 0; device < backEnd.Accelerators.Count; device++)
                yield return $"{engine} {device}: {describe(backEnd.Accelerators[device])}";
        }
    }

    /// <summary>The back end as --engine spells it.</summary>
    public static string EngineOf(AcceleratorKind kind) => kind.ToString().ToLowerInvariant();

    private static string Short(AcceleratorInfo device) => device.Name + (device.Unusable is { } why ? $", unusable: {why}" : "");
}
