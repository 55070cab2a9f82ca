using System.Globalization;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>Points go to the file as they are computed: memory does not grow with their number.</summary>
public class SweepMemoryTests
{
    /// <summary>
    /// Largest resident memory of 1000 points and of ten times as many. The heap is limited to 32 MiB, since else the garbage collector lets
    /// garbage lie while there is room: 100 MiB of it were seen. MEMB takes 103 and 110 MiB so.
    /// </summary>
    [SkippableFact]
    public void Ten_times_the_points_take_no_more_memory()
    {
        LongTest.Need();
        Skip.IfNot(OperatingSystem.IsLinux(), "reads /proc");
        using var scratch = new Scratch();
        _ = scratch.Write("small.json", SweepDocuments.Steady(40, 25));
        _ = scratch.Write("large.json", SweepDocuments.Steady(100, 100));
        double small = PeakMebibytes(scratch, "small"), large = PeakMebibytes(scratch, "large");
        Assert.True(large < small + 30, $"{small:f0} MiB for 1000 points, {large:f0} MiB for 10 000");
    }

    private static double PeakMebibytes(Scratch scratch, string name)
    {
        string[] command = [Repository.Dotnet, Repository.Program, "sweep", $"{name}.json", "-o", $"{name}.h5", "--quiet", "--threads", "2"];
        using var process = Npgpu.StartProcess(scratch.Folder, command, new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = "0x2000000" });
        double kibibytes = 0;
        while (!process.WaitForExit(20))
        {
            // The peak only grows; the last look before the end has it, but for the closing of the file.
            if (Peak(process.Id) is { } seen)
                kibibytes = seen;
        }

        Assert.Equal(0, process.ExitCode);
        Assert.True(kibibytes > 0);
        return kibibytes / 1024;
    }

    private static double? Peak(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }
}
