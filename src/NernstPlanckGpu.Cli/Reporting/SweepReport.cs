using System.Text.Json.Nodes;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>What <c>sweep</c> says: before it starts, on standard error; and how it ended, on standard output.</summary>
internal sealed class SweepReport(SweepRequest request, SweepLayout layout, EngineChoice engine)
{
    /// <summary>Title, axes, size, engine, remarks.</summary>
    /// <param name="present">Points of this part that are there already.</param>
    public void Announce(int present)
    {
        if (request.Run.Quiet)
            return;
        RunConfiguration configuration = layout.Run.Configuration;
        PnpProblem problem = configuration.Problem;
        string species = string.Join(", ", problem.Species.Select(one => one.Name));
        string cells = layout.IsGridShared ? $"{layout.Run.X.Count} cells" : "cells of each point's own";
        Console.Error.WriteLine($"{configuration.Title} ({request.Run.ConfigurationPath})");
        Console.Error.WriteLine($"  sweep       {SweepText.Extent(layout.Axes)}");
        if (layout.Shard.Count > 1)
            Console.Error.WriteLine($"  shard       {layout.Shard}: {layout.Points.Count} of them");
        if (present > 0)
            Console.Error.WriteLine($"  resumed     {present} points are there already");
        Console.Error.WriteLine(
            $"  problem     {species} through {string.Join(" | ", problem.Regions.Select(region => region.Name))}, {cells}, {ModeText.Extent(configuration)}");
        Console.Error.WriteLine($"  engine      {layout.Run.Engine} ({engine.Reason})");
        foreach (string remark in configuration.Remarks)
            Console.Error.WriteLine($"  remark      {remark}");
    }

    /// <summary>The exit code of a sweep that was not refused.</summary>
    public static int ExitCodeOf(SweepSummary summary, SweepFileWriter writer) =>
        summary.DeviceFailure is not null ? ExitCode.Device
            : summary.StoppedAt is null && writer.Missing > 0 ? ExitCode.Checkpointed : summary.Progress.Failed + writer.Failed > 0 ? ExitCode.Numerical : ExitCode.Done;

    /// <summary>Counts, failures and the file.</summary>
    public void Conclude(SweepSummary summary, SweepFileWriter writer, SweepFailures failures, int exitCode)
    {
        if (summary.DeviceFailure is { } lost)
        {
            Console.Error.WriteLine($"npgpu: {lost.Message}.");
            Console.Error.WriteLine($"npgpu: {writer.Missing} points are missing: the same command with --resume computes them, with {request.Run.OnCpu} also without the device.");
        }
        else if (exitCode == ExitCode.Checkpointed)
            Console.Error.WriteLine($"npgpu: interrupted; {writer.Missing} points are missing: the same command with --resume computes them.");
        else if (summary.StoppedAt is { } culprit)
            Console.Error.WriteLine($"npgpu: stopped at {layout.Axes.Describe(culprit.Index)}: {culprit.Reason()}.");
        else if (failures.Count > 0)
            Console.Error.WriteLine($"npgpu: {failures.Count} of {writer.Count} points failed; the others are not touched by that.");
        foreach (PointResult failure in failures.First)
            Console.Error.WriteLine($"npgpu: {layout.Axes.Describe(failure.Index)}: {failure.Reason()}");
        if (failures.Count > failures.First.Count)
            Console.Error.WriteLine($"npgpu: and {failures.Count - failures.First.Count} more; npgpu status {ShellWord.Quote(PathOf(writer))} --json lists all.");
        if (request.Run.Json)
            Json.Print(ToJson(summary, writer, failures, exitCode));
        else if (!request.Run.Quiet)
            Console.Out.Write(ToText(summary, writer));
    }

    /// <summary>Where the file is, as it was named on the command line.</summary>
    private string PathOf(SweepFileWriter writer) => request.ShardPath + (writer.IsFinal ? "" : RunFileWriter.PartSuffix);

    private string ToText(SweepSummary summary, SweepFileWriter writer)
    {
        SweepProgress progress = summary.Progress;
        string missing = writer.Missing > 0 ? $", {writer.Missing} missing" : "";
        string rate = progress.Done > 0 ? $": {progress.Done} points at {Quantity.Number(progress.Rate, 3)}/s" : "";
        using var table = new SweepTable(PathOf(writer));
        return $"""
            {writer.Done} of {writer.Count} points done, {writer.Failed} failed{missing} in {ProgressText.Duration(progress.Elapsed)}{rate}
            {table.ToText()}wrote {PathOf(writer)}

            """;
    }

    private JsonObject ToJson(SweepSummary summary, SweepFileWriter writer, SweepFailures failures, int exitCode) => new()
    {
        ["outcome"] = exitCode switch
        {
            ExitCode.Done => "done",
            ExitCode.Checkpointed => "interrupted",
            _ => summary.StoppedAt is null ? "failed" : "stopped",
        },
        ["exitCode"] = exitCode,
        ["title"] = layout.Run.Configuration.Title,
        ["mode"] = layout.Run.Configuration.Mode.Name(),
        ["configuration"] = request.Run.ConfigurationPath,
        ["files"] = Json.Strings([PathOf(writer)]),
        ["shard"] = layout.Shard.ToString(),
        ["points"] = writer.Count,
        ["done"] = writer.Done,
        ["failed"] = writer.Failed,
        ["missing"] = writer.Missing,
        ["computed"] = summary.Progress.Done,
        ["wallTime"] = Json.Number(summary.Progress.Elapsed),
        ["axes"] = SweepText.ToJson(layout.Axes),
        ["failures"] = new JsonArray([.. failures.First.Select(failure => (JsonNode)new JsonObject
        {
            ["point"] = failure.Index,
            ["description"] = layout.Axes.Describe(failure.Index),
            ["status"] = Json.Name(failure.Status),
            ["message"] = failure.Reason(),
        })]),
        ["engine"] = layout.Run.Engine,
        ["engineReason"] = engine.Reason,
    };
}

/// <summary>Passes points on to their file, and keeps the first that failed for the report.</summary>
internal sealed class SweepFailures(ISweepSink file) : ISweepSink
{
    private const int Kept = 5;

    private readonly List<PointResult> first = [];

    public IReadOnlyList<PointResult> First => first;

    public int Count { get; private set; }

    public void Add(IReadOnlyList<PointResult> points)
    {
        foreach (PointResult point in points)
        {
            if (point.IsGood)
                continue;
            Count++;
            if (first.Count < Kept)
                first.Add(point);
        }

        file.Add(points);
    }

    public void Flush() => file.Flush();
}

/// <summary>Why a point is not good, in words.</summary>
internal static class PointReasons
{
    /// <summary>The same of a point in a file that is not good and has no message.</summary>
    public static string OfStored(PointStatus status) =>
        status is PointStatus.Done or PointStatus.Burst ? "its certificate is violated" : status.Describe();

    public static string Reason(this PointResult point) => point switch
    {
        { Message.Length: > 0 } => point.Message,
        { Summary: { CertificateHolds: false } summary } => $"its certificate is violated: {CertificateText.Violations(summary.Certificate)}",
        _ => point.Status.Describe(),
    };
}
