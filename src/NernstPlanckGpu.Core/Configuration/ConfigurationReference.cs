using System.Text;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration;

/// <summary>The reference part of docs/configuration.md, generated from the tables that the reader uses.</summary>
public static class ConfigurationReference
{
    /// <summary>Markdown: one table per object and per choice, and the known ions.</summary>
    public static string Generate()
    {
        var text = new StringBuilder();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Write(RootKeys.Form, text, seen);
        WriteIons(text);
        return text.ToString();
    }

    private static void Write(Form form, StringBuilder text, HashSet<string> seen)
    {
        switch (form)
        {
            case IKeyTable table when seen.Add(Identity(form, table.Title, table.Keys.Select(key => key.Form.Accepts))):
                WriteKeys(form, table, text);
                break;
            case IAlternatives choice when seen.Add(choice.DefinitionName ?? choice.Title):
                WriteChoices(choice, text);
                break;
        }

        // Waveforms of all kinds have the same shapes: those of the potential stand for all.
        if (form.DefinitionName is { } name && name.EndsWith("Waveform", StringComparison.Ordinal)
            && name != WaveformForms.Potential.DefinitionName)
            return;
        foreach (var part in form.Parts)
            Write(part, text, seen);
    }

    private static string Identity(Form form, string title, IEnumerable<string> parts) =>
        form.DefinitionName ?? title + string.Join('|', parts);

    private static void WriteKeys(Form form, IKeyTable table, StringBuilder text)
    {
        Heading(form.DefinitionName, table.Title, text);
        text.Append("| key | value | default | meaning | example |\n|---|---|---|---|---|\n");
        foreach (var key in table.Keys.Where(key => key.RefusedRemedy is null))
            text.Append($"| `{key.Name}` | {Cell(Link(key))} | {Cell(Default(key))} | {Cell(key.Meaning)} | `{Cell(key.Example)}` |\n");
        foreach (var key in table.Keys.Where(key => key.RefusedRemedy is not null))
            text.Append($"| `{key.Name}` | | | {Cell(key.Meaning)} Refused, as it {Cell(key.RefusedBecause)}: {Cell(key.RefusedRemedy!)}. | |\n");
        text.Append('\n');
    }

    private static void WriteChoices(IAlternatives choice, StringBuilder text)
    {
        Heading(choice.DefinitionName, choice.Title, text);
        text.Append("| write | meaning |\n|---|---|\n");
        foreach (var (meaning, example) in choice.Rows)
            text.Append($"| `{Cell(example)}` | {Cell(meaning)} |\n");
        text.Append('\n');
    }

    private static void WriteIons(StringBuilder text)
    {
        text.Append("### Known ions\n\nLimiting diffusivities in water at 25 °C; sizes are Debye–Hückel sizes.\n\n");
        text.Append("| name | ion | valence | D, m²/s | size, Å | source |\n|---|---|---|---|---|---|\n");
        foreach (var ion in KnownIons.All)
        {
            var size = ion.Size is { } metres ? (metres * 1e10).ToString("0.#") : "";
            text.Append($"| `{ion.Name}` | {ion.Meaning} | {ion.Valence} | {ion.Diffusivity:0.000e+0} | {size} | {ion.Source} |\n");
        }
    }

    private static void Heading(string? anchor, string title, StringBuilder text)
    {
        if (anchor is not null)
            text.Append($"<a id=\"{anchor.ToLowerInvariant()}\"></a>\n\n");
        text.Append($"### {title}\n\n");
    }

    private static string Link(Key key)
    {
        var form = key.Form;
        while (form is not (IKeyTable or IAlternatives or QuantityForm) && form.Parts.FirstOrDefault() is { } part
            && form is not InitialForm)
            form = part;
        return form is IKeyTable && form.DefinitionName is { } name
            ? key.Form.Accepts.Replace(form.Accepts, $"[{form.Accepts}](#{name.ToLowerInvariant()})", StringComparison.Ordinal)
            : key.Form.Accepts;
    }

    private static string Default(Key key) => key.Default switch
    {
        null => "required",
        { } text when text.StartsWith('"') || text.StartsWith('{') || text.StartsWith('[') => $"`{text}`",
        { } text => text,
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
