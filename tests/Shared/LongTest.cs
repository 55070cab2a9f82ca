using Xunit;

namespace NernstPlanckGpu.Tests;

/// <summary>Tests that run only with NPGPU_TEST_ALL=1 (<c>run.sh test --all</c>), and that may be skipped for want of a tool as well.</summary>
internal static class LongTest
{
    public static void Need() => Skip.IfNot(LongFactAttribute.IsAsked, LongFactAttribute.Reason);
}
