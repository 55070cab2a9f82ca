using NernstPlanckGpu.PlantedFaults;
using NernstPlanckGpu.PlantedFaults.Faults;
using NernstPlanckGpu.Tests;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Verification;

/// <summary>Faults planted in the sources turn a row of <c>verify</c> or a certificate red; docs/verification.md lists which.</summary>
public class PlantedFaultTests(PlantedFaultTests.Mutants mutants) : IClassFixture<PlantedFaultTests.Mutants>
{
    /// <summary>Names of all faults.</summary>
    public static TheoryData<string> Names => [.. PlantedFaultList.All.Select(fault => fault.Name)];

    [Fact]
    public void Every_fault_can_be_planted_and_has_a_name_of_its_own()
    {
        Assert.Distinct(PlantedFaultList.All.Select(fault => fault.Name));
        Assert.True(PlantedFaultList.All.Count >= 12);
        Assert.All(PlantedFaultList.All, fault => Assert.True(fault.WhyNot(Repository.Root) is null, $"{fault.Name}: {fault.WhyNot(Repository.Root)}"));
    }

    [Fact]
    public void A_text_that_is_not_there_once_is_no_fault()
    {
        PlantedFault fault = PlantedFaultList.All[0];
        Assert.Contains("0 times", (fault with { Old = "no such text" }).WhyNot(Repository.Root), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => fault.Plant($"{fault.Old} {fault.Old}"));
        Assert.Contains("no file", (fault with { File = "none.cs" }).WhyNot(Repository.Root), StringComparison.Ordinal);
    }

    // One by one: a test of all would run longer than a test may that hangs.
    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void A_fault_is_caught(string name)
    {
        LongTest.Need();
        MutantResult result = mutants.Run.Of(PlantedFaultList.All.Single(fault => fault.Name == name));
        Assert.True(result.IsCaught, result.Trouble ?? "nothing is red");
        if (name.StartsWith("lost pump charge", StringComparison.Ordinal)) Assert.Contains("charge beside a pump", result.Rows);
    }

    [SkippableFact]
    public void Without_a_fault_all_is_green()
    {
        LongTest.Need();
        MutantResult control = mutants.Run.Of(null);
        Assert.True(control.IsGreen, FaultReport.Table(control, []));
    }

    [Fact]
    public void The_document_lists_every_fault_as_caught()
    {
        string text = Repository.Text("docs", "verification.md").ReplaceLineEndings("\n");
        string[] rows = [.. text.Split('\n').SkipWhile(line => line != "| fault | rows of `verify` | certificates |").Skip(2).TakeWhile(line => line.StartsWith('|'))];
        Assert.Equal("| none | all hold | all hold |", rows[0]);
        Assert.Equal(PlantedFaultList.All.Select(fault => fault.Name), rows[1..].Select(row => row.Split('|')[1].Trim()));
        Assert.All(rows[1..], row => Assert.False(row.Contains("| none | none", StringComparison.Ordinal), row));
    }

    /// <summary>One copy of the sources, for the faults to be planted in one after the other.</summary>
    public sealed class Mutants : IDisposable
    {
        private readonly Lazy<MutationRun> run = new(() => new(Repository.Root));

        internal MutationRun Run => run.Value;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (run.IsValueCreated) run.Value.Dispose();
        }
    }
}
