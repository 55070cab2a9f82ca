using NernstPlanckGpu.Core.Verification;
using NernstPlanckGpu.Gpu;
using NernstPlanckGpu.UnitTests.Engines.Suite;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Verification;

/// <summary>The benchmark table on every engine that is there: what it computes holds, and what it leaves out says why.</summary>
[Collection(OneDevice.Name)]
public class DeviceTableTests
{
    [SkippableTheory]
    [InlineData(AcceleratorKind.Simulator)]
    [InlineData(AcceleratorKind.OpenCl)]
    [InlineData(AcceleratorKind.Cuda)]
    public void No_row_fails_and_those_of_plain_problems_are_computed(AcceleratorKind kind)
    {
        EngineUnderTest subject = EngineUnderTest.Of(kind);
        Skip.If(subject.WhyAbsent is not null, subject.WhyAbsent);
        VerificationRow[] rows = [.. VerificationTable.Run(subject.Engine!)];
        Assert.All(rows, row => Assert.True(row.Holds || row.IsLeftOut, $"{row.Check.Name}: {row.Detail} {row}"));
        Assert.All(rows.Where(row => row.IsLeftOut), row => Assert.NotEmpty(row.Detail!));
        string[] computed = [.. rows.Where(row => !row.IsLeftOut).Select(row => row.Check.Name)];
        Assert.Superset(
            new HashSet<string> { "exact GHK", "resting potential", "Donnan potential", "engine against engine, steady", "junctions of Ng and Barry" },
            computed.ToHashSet());
    }
}
