using NernstPlanckGpu.Cli.Slurm;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Slurm;

/// <summary>Which GPU a process takes by CUDA_VISIBLE_DEVICES and its local rank.</summary>
public class DeviceRankTests
{
    [Theory]
    [InlineData(null, 0, 4, 0, "0")]
    [InlineData(null, 5, 4, 1, "1")]
    [InlineData("2,3", 0, 4, 0, "2")]
    [InlineData("2,3", 1, 4, 1, "3")]
    [InlineData("2,3", 2, null, 0, "2")]
    [InlineData(" 7 , 5", 1, null, 1, "5")]
    [InlineData("0", 3, 1, 0, "0")] // Slurm binds one GPU to each task
    [InlineData("GPU-8932f937-d72c-4106-c12f-20bd9faed9f6,MIG-1", 1, null, 1, "MIG-1")]
    [InlineData("1,-1,0", 1, 2, 0, "1")] // CUDA stops reading at the first that is none
    [InlineData("1,9,0", 1, 2, 0, "1")]
    public void A_process_takes_the_visible_device_of_its_rank(string? visible, int rank, int? installed, int ordinal, string name)
    {
        var device = DeviceRank.Choose(visible, rank, installed);
        Assert.Equal((ordinal, name), (device.Ordinal, device.Name));
        Assert.Contains($"local rank {rank}", device.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("-1", 4)]
    [InlineData("-1,0", 4)]
    [InlineData("NoDevFiles", 4)]
    [InlineData("0,0", 4)] // CUDA shows none where one is named twice
    [InlineData("4", 4)]
    [InlineData("0", 0)]
    [InlineData(null, 0)]
    [InlineData(null, null)]
    public void No_visible_device_is_none(string? visible, int? installed)
    {
        var device = DeviceRank.Choose(visible, 1, installed);
        Assert.Null(device.Ordinal);
        Assert.Equal("", device.Name);
        Assert.NotEmpty(device.Reason);
    }
}
