namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What the standard streams can show. Programs, logs and dumb terminals get plain lines, always the same.</summary>
internal static class Terminal
{
    private const int DefaultWidth = 80, Utf8 = 65001;

    /// <summary>The standard output is a terminal that understands escape sequences.</summary>
    public static bool IsOutputRich => !Console.IsOutputRedirected && IsCapable;

    /// <summary>The standard error is one.</summary>
    public static bool IsErrorRich => !Console.IsErrorRedirected && IsCapable;

    /// <summary>NO_COLOR is not set (no-color.org).</summary>
    public static bool HasColour => Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 };

    /// <summary>Its encoding has lines and bars.</summary>
    public static bool IsUnicode => Console.OutputEncoding.CodePage == Utf8;

    /// <summary>Columns; some terminals do not tell.</summary>
    public static int Width
    {
        get
        {
            try
            {
                return Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
            }
            catch (IOException)
            {
                return DefaultWidth;
            }
        }
    }

    private static bool IsCapable => Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>A text that tells of a failure: red on a terminal with colours.</summary>
    /// <param name="text">Text.</param>
    public static string Alarm(string text) => IsOutputRich && HasColour ? $"\u001b[31;1m{text}\u001b[0m" : text;
}
