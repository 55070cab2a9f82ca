using System.Text.RegularExpressions;

namespace NernstPlanckGpu.UnitTests.Messages;

/// <summary>What run.sh says: the texts after its function <c>say</c>, with the shell's own $names in them.</summary>
internal static partial class ScriptMessages
{
    private static readonly string[] Scripts = ["run.sh", "tests/run-tests.sh"];

    /// <summary>Every line, in the order of the scripts.</summary>
    public static IEnumerable<SourceMessage> Collect(string root) => Scripts.SelectMany(script => Say().Matches(File.ReadAllText(Path.Combine(root, script)))
        .Select(line => new SourceMessage(line.Groups["text"].Value.Trim(), "", script, false)))
        .Where(message => message.Text.Any(char.IsLetter) && message.Text is not ("$@" or "$1")).DistinctBy(message => message.Text);

    [GeneratedRegex("""^[^#\n]*\bsay (?<quote>["'])(?<text>.*?)\k<quote>(?:;.*| *(?:\|\||&&).*| *\}.*)?$""", RegexOptions.Multiline)]
    private static partial Regex Say();
}
