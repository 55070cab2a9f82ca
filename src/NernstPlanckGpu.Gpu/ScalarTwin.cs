using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Gpu;

/// <summary>
/// The same problem on the CPU's scalar lane, whose records a device's are.
/// </summary>
internal static class ScalarTwin
{
    private static readonly CpuEngine Scalar = new(new(1, "scalar"));

    /// <summary>A record as of a problem that has just been made, for a device to write its numbers into.</summary>
    public static EngineRecord NewRecord(DiscreteProblem problem, TimeSettings settings)
    {
        using IBatch batch = Scalar.Start([problem], settings);
        var record = new EngineRecord();
        batch.Save(0, record);
        return record;
    }

    /// <summary>Checks that a record is of a problem.</summary>
    /// <exception cref="EngineRecordException">It is not.</exception>
    public static void Check(DiscreteProblem problem, TimeSettings settings, EngineRecord record)
    {
        using IBatch batch = Scalar.Start([problem], settings);
        batch.Restore(0, record);
    }
}
