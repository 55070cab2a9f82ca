using System.Text.RegularExpressions;
using NernstPlanckGpu.UnitTests.Configuration;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Messages;

/// <summary>
/// docs/messages.md lists every message of the source, and no other. With NPGPU_UPDATE_GENERATED=1 the test writes the tables and keeps the
/// notes; what a new message means is then to be written beside it.
/// </summary>
public class MessageDocumentTests
{
    private static readonly string DocumentPath = Path.Combine(Repository.Root, "docs", "messages.md");

    private static readonly Lazy<IReadOnlyList<SourceMessage>> Source =
        new(() => [.. MessageCollector.Collect(Repository.Root), .. ScriptMessages.Collect(Repository.Root)]);

    private static bool Update => Environment.GetEnvironmentVariable("NPGPU_UPDATE_GENERATED") == "1";

    [Fact]
    public void Document_lists_every_message_of_the_source_and_no_other()
    {
        var text = File.ReadAllText(DocumentPath);
        var document = new MessageDocument(text);
        var expected = document.With(Source.Value);
        if (Update)
            File.WriteAllText(DocumentPath, text = expected);
        var inSource = Source.Value.Select(message => MessageDocument.Cell(message.Text)).ToHashSet(StringComparer.Ordinal);
        var listed = new MessageDocument(text).Notes.Keys.ToHashSet(StringComparer.Ordinal);
        List<string> wrong =
        [
            .. inSource.Except(listed).Select(message => $"not in docs/messages.md: {message}"),
            .. listed.Except(inSource).Select(message => $"in docs/messages.md, and no longer in the source: {message}"),
        ];
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Append("NPGPU_UPDATE_GENERATED=1 writes the tables")));
        Assert.Equal(expected, text);
    }

    [Fact]
    public void Every_message_says_what_to_do_itself_or_in_the_document()
    {
        var document = new MessageDocument(File.ReadAllText(DocumentPath));
        Assert.Empty(Source.Value.Where(message => !document.SaysWhatToDo(message)).Select(message => $"{message.File}: {message.Text}"));
    }

    [Fact]
    public void Every_section_is_in_the_document_and_nothing_comes_from_elsewhere()
    {
        var text = File.ReadAllText(DocumentPath);
        var needed = Source.Value.Select(MessageDocument.SectionOf).Distinct().ToList();
        Assert.DoesNotContain("elsewhere", needed);
        Assert.Equal(needed.Order(), Regex.Matches(text, "<!-- messages: ([a-z-]+) -->").Select(found => found.Groups[1].Value).Order());
    }

    [Theory]
    [InlineData("an exception", "{file}: cannot read the last state: it has no snapshot yet; name a run that has", "")]
    [InlineData("an error of the configuration with its remedy", "the region \"{name}\" is declared twice", "write another name")]
    [InlineData("a choice of two", "the reservoir has two sizes", "write either \"depth\": \"3.3 um\" or \"areaToVolume\": \"0.3 1/um\"")]
    [InlineData("an option's error", "--device takes a whole number from 0, not '{text}'.", "")]
    [InlineData("a line on the standard error", "npgpu: interrupted after {rows} rows; nothing is written.", "")]
    [InlineData("a text that a function returns", "no CUDA driver on this machine", "")]
    [InlineData("a text that is given out", "\"{text}\" has no unit", "")]
    [InlineData("an outcome", "the step size fell below the rounding of the time; loosen time.relativeTolerance or refine the grid where the field is strongest", "")]
    [InlineData("a base constructor", "{file}: cannot write the output: another run is writing it; wait for its end, or choose another name", "")]
    [InlineData("a code path without a package", "this build has no GPU engine: the package ILGPU was not there when it was made", "")]
    public void The_collector_sees(string what, string text, string remedy) =>
        Assert.True(Source.Value.Any(message => message.Text == text && message.Remedy == remedy), what);

    /// <summary>What the reader really says is in the list: errors of one document with as many faults as go together, and of overrides.</summary>
    [Theory]
    [InlineData("{ \"species\": [ { \"name\": \"K\" } ")]
    [InlineData("{ \"species\": 3, \"regions\": [], \"tempreature\": 300, \"boundaries\": { \"left\": {} } }")]
    [InlineData("{ \"species\": [ { \"name\": \"K\" }, { \"name\": \"K\", \"valence\": \"one\" }, { \"name\": \"X\" } ], \"time\": { \"end\": \"10 mV\", \"integrator\": \"magic\" }, \"temperature\": \"37\" }")]
    [InlineData("{ \"species\": [ { \"name\": \"a/b\", \"valence\": 1e999 } ], \"geometry\": { \"kind\": \"spherical\" }, \"mode\": \"iv\" }")]
    public void What_the_reader_says_is_in_the_list(string configuration)
    {
        var errors = NernstPlanckGpu.Core.Configuration.ConfigurationReader.Parse(configuration, "x.json", ["/regions/7/length=3", "nothing"]).Errors
            .Concat(NernstPlanckGpu.Core.Configuration.ConfigurationReader.Parse(configuration, "x.json", []).Errors).ToList();
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Contains(Source.Value, message => Pattern(message.Text).IsMatch(error.Message)));
    }

    /// <summary>A template as a pattern: a hole stands for anything.</summary>
    private static Regex Pattern(string template) => new(
        "^" + Regex.Replace(Regex.Escape(template), @"\\\{[^}]*\}", ".*") + "$", RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
