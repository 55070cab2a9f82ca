using System.Diagnostics;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>run.sh with a false dotnet in its way: what it probes, remembers, builds and refuses.</summary>
public sealed class RunScriptTests : IDisposable
{
    // Logs its calls; answers as the files beside it say; "builds" the program; and, as the program, repeats its arguments.
    private const string FalseDotnet = """
        #!/usr/bin/env bash
        here=$(dirname "$0")
        echo "$1 ${2##*/}" >>"$here/calls"
        case $1 in
            --list-sdks) cat "$here/sdks" ;;
            nuget) cat "$here/sources" ;;
            restore)
                name=$(basename "$(dirname "$2")")
                [ ! -f "$here/$name" ] || { cat "$here/$name"; exit 1; }
                ;;
            build)
                [ ! -f "$here/build-fails" ] || { cat "$here/build-fails"; exit 1; }
                sleep 0.5
                echo "WithIlgpu=$WithIlgpu WithHdfPInvoke=$WithHdfPInvoke WithCrossgen=$WithCrossgen IlgpuReason=$IlgpuReason" >"$here/properties"
                mkdir -p "$2/bin/Release/net10.0"
                touch "$2/bin/Release/net10.0/npgpu.dll"
                ;;
            *) shift; echo "npgpu $*" ;;
        esac
        """;

    private const string NotFound = "probe.csproj : error NU1101: Unable to find package ILGPU.\n";
    private const string NoNetwork = "probe.csproj : error NU1301: Unable to load the service index for source feed.\n";

    private static readonly string[] Copied =
    [
        "run.sh", "tests/run-tests.sh", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig",
        "NernstPlanckGpu.sln",
    ];

    private readonly Scratch scratch = new();

    public RunScriptTests()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a Unix shell");
        foreach (string name in Copied)
            _ = scratch.Write(name, File.ReadAllText(Path.Combine(Repository.Root, name)));
        foreach (string folder in new[] { "kernels/Formulas", "src/NernstPlanckGpu.Cli", "tests/UnitTests" })
            _ = scratch.Write($"{folder}/Code.cs", "// code\n");
        _ = scratch.Write("false/dotnet", FalseDotnet);
        _ = scratch.Write("false/sdks", "8.0.400 [/sdk]\n10.0.100 [/sdk]\n");
        _ = scratch.Write("false/sources", "Registered Sources:\n  1.  feed [Enabled]\n      https://feed.example/index.json\n");
        _ = scratch.Write("false/libhdf5.so", "");
        _ = Npgpu.Shell(scratch, "chmod +x run.sh false/dotnet; find . -exec touch -d '2 seconds ago' {} +");
    }

    public void Dispose() => scratch.Dispose();

    [SkippableFact]
    public void The_first_start_builds_and_the_second_only_starts()
    {
        ProcessResult first = Start("ions", "--json");
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Equal("npgpu ions --json\n", first.Output);
        Assert.Equal(1, Calls("build"));
        Assert.Contains("WithIlgpu=true WithHdfPInvoke=true WithCrossgen=true", Properties(), StringComparison.Ordinal);

        File.Delete(scratch.PathOf("false/calls"));
        ProcessResult second = Start("ions");
        Assert.Empty(second.Error);
        Assert.Equal(["npgpu.dll ions"], File.ReadAllLines(scratch.PathOf("false/calls")).Select(call => call.Split('/')[^1]));
    }

    [SkippableFact]
    public void Without_arguments_the_main_job_runs_and_may_replace_its_own_file() =>
        Assert.Matches(@"^npgpu run \S*configs/resting-membrane\.json --force\n$", Start().Output);

    [SkippableTheory]
    [InlineData("src/NernstPlanckGpu.Cli/Code.cs", 1)]
    [InlineData("kernels/Formulas/New.cs", 1)]
    [InlineData("Directory.Build.props", 1)]
    [InlineData("tests/UnitTests/Code.cs", 0)]
    [InlineData("src/NernstPlanckGpu.Cli/obj/Generated.cs", 0)]
    [InlineData("README.md", 0)]
    public void A_change_builds_again_where_the_program_depends_on_it(string file, int builds)
    {
        _ = Start("ions");
        int before = Calls("build");
        Thread.Sleep(1100); // a file system may count in seconds
        _ = scratch.Write(file, File.Exists(scratch.PathOf(file)) ? File.ReadAllText(scratch.PathOf(file)) : "// new\n");
        _ = Start("ions");
        Assert.Equal(before + builds, Calls("build"));
    }

    [SkippableFact]
    public void A_package_that_is_not_found_is_left_out_with_the_reason()
    {
        _ = scratch.Write("false/probe-Ilgpu", NotFound);
        ProcessResult result = Start("ions");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("building without it", result.Error, StringComparison.Ordinal);
        string properties = Properties();
        Assert.Contains("WithIlgpu=false WithHdfPInvoke=true", properties, StringComparison.Ordinal);
        Assert.Contains("IlgpuReason=the package sources reached (feed) do not hold ILGPU", properties, StringComparison.Ordinal);
        Assert.Contains("NU1101", properties, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("probe.csproj : error NU1101: Unable to find package Microsoft.NETCore.App.Crossgen2.linux-x64.\n")]
    [InlineData("Sdk.targets : error NETSDK1094: Unable to optimize assemblies for performance.\n")]
    public void Without_the_compiler_ahead_of_time_the_program_is_built_all_the_same(string output)
    {
        _ = scratch.Write("false/probe-Crossgen", output);
        ProcessResult result = Start("ions");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("Crossgen2 10.0.100 is not on the package sources reached (feed): building without it", result.Error, StringComparison.Ordinal);
        Assert.Contains("WithIlgpu=true WithHdfPInvoke=true WithCrossgen=false", Properties(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(NoNetwork)]
    [InlineData(NotFound + NoNetwork)]
    [InlineData("Segmentation fault\n")]
    public void A_network_error_is_an_error_and_never_not_found(string output)
    {
        _ = scratch.Write("false/probe-HdfPInvoke", output);
        ProcessResult result = Start("ions");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(output.Trim(), result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(0, Calls("build"));

        File.Delete(scratch.PathOf("false/probe-HdfPInvoke"));
        Assert.Equal(0, Start("ions").ExitCode);
        Assert.Contains("WithHdfPInvoke=true", Properties(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Success_is_remembered_and_not_found_is_tried_again_when_the_sources_or_versions_change()
    {
        _ = scratch.Write("false/probe-Ilgpu", NotFound);
        _ = Start("ions");
        Assert.Equal(3, Calls("restore"));
        _ = Start("ions");
        Assert.Equal(3, Calls("restore"));

        _ = scratch.Write("false/sources", "Registered Sources:\n  1.  other [Enabled]\n      https://other.example/index.json\n");
        _ = scratch.Write("NuGet.Config", "<configuration />\n");
        File.Delete(scratch.PathOf("false/probe-Ilgpu"));
        _ = Start("ions");
        Assert.Equal(4, Calls("restore")); // ILGPU alone
        Assert.Contains("WithIlgpu=true", Properties(), StringComparison.Ordinal);

        const string Package = "\"HDF.PInvoke.1.10\" Version=\"";
        string versions = File.ReadAllText(scratch.PathOf("Directory.Packages.props"));
        _ = scratch.Write("Directory.Packages.props", versions.Replace(Package, Package + "9", StringComparison.Ordinal));
        _ = Start("ions");
        Assert.Equal(5, Calls("restore")); // HDF.PInvoke alone

        Assert.Equal(0, Start("setup").ExitCode);
        Assert.Equal(8, Calls("restore"));
    }

    [SkippableFact]
    public void An_old_sdk_is_refused_with_what_to_install()
    {
        _ = scratch.Write("false/sdks", "8.0.400 [/sdk]\n");
        ProcessResult result = Start("ions");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("SDK 10 is needed", result.Error, StringComparison.Ordinal);
        Assert.Contains("8.0.400", result.Error, StringComparison.Ordinal);
        Assert.Contains("--channel 10.0", result.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_failing_build_is_shown_in_full_and_tried_again()
    {
        _ = scratch.Write("false/build-fails", "first line\nerror CS0000: broken\nlast line\n");
        ProcessResult result = Start("ions");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("first line\nerror CS0000: broken\nlast line\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        File.Delete(scratch.PathOf("false/build-fails"));
        Assert.Equal(0, Start("ions").ExitCode);
    }

    [SkippableFact]
    public void Two_starts_at_once_build_once()
    {
        Process[] processes = [Launch("ions"), Launch("schema"), Launch("devices")];
        ProcessResult[] results = [.. processes.Select(process => Npgpu.Finish(process))];
        Assert.All(results, result => Assert.Equal(0, result.ExitCode));
        Assert.Equal(1, Calls("build"));
    }

    [SkippableFact]
    public void A_built_tree_starts_in_less_than_one_and_a_half_seconds()
    {
        Skip.IfNot(Repository.IsBuiltByRunScript, "run.sh has not built the program; start with ./run.sh test");
        string[] command = [Path.Combine(Repository.Root, "run.sh"), "ions"];
        _ = Npgpu.Finish(Npgpu.StartProcess(scratch.Folder, command)); // builds, should a source have changed under the tests
        var started = Stopwatch.StartNew();
        Process process = Npgpu.StartProcess(scratch.Folder, command);
        _ = process.StandardOutput.Read();
        double seconds = started.Elapsed.TotalSeconds;
        _ = Npgpu.Finish(process);
        Console.WriteLine($"second start of a built tree: {seconds:F2} s to the first output");
        Assert.InRange(seconds, 0, 1.5);
    }

    private ProcessResult Start(params string[] arguments) => Npgpu.Finish(Launch(arguments));

    private Process Launch(params string[] arguments) => Npgpu.StartProcess(
        scratch.Folder,
        ["bash", scratch.PathOf("run.sh"), .. arguments],
        new Dictionary<string, string?>
        {
            ["PATH"] = $"{scratch.PathOf("false")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["DOTNET_ROOT"] = null,
            ["HOME"] = scratch.Folder,
            ["HDF5_LIBRARY"] = scratch.PathOf("false/libhdf5.so"),
        });

    private string Properties() => File.ReadAllText(scratch.PathOf("false/properties"));

    private int Calls(string command)
    {
        string calls = scratch.PathOf("false/calls");
        return File.Exists(calls) ? File.ReadAllLines(calls).Count(line => line.StartsWith(command + " ", StringComparison.Ordinal)) : 0;
    }
}
