using System.Text.RegularExpressions;
using NernstPlanckGpu.EndToEndTests.Support;
using NernstPlanckGpu.Tests;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>
/// Every command block (```sh) of the READMEs works as written, in order, in a folder that looks like the checkout.
/// A block after <c>&lt;!-- not run: reason --&gt;</c> is left out; so are the set-up and the tests, which run these tests.
/// </summary>
public partial class ReadmeTests
{
    [SkippableTheory]
    [InlineData("README.md")]
    [InlineData("configs/neuron/README.md")]
    [InlineData("configs/sweeps/README.md")]
    [InlineData("docs/cluster.md")]
    public void Every_command_block_runs(string readme)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a Unix shell");
        Skip.IfNot(Repository.IsBuiltByRunScript, "run.sh has not built the program; start with ./run.sh test");
        if (readme.StartsWith("configs/neuron", StringComparison.Ordinal)) LongTest.Need();
        string[] blocks = [.. CommandBlocks(File.ReadAllText(Path.Combine(Repository.Root, readme)))];
        Assert.NotEmpty(blocks);
        using var scratch = new Scratch();
        LinkCheckout(scratch);
        foreach (string block in blocks)
        {
            ProcessResult result = Npgpu.Finish(Npgpu.StartProcess(scratch.Folder, ["bash", "-euo", "pipefail", "-c", block]));
            Assert.True(result.ExitCode == 0, $"{block}\n{result}");
        }
    }

    [Fact]
    public void Blocks_are_found_and_left_out_as_marked()
    {
        const string Readme = """
            ```sh
            ./run.sh ions
            ./run.sh test --all
            ```
            text
            <!-- not run: needs root -->
            ```sh
            apt-get install x
            ```
            ```json
            {}
            ```
            ```sh
            $ echo a
            a
            $ echo b
            ```
            """;
        Assert.Equal(["./run.sh ions", "echo a\necho b"], CommandBlocks(Readme));
    }

    /// <summary>The scripts of the blocks. In a transcript only the lines behind a dollar sign are commands.</summary>
    private static IEnumerable<string> CommandBlocks(string readme)
    {
        foreach (Match block in Block().Matches(readme.ReplaceLineEndings("\n")))
        {
            if (block.Groups["not"].Success)
                continue;
            string[] lines = block.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Any(line => line.StartsWith("$ ", StringComparison.Ordinal)))
                lines = [.. lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).Select(line => line[2..])];
            string script = string.Join('\n', lines.Where(line => !SetUpOrTest().IsMatch(line)));
            if (script.Length > 0)
                yield return script;
        }
    }

    /// <summary>Links to all of the checkout but its results; run.sh starts the real one from here.</summary>
    private static void LinkCheckout(Scratch scratch)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(Repository.Root))
        {
            string name = Path.GetFileName(path);
            if (name is not ("results" or ".git" or "run.sh"))
                _ = File.CreateSymbolicLink(scratch.PathOf(name), path);
        }

        string script = scratch.Write("run.sh", $"#!/bin/sh\nexec '{Repository.Root}/run.sh' \"$@\"\n");
        Scratch.SetMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [GeneratedRegex(@"(?<not><!-- not run: [^\n]+ -->\n+)?^```sh\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\s*(bash )?(\./run\.sh (setup|test)|\.ci/run)\b")]
    private static partial Regex SetUpOrTest();
}
