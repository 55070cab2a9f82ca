using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Reporting;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Report;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu report FILE…</c>: a page that shows what is in files of runs and sweeps.</summary>
internal static class ReportCommand
{
    public static Command Create(CommonOptions options)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files of runs or sweeps, finished or not; the name of a sweep's output stands for its shards where it is not there.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output", "-o") { Description = "The page to write (default: beside the first file, NAME.html).", HelpName = "FILE" };
        Option<long> limit = Limit();
        var noPlots = new Option<bool>("--no-plots") { Description = "Tables only: the page does without the drawing library, 1.5 MB." };
        var command = new Command("report", "Write a page that shows what was run and how it went: profiles, maps, curves, sweeps, certificate. It opens offline.")
        {
            files, output, options.Force, limit, noPlots, options.Json, options.Quiet,
        };
        command.SetAction(parsed => Run(
            ResultFiles.Find(NoFolders(parsed.GetRequiredValue(files))),
            parsed.GetValue(output),
            parsed.GetValue(options.Force),
            new ReportOptions
            {
                Limit = parsed.GetValue(limit),
                Plots = parsed.GetValue(noPlots) ? PlotLibrary.Without("they were not asked for (--no-plots)") : PlotLibrary.Built,
                CommandLine = RunRequest.Typed(parsed),
            },
            parsed.GetValue(options.Json),
            parsed.GetValue(options.Quiet)));
        return command;
    }

    private static Option<long> Limit() => new("--limit")
    {
        Description = "Largest page, such as 20MB (the default); what does not fit is thinned, and page and terminal say what is left out.",
        HelpName = "SIZE",
        DefaultValueFactory = _ => ReportOptions.DefaultLimit,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (ByteSize.Parse(text) is { } size)
                return size;
            result.AddError($"--limit takes a size, such as 20MB or 500kB, not '{text}'.");
            return 0;
        },
    };

    private static string[] NoFolders(string[] names) => Array.Find(names, Directory.Exists) is { } folder
        ? throw new CommandFailure(ExitCode.File, $"npgpu: {folder} is a folder; name a file in it.") : names;

    private static int Run(IReadOnlyList<string> files, string? given, bool force, ReportOptions options, bool json, bool quiet)
    {
        string output = given ?? PageOf(files[0]);
        if (files.Any(file => Path.GetFullPath(file) == Path.GetFullPath(output)))
            throw new CommandFailure(ExitCode.Usage, $"npgpu: {output} is one of the files to show; name another page with --output FILE.");
        OutputFile.Prepare(output, force);
        ReportResult result;
        try
        {
            result = ReportPage.Write(output, files, options);
        }
        catch (ReportLimitException exception)
        {
            string remedy = options.Plots.Source is null ? "raise --limit" : "raise --limit, or leave out the plots with --no-plots";
            throw new CommandFailure(ExitCode.Usage, $"npgpu: {exception.Message}; {remedy}. Nothing is written.");
        }

        if (options.Plots.Source is null)
            Console.Error.WriteLine($"npgpu: the page has tables and no plots: {options.Plots.Reason}");
        Show(output, files, options, result, json, quiet);
        return ExitCode.Done;
    }

    private static void Show(string output, IReadOnlyList<string> files, ReportOptions options, ReportResult result, bool json, bool quiet)
    {
        if (json)
        {
            Json.Print(ToJson(output, files, options, result));
            return;
        }

        if (quiet)
            return;
        foreach (IGrouping<string, (string File, string Sentence)> file in result.LeftOut.GroupBy(one => one.File))
        {
            Console.Out.WriteLine($"  {file.Key}, thinned to stay below {Megabytes(options.Limit)}:");
            foreach ((_, string sentence) in file)
                Console.Out.WriteLine($"    {sentence}");
        }

        Console.Out.WriteLine($"wrote {output} ({Megabytes(result.Bytes)}); open it in a browser");
    }

    private static JsonObject ToJson(string output, IReadOnlyList<string> files, ReportOptions options, ReportResult result) => new()
    {
        ["outcome"] = "done",
        ["exitCode"] = ExitCode.Done,
        ["files"] = Json.Strings([output]),
        ["sources"] = Json.Strings(files),
        ["bytes"] = result.Bytes,
        ["limit"] = options.Limit,
        ["plots"] = options.Plots.Source is not null,
        ["plotsMissing"] = options.Plots.Source is null ? options.Plots.Reason : null,
        ["leftOut"] = new JsonArray([.. result.LeftOut.Select(one => new JsonObject { ["file"] = one.File, ["sentence"] = one.Sentence })]),
    };

    /// <summary>results/NAME.html for results/NAME.h5 and results/NAME.h5.part.</summary>
    private static string PageOf(string file) =>
        Path.ChangeExtension(file.EndsWith(Hdf5.RunFileWriter.PartSuffix, StringComparison.Ordinal) ? file[..^Hdf5.RunFileWriter.PartSuffix.Length] : file, ".html");

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB");
}
