using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>Files that cannot be read or written: exit code, the name in the message, no half file under the final name.</summary>
public class FileTests
{
    private const string Override = "-dac_override,-dac_read_search";
    private const string WithoutOverride = $"setpriv --bounding-set {Override} --inh-caps {Override} --";

    [Fact]
    public void A_missing_configuration_is_refused()
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Run(scratch, "run", "missing.json");
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("missing.json", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_configuration()
    {
        using var scratch = new Scratch();
        _ = Directory.CreateDirectory(scratch.PathOf("folder.json"));
        ProcessResult result = Npgpu.Run(scratch, "run", "folder.json");
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("folder.json", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((byte)' ')]
    [InlineData((byte)'[')]
    [InlineData((byte)'x')]
    public void A_file_of_a_hundred_megabytes_is_refused_quickly(byte content)
    {
        using var scratch = new Scratch();
        byte[] block = new byte[1 << 20];
        Array.Fill(block, content);
        using (FileStream file = File.Create(scratch.PathOf("huge.json")))
        {
            for (int megabyte = 0; megabyte < 100; megabyte++)
                file.Write(block);
        }

        ProcessResult result = Npgpu.Finish(Npgpu.Start(scratch, "run", "huge.json"), TimeSpan.FromSeconds(20));
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("huge.json", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Error.Length, 1, 2000);
    }

    [Fact]
    public void A_binary_file_is_no_configuration()
    {
        using var scratch = new Scratch();
        File.WriteAllBytes(scratch.PathOf("binary.json"), [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0xff, 0xfe, 0]);
        ProcessResult result = Npgpu.Run(scratch, "run", "binary.json");
        Assert.True(result.ExitCode == 3, result.ToString());
    }

    [SkippableFact]
    public void A_configuration_without_read_permission_is_refused()
    {
        using var scratch = new Scratch();
        SkipUnlessPermissionsCount(scratch);
        Scratch.SetMode(scratch.Write("secret.json", Configurations.Valid), UnixFileMode.None);
        ProcessResult result = Npgpu.Shell(scratch, $"{AsOrdinaryUser()} '{Repository.Dotnet}' '{Repository.Program}' run secret.json");
        Assert.True(result.ExitCode == 3, result.ToString());
        Assert.Contains("secret.json", result.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_folder_without_write_permission_is_refused()
    {
        using var scratch = new Scratch();
        SkipUnlessPermissionsCount(scratch);
        _ = scratch.Write("a.json", Configurations.Valid);
        string folder = Directory.CreateDirectory(scratch.PathOf("locked")).FullName;
        Scratch.SetMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string run = $"{AsOrdinaryUser()} '{Repository.Dotnet}' '{Repository.Program}' run a.json -o";
        foreach (string output in new[] { "locked/a.h5", "locked/deeper/a.h5" })
        {
            ProcessResult result = Npgpu.Shell(scratch, $"{run} {output}");
            Assert.True(result.ExitCode == 5, result.ToString());
            Assert.Contains("locked", result.Error, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void An_existing_output_is_kept_without_force_and_replaced_with_it()
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Configurations.Valid);
        string output = scratch.Write("a.h5", "precious");
        ProcessResult refused = Npgpu.Run(scratch, "run", "a.json", "-o", "a.h5");
        Assert.True(refused.ExitCode == 5, refused.ToString());
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(output));

        ProcessResult replaced = Npgpu.Run(scratch, "run", "a.json", "-o", "a.h5", "--force");
        Assert.True(replaced.ExitCode == 0, replaced.ToString());
        Assert.NotEqual("precious", File.ReadAllText(output));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("folder")]
    [InlineData("a.json/a.h5")]
    public void An_output_that_cannot_be_a_file_is_refused(string output)
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Configurations.Valid);
        _ = Directory.CreateDirectory(scratch.PathOf("folder"));
        ProcessResult result = Npgpu.Run(scratch, "run", "a.json", "-o", output, "--force");
        Assert.True(result.ExitCode == 5, result.ToString());
        Assert.Contains(output == "." ? "folder" : output.Split('/')[0], result.Error, StringComparison.Ordinal);
        Assert.Equal(["a.json", "folder"], Directory.GetFileSystemEntries(scratch.Folder).Select(Path.GetFileName).Order());
    }

    // A limit on the size of files stands for the full disk where no small file system can be mounted. The run-time's
    // double mapping of code pages, a memory file, would break the limit, so it is off.
    [SkippableTheory]
    [InlineData("ulimit -f 24; trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0")]
    [InlineData("mount -t tmpfs -o size=24k tmpfs disk || exit 77")]
    public void A_full_disk_is_told_and_leaves_no_half_file(string setting)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a Unix shell");
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Configurations.Valid);
        _ = Directory.CreateDirectory(scratch.PathOf("disk"));
        ProcessResult result = Npgpu.Shell(
            scratch,
            $"""
            {setting}
            npgpu run a.json -o disk/a.h5 --set '/output/snapshots/count=400'
            status=$?
            ls disk >listing
            umount disk 2>/dev/null
            exit $status
            """);
        Skip.If(result.ExitCode == 77, "no permission to mount a small file system");
        Assert.True(result.ExitCode == 5, result.ToString());
        Assert.Contains("a.h5", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^a\.h5$", File.ReadAllText(scratch.PathOf("listing")));
    }

    [SkippableFact]
    public void Standard_output_on_a_full_device_is_a_file_error()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Shell(scratch, "npgpu schema >/dev/full");
        Assert.True(result.ExitCode == 5, result.ToString());
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npgpu schema | head -n 1 >/dev/null")]
    [InlineData("npgpu schema >&-")]
    [InlineData("npgpu ions 2>&- >&-")]
    public void A_closed_standard_output_is_no_crash(string script)
    {
        using var scratch = new Scratch();
        ProcessResult result = Npgpu.Shell(scratch, script);
        Assert.True(result.ExitCode is 0 or 5, result.ToString());
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private static void SkipUnlessPermissionsCount(Scratch scratch)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs Unix permissions");
        string probe = $"touch probe && chmod 0 probe && ! {AsOrdinaryUser()} cat probe; status=$?; rm -f probe; exit $status";
        Skip.IfNot(Npgpu.Shell(scratch, probe).ExitCode == 0, "root may read everything here, and setpriv cannot give that up");
    }

    /// <summary>Root reads files of any permission unless it gives up that capability.</summary>
    private static string AsOrdinaryUser() => Environment.UserName == "root" ? WithoutOverride : "";
}
