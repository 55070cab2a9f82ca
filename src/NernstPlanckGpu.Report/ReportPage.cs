using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Report.Payload;
using NernstPlanckGpu.Report.Runs;
using NernstPlanckGpu.Report.Sweeps;

namespace NernstPlanckGpu.Report;

/// <summary>
/// Makes the page of some files (docs/report.md): all of them are read before anything is written, and the page takes its name in one
/// step. Tests: the project NernstPlanckGpu.BrowserTests.
/// </summary>
public static class ReportPage
{
    /// <summary>Part of the limit that is kept free: the length of a page is estimated.</summary>
    private const double Reserve = 0.01;

    /// <summary>How often a page is made smaller before its limit is found too small.</summary>
    private const int Attempts = 4;

    /// <summary>Writes the page.</summary>
    /// <param name="path">The page's file; one that is there is replaced.</param>
    /// <param name="files">Files of runs and sweeps, finished or not.</param>
    /// <param name="options">How.</param>
    /// <exception cref="Hdf5Exception">A file is missing, truncated, damaged, or none of this program; nothing is written.</exception>
    /// <exception cref="ReportLimitException">The limit is too small for these files.</exception>
    public static ReportResult Write(string path, IReadOnlyList<string> files, ReportOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        ResultKind[] kinds = [.. files.Select(ResultFile.KindOf)];
        (byte[] page, JsonObject[] sections) = Fit(files, kinds, options);
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, page);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        return new ReportResult(page.LongLength, [.. files.Zip(sections).SelectMany(one =>
            one.Second["leftOut"]!.AsArray().Select(sentence => (one.First, sentence!.GetValue<string>())))]);
    }

    /// <summary>The page, thinned more where the estimate of its length was too small.</summary>
    private static (byte[] Page, JsonObject[] Sections) Fit(IReadOnlyList<string> files, ResultKind[] kinds, ReportOptions options)
    {
        JsonObject payload = Head(options);
        long room = (long)(options.Limit * (1 - Reserve)) - PageTemplate.Overhead(options.Plots) - JsonSize.Of(payload);
        for (int attempt = 1; ; attempt++)
        {
            JsonObject[] sections = Sections(files, kinds, Math.Max(0, room));
            payload["files"] = new JsonArray([.. sections]);
            byte[] page = PageTemplate.Render(payload, options.Plots);
            if (page.LongLength <= options.Limit)
                return (page, sections);
            if (attempt == Attempts || room <= 0)
            {
                string with = options.Plots.Source is null ? "" : " with plots";
                throw new ReportLimitException($"these files fit into no page{with} of {Bytes(options.Limit)}: their summaries and tables alone take {Bytes(page.LongLength)}");
            }

            room -= (page.LongLength - options.Limit) * 2;
        }
    }

    /// <summary>What is shown of each file. The smallest files come first: what they leave of their share is for the others.</summary>
    private static JsonObject[] Sections(IReadOnlyList<string> files, ResultKind[] kinds, long room)
    {
        var sections = new JsonObject[files.Count];
        int[] order = [.. Enumerable.Range(0, files.Count).OrderBy(i => new FileInfo(files[i]).Length).ThenBy(i => i)];
        for (int done = 0; done < order.Length; done++)
        {
            int i = order[done];
            long share = Math.Max(0, room) / (order.Length - done);
            sections[i] = kinds[i] == ResultKind.Sweep ? SweepSection.Of(files[i], share) : RunSection.Of(files[i], share);
            room -= JsonSize.Of(sections[i]);
        }

        return sections;
    }

    private static JsonObject Head(ReportOptions options) => new()
    {
        ["program"] = typeof(ReportPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0],
        ["made"] = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        ["command"] = options.CommandLine,
        ["noPlots"] = options.Plots.Reason,
    };

    private static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
