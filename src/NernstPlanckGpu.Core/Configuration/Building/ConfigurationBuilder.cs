using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration.Building;

/// <summary>Puts the run together from what was read: the problem, and what to do with it.</summary>
internal sealed class ConfigurationBuilder(RawConfiguration raw, ReadContext context)
{
    /// <summary>The run; null when something is wrong, which then is among the context's errors.</summary>
    /// <param name="fileName">Gives the title where there is none, and the folder of relative paths.</param>
    /// <param name="source">Text to keep with the run.</param>
    public RunConfiguration? Build(string fileName, string source)
    {
        var mode = new ModeChecks(raw, context);
        mode.CheckKeys();
        var time = mode.Time();
        var output = mode.Output(time);
        var problem = new ProblemBuilder(raw, context).Build(fileName, time?.End);
        if (problem is null || time is null || output is null || !TraceChecks.Check(raw, problem, context))
            return null;
        return new()
        {
            Title = raw.Title.Value ?? Path.GetFileNameWithoutExtension(fileName),
            Mode = raw.Mode.Value,
            Problem = problem,
            CurrentVoltage = raw.CurrentVoltage.Value,
            Impedance = raw.Impedance.Value,
            Time = time,
            Output = output,
            Source = source,
            Remarks = context.Remarks,
        };
    }
}
