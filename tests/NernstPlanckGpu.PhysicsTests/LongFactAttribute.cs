using Xunit;

namespace NernstPlanckGpu.PhysicsTests;

/// <summary>A test that runs only with NPGPU_TEST_ALL=1 (<c>run.sh test --all</c>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("NPGPU_TEST_ALL") != "1") Skip = "long; set NPGPU_TEST_ALL=1 or use run.sh test --all";
    }
}
