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
    private const double Reserve = 0.01;

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
        var leftOut = new List<(string File, string Sentence)>();
        byte[] page = Render(files, kinds, options, leftOut);
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

        return new ReportResult(page.LongLength, leftOut);
    }

    private static byte[] Render(IReadOnlyList<string> files, ResultKind[] kinds, ReportOptions options, List<(string File, string Sentence)> leftOut)
    {
        JsonObject payload = Head(options);
        long room = (long)(options.Limit * (1 - Reserve)) - PageTemplate.Overhead(options.Plots) - JsonSize.Of(payload);
        var sections = new JsonObject[files.Count];

        // The smallest first: what they leave of their share is for the others.
        int[] order = [.. Enumerable.Range(0, files.Count).OrderBy(i => new FileInfo(files[i]).Length).ThenBy(i => i)];
        for (int done = 0; done < order.Length; done++)
        {
            int i = order[done];
            long share = Math.Max(0, room) / (order.Length - done);
            sections[i] = kinds[i] == ResultKind.Sweep ? SweepSection.Of(files[i], share) : RunSection.Of(files[i], share);
            room -= JsonSize.Of(sections[i]);
        }

        foreach ((string file, JsonObject section) in files.Zip(sections))
            leftOut.AddRange(section["leftOut"]!.AsArray().Select(sentence => (file, sentence!.GetValue<string>())));
        payload["files"] = new JsonArray([.. sections]);
        byte[] page = PageTemplate.Render(payload, options.Plots);
        return page.LongLength <= options.Limit ? page : throw new ReportLimitException(
            $"a page of {Bytes(page.LongLength)} is the smallest that holds the summaries and tables of these files{(options.Plots.Source is null ? "" : " with plots")}, more than the {Bytes(options.Limit)} allowed");
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
