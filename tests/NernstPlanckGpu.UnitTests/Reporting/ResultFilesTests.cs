using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Reporting;

/// <summary>From names to files: whatever an output is called, its shards are found again.</summary>
public sealed class ResultFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("s.h5")]
    [InlineData("s")]
    [InlineData("run-0.1")]
    [InlineData("s.h5-new")]
    [InlineData("a.b c.x")]
    [InlineData("s[1]*.h5")]
    public void Shards_are_found_by_the_name_of_the_whole_and_the_whole_by_theirs(string name)
    {
        string output = folder.File(name);
        string first = SweepRequest.PathOf(output, new(0, 2)), second = SweepRequest.PathOf(output, new(1, 2)) + ".part";
        string other = SweepRequest.PathOf(folder.File("t" + name), new(0, 2));
        foreach (string file in new[] { first, second, other })
            File.WriteAllText(file, "");
        Assert.Equal([first, second], ResultFiles.FindShards([output]));
        Assert.Equal([output, output], new[] { first, second }.Select(ResultFiles.WholeOf));
        Assert.Equal([new(0, 2), new(1, 2)], new[] { first, second }.Select(file => ResultFiles.ShardOf(file)!.Value.Shard));
    }

    [Fact]
    public void A_part_is_newer_than_the_finished_file_beside_it()
    {
        foreach (string name in new[] { "s.h5", "s.0-of-2.h5", "s.1-of-2.h5", "s.1-of-2.h5.part" })
            File.WriteAllText(folder.File(name), "");
        string[] shards = [folder.File("s.0-of-2.h5"), folder.File("s.1-of-2.h5.part")];
        Assert.Equal(shards, ResultFiles.FindShards([folder.File("s.h5")]));
        (IReadOnlyList<string> current, IReadOnlyList<string> beside) = ResultFiles.FindState([folder.File("s.h5")]);
        Assert.Equal(shards, current);
        Assert.Equal([folder.File("s.h5")], beside);
    }

    public void Dispose() => folder.Dispose();
}
