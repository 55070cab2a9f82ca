using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>Names, units and meanings of what sweep files have beyond run files.</summary>
internal static class SweepSchema
{
    internal const string Point = "point";
    internal const string Cell = "cell";
    internal const string Face = "face";
    internal const string Snapshot = "snapshot";
    internal const string Sample = "sample";
    internal const string MessageByte = "message_byte";

    /// <summary>Bytes of a message, UTF-8.</summary>
    internal const int MessageLength = 240;

    internal static readonly Field PointField = new(Point, "1", "index of the point in the sweep", Point);
    internal static readonly Field Hash = new("hash", "1", "content hash of the point: of all in its configuration that its results depend on", Point);
    internal static readonly Field Status = new("status", "1", "how the point ended; -1: not computed", Point);
    internal static readonly Field Message = new("message", "1", "where and why the point failed, or how the CPU came to find its steady state for the device; else empty", Point, MessageByte);
    internal static readonly Field Cells = new("cells", "1", "number of cells of the point", Point);
    internal static readonly Field MixedPrecision = new("mixed_precision", "1", "whether the point was computed in mixed precision: 0 no, 1 yes, -1 not computed", Point);
    internal static readonly Field Steps = new("steps", "1", "accepted steps; -1 where there are none to count", Point);

    internal static readonly Field ConfigurationName = new("config_name", "1", "full path of the configuration file");
    internal static readonly Field BaseHash =
        new("base_hash", "1", "hash of the configuration without its sweep, its title and what is only output: files of one sweep share it");
    internal static readonly Field Axes = new("axes", "1", "axes of the sweep, JSON");
    internal static readonly Field PointCount = new("point_count", "1", "number of points of the whole sweep");
    internal static readonly Field ShardIndex = new("shard_index", "1", "which part of the sweep this file is, from 0");
    internal static readonly Field ShardCount = new("shard_count", "1", "number of parts of the sweep");

    internal static readonly Field CompleteBytes =
        new("complete_bytes", "1", "length of the file that holds all of the points with a status; a shorter one is truncated");

    /// <summary>Meanings of the numbers of <see cref="Status"/>.</summary>
    internal static IReadOnlyList<PointStatus> Statuses { get; } = [.. Enum.GetValues<PointStatus>().Order()];
}
