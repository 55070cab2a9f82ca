using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Results.Checkpoints;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Checkpoints;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

/// <summary>A checkpoint is read back to the bit, or refused with its reason; it is replaced in one step.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string FilePath => folder.File("run.h5" + CheckpointFile.Suffix);

    [Fact]
    public void Everything_is_read_back_to_the_bit()
    {
        RunCheckpoint written = Checkpoint();
        CheckpointFile.Write(FilePath, Header(), written);
        (CheckpointHeader header, RunCheckpoint read) = CheckpointFile.Read(FilePath);
        Assert.Equal(Header() with { Overrides = [] }, header with { Overrides = [] });
        Assert.Equal(Header().Overrides, header.Overrides);
        Assert.Equal((written.ProblemHash, written.Time, written.Snapshots, written.Samples, written.WallTime),
            (read.ProblemHash, read.Time, read.Snapshots, read.Samples, read.WallTime));
        Assert.Equal(written.Resumptions, read.Resumptions);
        AssertSame(written.Engine, read.Engine);
        AssertSame(written.Observations, read.Observations);
        Assert.Equal([FilePath], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_later_checkpoint_takes_the_place_of_the_one_before()
    {
        CheckpointFile.Write(FilePath, Header() with { Overrides = [] }, Checkpoint() with { Resumptions = [] });
        File.WriteAllText(FilePath + ".tmp", "left by a kill");
        CheckpointFile.Write(FilePath, Header() with { Overrides = [] }, Checkpoint() with { Snapshots = 8, Resumptions = [] });
        (CheckpointHeader header, RunCheckpoint read) = CheckpointFile.Read(FilePath);
        Assert.Equal(8, read.Snapshots);
        Assert.Empty(header.Overrides);
        Assert.Empty(read.Resumptions);
        Assert.Equal([FilePath], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_one_before()
    {
        CheckpointFile.Write(FilePath, Header(), Checkpoint());
        Directory.CreateDirectory(FilePath + ".tmp");
        Hdf5Exception exception = Assert.Throws<Hdf5Exception>(() => CheckpointFile.Write(FilePath, Header(), Checkpoint() with { Snapshots = 8 }));
        Assert.Contains("cannot write the checkpoint", exception.Message);
        Assert.Equal(7, CheckpointFile.Read(FilePath).Checkpoint.Snapshots);
    }

    [Fact]
    public void Another_version_of_the_program_is_refused()
    {
        CheckpointFile.Write(FilePath, Header() with { Version = "0.0.1" }, Checkpoint());
        Assert.Contains("version 0.0.1 of the program wrote it", Refusal());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_truncated_file_is_refused(double part)
    {
        CheckpointFile.Write(FilePath, Header(), Checkpoint());
        byte[] bytes = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, bytes[..(int)(part * bytes.Length)]);
        Assert.Contains("cannot go on from the checkpoint", Refusal());
    }

    [Fact]
    public void A_changed_number_is_seen()
    {
        CheckpointFile.Write(FilePath, Header(), Checkpoint());
        byte[] bytes = File.ReadAllBytes(FilePath);
        byte[] wanted = BitConverter.GetBytes(Checkpoint().Engine.Get("state/concentration", "mol m-3", 3)[1]);
        int at = bytes.AsSpan().IndexOf(wanted);
        Assert.True(at > 0);
        bytes[at] ^= 1;
        File.WriteAllBytes(FilePath, bytes);
        Assert.Contains("checksum", Refusal());
    }

    [Fact]
    public void A_foreign_file_is_refused()
    {
        File.WriteAllText(FilePath, "text");
        Assert.Contains("cannot go on from the checkpoint", Refusal());
        SyntheticRun run = new(5, 2, 2);
        using (RunFileWriter writer = RunFileWriter.Create(folder.File("other.h5"), run.Layout, new Provenance { CommandLine = "test" }))
            run.WriteTo(writer);
        File.Move(folder.File("other.h5"), FilePath, overwrite: true);
        Assert.Contains("it is no checkpoint", Refusal());
        File.Delete(FilePath);
        Assert.Contains("there is none", Refusal());
    }

    public void Dispose() => folder.Dispose();

    internal static CheckpointHeader Header(double started = 1.7e9 + 0.1) => new()
    {
        Configuration = "{ \"title\": \"µ, \\\"quoted\\\"\" }",
        ConfigurationPath = "/somewhere/a b.json",
        Overrides = ["/time/end=\"1 s\"", "/title=x"],
        Engine = "auto",
        Precision = "double",
        OutputPath = "/somewhere/run.h5",
        Started = started,
    };

    internal static RunCheckpoint Checkpoint(int snapshots = 7, int samples = 19) => new()
    {
        ProblemHash = "0123abcd",
        Time = 1.0 / 3,
        Snapshots = snapshots,
        Samples = samples,
        WallTime = 12.5,
        Resumptions = [DateTimeOffset.UnixEpoch.AddMilliseconds(1_234_567), DateTimeOffset.UnixEpoch.AddDays(20_000)],
        Engine = Record(
            ("state/concentration", "mol m-3", [1.0 / 7, Math.PI, double.Epsilon]), ("state/gates", "1", []), ("step/size", "s", [double.PositiveInfinity])),
        Observations = Record(("worst", "V", [BitConverter.Int64BitsToDouble(0x7ff8_0000_dead_beef), -0.0])),
    };

    private static EngineRecord Record(params (string Name, string Unit, double[] Values)[] entries)
    {
        var record = new EngineRecord();
        foreach ((string name, string unit, double[] values) in entries)
            record.Add(name, unit, values);
        return record;
    }

    private static void AssertSame(EngineRecord expected, EngineRecord actual)
    {
        Assert.Equal(expected.Entries.Select(entry => (entry.Name, entry.Unit)), actual.Entries.Select(entry => (entry.Name, entry.Unit)));
        foreach ((RecordEntry first, RecordEntry second) in expected.Entries.Zip(actual.Entries))
            Assert.Equal(first.Values.Select(BitConverter.DoubleToInt64Bits), second.Values.Select(BitConverter.DoubleToInt64Bits));
    }

    private string Refusal() => Assert.Throws<Hdf5Exception>(() => CheckpointFile.Read(FilePath)).Message;
}
