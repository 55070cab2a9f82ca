using NernstPlanckGpu.Core.Verification;
using NernstPlanckGpu.Gpu;
using NernstPlanckGpu.Tests;
using NernstPlanckGpu.UnitTests.Engines.Suite;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Verification;

/// <summary>The benchmark table on every engine that is there: what it computes holds, and what it leaves out says why.</summary>
[Collection(OneDevice.Name)]
public class DeviceTableTests
{
    private static readonly string[] Plain =
        ["exact GHK", "resting potential", "Donnan potential", "junctions of Ng and Barry", "engine against engine, steady"];

    // A minute on a busy machine, most of it the simulator's: the whole table of it with the long tests.
    private static readonly string[] Quick = [.. Plain, "pump and leak", "membrane capacitance", "decay of a salt's cosine", "mass in a closed box"];

    [SkippableTheory]
    [InlineData(AcceleratorKind.Simulator)]
    [InlineData(AcceleratorKind.OpenCl)]
    [InlineData(AcceleratorKind.Cuda)]
    public void No_row_fails_and_those_of_plain_problems_are_computed(AcceleratorKind kind)
    {
        EngineUnderTest subject = EngineUnderTest.Of(kind);
        Skip.If(subject.WhyAbsent is not null, subject.WhyAbsent);
        bool isWhole = !subject.IsSlow || LongFactAttribute.IsAsked;
        VerificationCheck[] checks = [.. VerificationTable.Checks.Where(check => isWhole || Quick.Contains(check.Name))];
        VerificationRow[] rows = [.. VerificationTable.Run(subject.Engine!, checks)];
        Assert.All(rows, row => Assert.True(row.Holds || row.IsLeftOut, $"{row.Check.Name}: {row.Detail} {row}"));
        Assert.All(rows.Where(row => row.IsLeftOut), row => Assert.NotEmpty(row.Detail!));
        string[] computed = [.. rows.Where(row => !row.IsLeftOut).Select(row => row.Check.Name)];
        Assert.Superset(Plain.ToHashSet(), computed.ToHashSet());
    }
}
