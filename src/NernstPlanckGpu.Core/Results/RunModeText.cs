using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Results;

/// <summary>Words for modes.</summary>
public static class RunModeText
{
    /// <summary>The mode as a configuration, a file and the terminal's JSON spell it: transient, steady, iv or impedance.</summary>
    /// <param name="mode">Mode.</param>
    public static string Name(this RunMode mode) => mode switch
    {
        RunMode.Transient => "transient",
        RunMode.Steady => "steady",
        RunMode.CurrentVoltage => "iv",
        RunMode.Impedance => "impedance",
        _ => mode.ToString(),
    };
}
