using NernstPlanckGpu.Cli.Slurm;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Slurm;

/// <summary>Time limits in all of sbatch's forms.</summary>
public class SlurmTimeTests
{
    [Theory]
    [InlineData("5")]
    [InlineData("90")]
    [InlineData("5:00")]
    [InlineData("2:00:00")]
    [InlineData("1-0")]
    [InlineData("1-12:30")]
    [InlineData("0-00:05:00")]
    [InlineData("0")]
    [InlineData("UNLIMITED")]
    public void A_limit_is_taken(string text) => Assert.Null(SlurmTime.Problem(text));

    [Theory]
    [InlineData("4", "too short")]
    [InlineData("4:59", "too short")]
    [InlineData("0-0:4", "too short")]
    [InlineData("", "write minutes")]
    [InlineData("2h", "write minutes")]
    [InlineData("1:2:3:4", "write minutes")]
    [InlineData("1-1:1:1:1", "write minutes")]
    [InlineData("1-", "write minutes")]
    [InlineData("1-2-3", "write minutes")]
    [InlineData("-5", "write minutes")]
    public void A_limit_that_sbatch_would_refuse_or_that_leaves_no_time_is_refused(string text, string reason) =>
        Assert.Contains(reason, SlurmTime.Problem(text), StringComparison.Ordinal);
}
