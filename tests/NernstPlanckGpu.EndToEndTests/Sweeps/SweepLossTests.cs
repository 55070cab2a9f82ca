using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>What was computed is not lost when something round it changes.</summary>
public class SweepLossTests
{
    [Fact]
    public void Another_configuration_is_refused_and_a_shortened_axis_keeps_the_earlier_file()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", SweepDocuments.At([-70, -60], [44, 45]));
        _ = SweepRun.Done(scratch, "a.json", "a.h5");
        byte[] before = File.ReadAllBytes(scratch.PathOf("a.h5"));
        _ = scratch.Write("b.json", SweepDocuments.InTime(2, 2));
        ProcessResult refused = Npgpu.Run(scratch, "sweep", "b.json", "-o", "a.h5", "--resume");
        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("none of its 4 computed points can be taken over", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(scratch.PathOf("a.h5")));

        _ = scratch.Write("a.json", SweepDocuments.At([-70], [44, 45]));
        ProcessResult shortened = Npgpu.Run(scratch, "sweep", "a.json", "-o", "a.h5", "--resume");
        Assert.True(shortened.ExitCode == 0, shortened.ToString());
        Assert.Contains("a.h5.previous keeps the earlier file", shortened.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(scratch.PathOf("a.h5.previous")));
        Assert.Equal(2, SweepRun.Status(scratch, "a.h5").Number("done"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Shards_are_merged_from_any_folder_and_without_the_file_that_they_start_from(bool isGone)
    {
        using var scratch = new Scratch();
        _ = Document.Done(scratch, "start", Document.With(Document.Mode("steady")));
        _ = scratch.Write("a.json", SweepDocuments.From("start.h5"));
        for (int shard = 0; shard < 2; shard++)
            _ = SweepRun.Done(scratch, "a.json", "out/a.h5", "--shard", $"{shard}/2");
        if (isGone)
            File.Delete(scratch.PathOf("start.h5"));
        ProcessResult merged = Npgpu.Shell(scratch, "cd out && npgpu merge a.h5");
        Assert.True(merged.ExitCode == 0, merged.ToString());
        Assert.Equal(4, SweepRun.Status(scratch, "out/a.h5").Number("done"));
    }
}
