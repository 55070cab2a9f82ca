using System.Text.RegularExpressions;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using NernstPlanckGpu.EndToEndTests.Support;

namespace NernstPlanckGpu.EndToEndTests;

/// <summary>The program in a real pseudo-terminal: live panel, tables, and a terminal that is as it was when it ends.</summary>
public partial class TerminalTests
{
    // Runs a command in a pseudo-terminal of some columns, sends ^C after some seconds where that is asked for, and prints what the terminal got.
    private const string Pty = """
        import os, pty, sys, time, select, fcntl, termios, struct
        columns, interrupt, *command = sys.argv[1:]
        pid, fd = pty.fork()
        if pid == 0:
            os.execvp(command[0], command)
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, int(columns), 0, 0))
        out, start, sent = b"", time.time(), float(interrupt) < 0
        while time.time() - start < 120:
            if not sent and time.time() - start > float(interrupt):
                os.write(fd, b"\x03"); sent = True
            if select.select([fd], [], [], 0.1)[0]:
                try: piece = os.read(fd, 65536)
                except OSError: break
                if not piece: break
                out += piece
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        sys.stdout.buffer.write(out + b"\nEXIT %d" % code)
        """;

    [SkippableTheory]
    [InlineData(100)]
    [InlineData(40)]
    public void A_long_run_shows_a_panel_and_after_control_c_the_cursor(int columns)
    {
        using var scratch = new Scratch();
        _ = scratch.Write("a.json", Configurations.Long);
        string seen = InTerminal(scratch, columns, 3, [], "run", "a.json", "-o", "a.h5");
        foreach (string word in new[] { "speed", "steps", "left", "─" })
            Assert.Contains(word, seen, StringComparison.Ordinal);
        Assert.EndsWith("EXIT 75", seen, StringComparison.Ordinal);
        Assert.Contains("npgpu resume", seen, StringComparison.Ordinal);
        AssertSane(seen);
    }

    [SkippableFact]
    public void Without_colours_or_on_a_dumb_terminal_there_are_none()
    {
        using var scratch = new Scratch();
        string coloured = InTerminal(scratch, 100, -1, [], "devices"), plain = InTerminal(scratch, 100, -1, ["NO_COLOR=1"], "devices");
        string dumb = InTerminal(scratch, 100, -1, ["TERM=dumb"], "devices");
        Assert.Contains("╭", coloured, StringComparison.Ordinal);
        Assert.Contains("╭", plain, StringComparison.Ordinal);
        Assert.DoesNotMatch(Colour(), plain);
        Assert.Contains("CPU engine: ", dumb, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', dumb);
        AssertSane(coloured);
        Assert.Contains("CPU engine: ", Npgpu.Run(scratch, "devices").Output, StringComparison.Ordinal);
    }

    private static void AssertSane(string seen)
    {
        int hidden = seen.LastIndexOf("\u001b[?25l", StringComparison.Ordinal), shown = seen.LastIndexOf("\u001b[?25h", StringComparison.Ordinal);
        Assert.True(hidden <= shown, "the cursor stays hidden");
        Assert.DoesNotContain("\u001b[?1049h", seen, StringComparison.Ordinal);
    }

    private static string InTerminal(Scratch scratch, int columns, double interrupt, string[] environment, params string[] arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs pseudo-terminals");
        Tool.NeedPython("pty");
        string script = scratch.Write("terminal.py", Pty);
        return Npgpu.Finish(Npgpu.StartProcess(scratch.Folder,
        [
            Tool.Python, script, $"{columns}", FormattableString.Invariant($"{interrupt}"),
            "env", "--default-signal=INT", "TERM=xterm-256color", "LANG=C.UTF-8", .. environment, Repository.Dotnet, Repository.Program, .. arguments,
        ])).Output;
    }

    [GeneratedRegex("\u001b\\[[0-9;]*3[0-9]")]
    private static partial Regex Colour();
}
