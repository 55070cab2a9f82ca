using System.Buffers.Binary;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;
using NernstPlanckGpu.SyntheticRuns;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Hdf5;

public sealed class RunFileRepairTests : IDisposable
{
    private const byte WriterFlags = 5;

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("", 0xdeadbeefu)]
    [InlineData("Four score and seven years ago", 0x17770551u)]
    public void Lookup3_gives_the_values_of_its_author(string text, uint expected) =>
        Assert.Equal(expected, Lookup3.Hash(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Writer_flags_are_taken_out_and_nothing_else_changes()
    {
        string path = WriteRun();
        byte[] sound = File.ReadAllBytes(path);
        SetSuperblock(path, WriterFlags, sound.Length);
        RepairReport report = RunFile.Repair(path);
        Assert.Equal(new RepairReport(3, 3, FlagsCleared: true, DroppedRows: 0), report);
        Assert.Equal(sound, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_sound_file_is_left_alone()
    {
        string path = WriteRun();
        byte[] sound = File.ReadAllBytes(path);
        Assert.Equal(new RepairReport(3, 3, FlagsCleared: false, DroppedRows: 0), RunFile.Repair(path));
        Assert.Equal(sound, File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(-1000)]
    [InlineData(5000)]
    public void A_wrong_end_of_file_is_set_right(int error)
    {
        string path = WriteRun();
        SetSuperblock(path, WriterFlags, new FileInfo(path).Length + error);
        Assert.Equal(3, RunFile.Repair(path).Snapshots);
        using RunFile file = RunFile.Open(path);
        Assert.Equal(new SyntheticRun(9, 2, 3).SnapshotAt(2).Concentration, file.ReadRow("concentration", 2));
    }

    /// <summary>A copy has what a kill at that moment leaves. The plain way to open says "being written" first, and for whom later.</summary>
    [Fact]
    public void A_file_that_is_gone_on_with_is_open_to_readers_from_the_first_moment()
    {
        string path = WriteRun(), copy = path + ".copy.part";
        using (Lock.Scope scope = Hdf5Library.Enter())
        {
            using Handle root = RunFileAccess.OpenToGoOn(new FileContext(path));
            File.Copy(path, copy);
        }
        Assert.Equal(WriterFlags, File.ReadAllBytes(copy)[11]);
        using RunFile file = RunFile.Open(copy);
        Assert.Equal(3, file.SnapshotCount);
    }

    [Fact]
    public void A_damaged_beginning_is_told()
    {
        string path = WriteRun();
        byte[] bytes = File.ReadAllBytes(path);
        bytes[30] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("damaged", Assert.Throws<Hdf5Exception>(() => RunFile.Repair(path)).Message);
    }

    [Fact]
    public void The_reason_of_a_failure_is_the_systems_where_it_gave_one()
    {
        Assert.Equal(
            "No space left on device (HDF5: file write failed)",
            ErrorStack.Describe(["file write failed: time = now, errno = 28, error message = 'No space left on device', total write size = 8", "outer"]));
        Assert.Equal("HDF5: innermost", ErrorStack.Describe(["innermost", "outer"]));
    }

    public void Dispose() => folder.Dispose();

    private static void SetSuperblock(string path, byte flags, long end)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[11] = flags;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(28), end);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(44), Lookup3.Hash(bytes.AsSpan(0, 44)));
        File.WriteAllBytes(path, bytes);
    }

    private string WriteRun()
    {
        string path = folder.File("run.h5");
        new SyntheticRun(9, 2, 3).WriteTo(path);
        return path;
    }
}
