using Xunit;

namespace NernstPlanckGpu.Tests;

/// <summary>A test that runs only with NPGPU_TEST_ALL=1 (<c>run.sh test --all</c>).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (!IsAsked) Skip = Reason;
    }

    /// <summary>Long tests are asked for.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable("NPGPU_TEST_ALL") == "1";

    /// <summary>Why one is skipped.</summary>
    public static string Reason => "long; set NPGPU_TEST_ALL=1 or use run.sh test --all";
}
