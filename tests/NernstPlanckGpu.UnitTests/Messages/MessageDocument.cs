using System.Text;
using System.Text.RegularExpressions;

namespace NernstPlanckGpu.UnitTests.Messages;

/// <summary>
/// docs/messages.md: prose by hand, and in each section a table whose first column is collected from the source. The second column is the
/// remedy that the message brings, or a note by hand, which is kept when the table is written anew.
/// </summary>
/// <param name="text">The document.</param>
internal sealed partial class MessageDocument(string text)
{
    private const string End = "<!-- end of messages -->";

    /// <summary>Sections by the folders and files from which their messages come; the first that fits takes a message.</summary>
    private static readonly (string Section, string[] Sources)[] Sections =
    [
        ("configuration-file", ["src/NernstPlanckGpu.Core/Configuration/Json", "src/NernstPlanckGpu.Core/Configuration/Configuration", "src/NernstPlanckGpu.Core/Configuration/Forms", "src/NernstPlanckGpu.Core/Units"]),
        ("configuration-keys", ["src/NernstPlanckGpu.Core/Configuration/Keys"]),
        ("configuration-physics", ["src/NernstPlanckGpu.Core/Configuration", "src/NernstPlanckGpu.Core/Discretisation", "src/NernstPlanckGpu.Cli/Running/PreparedRun", "src/NernstPlanckGpu.Cli/Running/ConfigurationLoader"]),
        ("sweeps", ["src/NernstPlanckGpu.Core/Sweeps", "src/NernstPlanckGpu.Cli/Running/SweepLoader"]),
        ("slurm", ["src/NernstPlanckGpu.Cli/Slurm"]),
        ("devices", ["src/NernstPlanckGpu.Gpu", "kernels", "src/NernstPlanckGpu.Core/Engines/DeviceException", "src/NernstPlanckGpu.Core/Engines/EngineRefusal", "src/NernstPlanckGpu.Cli/Running/EngineChoice", "src/NernstPlanckGpu.Cli/BuildFacts", "src/NernstPlanckGpu.Cli/Reporting/Device"]),
        ("files", ["src/NernstPlanckGpu.Hdf5", "src/NernstPlanckGpu.Core/Engines/EngineRecord", "src/NernstPlanckGpu.Core/Engines/RecordExchange", "src/NernstPlanckGpu.Cli/Running", "src/NernstPlanckGpu.Cli/Commands/ResumeCommand", "src/NernstPlanckGpu.Cli/Commands/MergeCommand"]),
        ("certificate", ["src/NernstPlanckGpu.Core/Results/Certificate", "src/NernstPlanckGpu.Core/Results/Runs/SteadyOutput", "src/NernstPlanckGpu.Core/Results/Membrane"]),
        ("computation", ["src/NernstPlanckGpu.Core/Results", "src/NernstPlanckGpu.Core/Engines", "src/NernstPlanckGpu.Core/Integrators", "src/NernstPlanckGpu.Core/Theory", "src/NernstPlanckGpu.Core/Model", "src/NernstPlanckGpu.Core/Verification"]),
        ("progress", ["src/NernstPlanckGpu.Cli/Reporting"]),
        ("command-line", ["src/NernstPlanckGpu.Cli", "src/NernstPlanckGpu.Report"]),
        ("script", ["run.sh", "tests/run-tests.sh"]),
        ("elsewhere", [""]),
    ];

    /// <summary>The section of messages that only a broken promise between parts of the program brings.</summary>
    private const string Internal = "internal";

    /// <summary>Names of the sections that messages go into.</summary>
    public static IEnumerable<string> SectionNames => Sections.Select(section => section.Section).Append(Internal);

    /// <summary>Notes by hand, by what the first column says.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; } = Tables().Matches(text).SelectMany(table => Rows().Matches(table.Groups["rows"].Value))
        .GroupBy(row => row.Groups["message"].Value).ToDictionary(rows => rows.Key, rows => rows.Max(row => row.Groups["what"].Value.Trim())!, StringComparer.Ordinal);

    /// <summary>The same by the words alone: a note stays where only the name of what is put in has changed.</summary>
    private readonly Dictionary<string, string> notesByShape = Tables().Matches(text).SelectMany(table => Rows().Matches(table.Groups["rows"].Value))
        .GroupBy(row => Shape(row.Groups["message"].Value)).ToDictionary(rows => rows.Key, rows => rows.Max(row => row.Groups["what"].Value.Trim())!, StringComparer.Ordinal);

    /// <summary>Where a message belongs.</summary>
    public static string SectionOf(SourceMessage message) => message.IsInternal ? Internal
        : Sections.First(section => section.Sources.Any(source => message.File.StartsWith(source, StringComparison.Ordinal))).Section;

    /// <summary>The first column.</summary>
    public static string Cell(string said)
    {
        var quote = said.Contains('`', StringComparison.Ordinal) ? "``" : "`";
        return $"{quote}{said.Replace("|", "\\|", StringComparison.Ordinal)}{quote}";
    }

    /// <summary>The second column: the message's own remedy, or the note.</summary>
    public string What(SourceMessage message) => message.Remedy.Length > 0 ? Cell(message.Remedy)
        : Notes.GetValueOrDefault(Cell(message.Text)) ?? notesByShape.GetValueOrDefault(Shape(Cell(message.Text)), "");

    /// <summary>True where a reader learns what to do: from the message itself, or from the note beside it.</summary>
    public bool SaysWhatToDo(SourceMessage message) => message.IsInternal || What(message).Length > 0 || message.Text.Contains("; ", StringComparison.Ordinal);

    /// <summary>The document with the tables as the source has them.</summary>
    public string With(IReadOnlyList<SourceMessage> messages) => Tables().Replace(text, table =>
    {
        var section = table.Groups["section"].Value;
        var rows = new StringBuilder($"<!-- messages: {section} -->\n\n| message | what to write or do |\n|---|---|\n");
        foreach (var message in messages.Where(message => SectionOf(message) == section))
            rows.Append($"| {Cell(message.Text)} | {What(message)} |\n");
        return rows.Append($"\n{End}").ToString();
    });

    private static string Shape(string cell) => Hole().Replace(cell, "{}");

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex("<!-- messages: (?<section>[a-z-]+) -->(?<rows>.*?)<!-- end of messages -->", RegexOptions.Singleline)]
    private static partial Regex Tables();

    [GeneratedRegex(@"^\| (?<message>(?<quote>`+).*?\k<quote>) \| (?<what>.*?) ?\|$", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
