using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.SyntheticRuns;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Hdf5;

/// <summary>No space, no permission: exit 5 with the reason, no file under the final name, and the process lives on.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(45)]
    [InlineData(49)]
    [InlineData(60)]
    [InlineData(300)]
    public void A_full_disk_ends_the_run_with_its_reason(int freeKibibytes)
    {
        using SmallDisk disk = SmallDisk.Mount(folder.File("disk"), 512);
        File.WriteAllBytes(Path.Combine(disk.Folder, "ballast"), new byte[1024 * (512 - freeKibibytes)]);
        string output = Path.Combine(disk.Folder, "run.h5");
        ToolResult result = RunWriter(output);
        AssertFailed(result, output, "No space left on device");
    }

    [SkippableTheory]
    [InlineData("", 100)]
    [InlineData("", 1000)]
    [InlineData("grid", 1000)]
    public void A_limit_on_the_file_size_ends_a_sweep_with_its_reason(string option, int kibibytes)
    {
        Skip.If(OperatingSystem.IsWindows(), "there is no ulimit on Windows");
        string output = folder.File("run.h5");
        string command = $"ulimit -f {kibibytes}; exec dotnet \"$@\"";
        ToolResult result = Tool.Run("bash", ["-c", command, "bash", .. Tool.SweepWriter(output, 500, 443, 3, 5, 0, option)], WriterEnvironment());
        Assert.Contains("File too large", result.Error);
        Assert.Contains("run.h5", result.Error);
        Assert.Equal(5, result.ExitCode);
        Assert.False(File.Exists(output));
        Assert.False(File.Exists(output + ".new"));
        Assert.Equal(2, RunFile.ReadSummary(folder.File("other.h5")).Times.Count);
        int told = result.Output.Split('\n').Count(line => line.StartsWith("points", StringComparison.Ordinal));
        if (told == 0)
            return;
        SyntheticSweep sweep = new() { Points = 500, Cells = 443, Species = 3, GridDiffers = option == "grid" };
        Assert.Equal(5 * told, SweepExpectations.Check(output + RunFileWriter.PartSuffix, sweep, Shard.Whole, partial: true));
    }

    [SkippableTheory]
    [InlineData(100)]
    [InlineData(1000)]
    public void A_limit_on_the_file_size_ends_the_run_with_its_reason(int kibibytes)
    {
        Skip.If(OperatingSystem.IsWindows(), "there is no ulimit on Windows");
        string output = folder.File("run.h5");
        string command = $"ulimit -f {kibibytes}; exec dotnet \"$@\"";
        ToolResult result = Tool.Run("bash", ["-c", command, "bash", .. Tool.Writer(output, 443, 4, 500, 0)], WriterEnvironment());
        AssertFailed(result, output, "File too large");
    }

    [SkippableFact]
    public void A_folder_without_permission_is_told()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "setpriv and chmod are Linux's");
        string[] arguments = Tool.Writer(folder.File("closed/run.h5"), 3, 1, 1, 0);
        Directory.CreateDirectory(folder.File("closed"));
        Assert.Equal(0, Tool.Run("chmod", ["755", folder.Path]).ExitCode);
        Assert.Equal(0, Tool.Run("chmod", ["555", folder.File("closed")]).ExitCode);
        string[] nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        bool root = Environment.IsPrivilegedProcess;
        Skip.If(root && Tool.Run("setpriv", [.. nobody, "test", "-r", arguments[1]]).ExitCode != 0, "root may write everywhere, and nobody may not read the tests");
        ToolResult result = root ? Tool.Run("setpriv", [.. nobody, "dotnet", .. arguments]) : Tool.Run("dotnet", arguments);
        Assert.Contains("closed/run.h5: cannot create the output: Access to the path", result.Error);
        Assert.Equal(5, result.ExitCode);
        Assert.Empty(Directory.GetFiles(folder.File("closed")));
    }

    [SkippableFact]
    public void A_read_only_disk_is_told()
    {
        Skip.IfNot(Directory.Exists("/proc/self"), "there is no file system that nobody may write to");
        SyntheticRun run = new(3, 1, 1);
        Hdf5Exception exception = Assert.Throws<Hdf5Exception>(
            () => RunFileWriter.Create("/proc/self/run.h5", run.Layout, new Provenance { CommandLine = "test" }));
        Assert.StartsWith("/proc/self/run.h5: cannot create the output", exception.Message);
        exception = Assert.Throws<Hdf5Exception>(
            () => SweepFileWriter.Create("/proc/self/sweep.h5", new SyntheticSweep().Layout(), SyntheticSweep.Provenance));
        Assert.StartsWith("/proc/self/sweep.h5: cannot create the output", exception.Message);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The limit would stop .NET's own double mapping of code, which is a file too.</summary>
    private Dictionary<string, string> WriterEnvironment() => new() { ["OTHER_FILE"] = folder.File("other.h5"), ["DOTNET_EnableWriteXorExecute"] = "0" };

    private ToolResult RunWriter(string output) => Tool.Run("dotnet", Tool.Writer(output, 443, 4, 500, 0), WriterEnvironment());

    private void AssertFailed(ToolResult result, string output, string reason)
    {
        Assert.Contains(reason, result.Error);
        Assert.Contains("run.h5.part: cannot ", result.Error);
        Assert.Equal(5, result.ExitCode);
        Assert.False(File.Exists(output));
        Assert.Equal(2, RunFile.ReadSummary(folder.File("other.h5")).Times.Count);
        int told = result.Output.Split('\n').Count(line => line.StartsWith("snapshot", StringComparison.Ordinal));
        if (File.Exists(output + RunFileWriter.PartSuffix))
            Assert.Equal(told, RunFile.ReadSummary(output + RunFileWriter.PartSuffix).Times.Count);
        else
            Assert.Equal(0, told);
    }
}
