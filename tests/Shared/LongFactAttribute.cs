using Xunit;

namespace NernstPlanckGpu.Tests;

/// <summary>A test that runs only with NPGPU_TEST_ALL=1 (<c>run.sh test --all</c>).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("NPGPU_TEST_ALL") != "1") Skip = "long; set NPGPU_TEST_ALL=1 or use run.sh test --all";
    }
}
