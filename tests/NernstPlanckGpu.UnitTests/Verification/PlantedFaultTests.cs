using NernstPlanckGpu.PlantedFaults;
using NernstPlanckGpu.PlantedFaults.Faults;
using NernstPlanckGpu.Tests;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Verification;

/// <summary>Faults planted in the sources turn a row of <c>verify</c> or a certificate red; docs/verification.md lists which.</summary>
public class PlantedFaultTests
{
    private static MutationRun Run() => new(Repository.Root);

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

    [Fact]
    public void A_lost_pump_charge_is_caught()
    {
        using MutationRun run = Run();
        MutantResult result = run.Of(PlantedFaultList.All.Single(fault => fault.Name.StartsWith("lost pump charge", StringComparison.Ordinal)));
        Assert.True(result.IsCaught, result.Trouble ?? "nothing is red");
        Assert.Contains("charge beside a pump", result.Rows);
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

    [LongFact]
    public void The_control_is_green_and_every_fault_is_caught()
    {
        using MutationRun run = Run();
        MutantResult control = run.Of(null);
        Assert.True(control.IsGreen, FaultReport.Table(control, []));
        foreach (PlantedFault fault in PlantedFaultList.All)
            Assert.True(run.Of(fault).IsCaught, fault.Name);
    }
}
