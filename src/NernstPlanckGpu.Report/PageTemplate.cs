using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NernstPlanckGpu.Report;

/// <summary>
/// The HTML around the payload. Nothing of a file is written as HTML: it is JSON in a data block, whose letters &lt;, &gt; and &amp; are
/// escaped, and scripts put it on the page as text. A policy allows the page's own scripts alone, by their hashes, and no request.
/// </summary>
internal static class PageTemplate
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>The page.</summary>
    /// <param name="payload">What it shows.</param>
    /// <param name="plots">Drawing library.</param>
    internal static byte[] Render(JsonObject payload, PlotLibrary plots)
    {
        string[] scripts = [.. plots.Source is { } source ? [Inert(source)] : Array.Empty<string>(), PageScript()];
        using var page = new MemoryStream();
        void Write(string text) => page.Write(Encoding.UTF8.GetBytes(text));
        Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy(scripts)}">
            <meta name="color-scheme" content="light dark">
            <title>NernstPlanckGpu report</title>
            <style>
            {Assets.Text("page.css")}
            </style>
            </head>
            <body>
            <noscript>This page shows its numbers with JavaScript, which is switched off here.</noscript>
            <header id="head"></header>
            <main id="main"></main>
            <script type="application/json" id="payload">
            """);
        using (var writer = new Utf8JsonWriter(page, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
            payload.WriteTo(writer, Json);
        Write("</script>\n");
        foreach (string script in scripts)
            Write($"<script>{script}</script>\n");
        Write("</body>\n</html>\n");
        return page.ToArray();
    }

    /// <summary>Bytes of a page without its payload.</summary>
    internal static long Overhead(PlotLibrary plots) => Render([], plots).LongLength;

    private static string PageScript() => Inert(string.Join('\n', Assets.Scripts.Select(Assets.Text)));

    /// <summary>A script may hold the end of its element in a string or an expression; so written it means the same to JavaScript.</summary>
    private static string Inert(string script) =>
        script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase).Replace("<!--", "<\\!--", StringComparison.Ordinal)
            .Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Policy(IEnumerable<string> scripts)
    {
        IEnumerable<string> hashes = scripts.Select(script => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'");
        return $"default-src 'none'; script-src {string.Join(' ', hashes)}; style-src 'unsafe-inline'; img-src data: blob:; form-action 'none'; base-uri 'none'";
    }
}
