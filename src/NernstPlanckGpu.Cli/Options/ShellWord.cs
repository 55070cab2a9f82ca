namespace NernstPlanckGpu.Cli.Options;

/// <summary>A word of a command line as a shell takes it.</summary>
internal static class ShellWord
{
    /// <summary>A word, in single quotes where it needs them.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(symbol => char.IsAsciiLetterOrDigit(symbol) || "-_./=:,+@%".Contains(symbol, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
