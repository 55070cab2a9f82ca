using System.Buffers.Binary;
using System.Collections.Concurrent;
using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Configuration.Building;
using NernstPlanckGpu.Core.Configuration.Forms;
using NernstPlanckGpu.Core.Configuration.Json;
using NernstPlanckGpu.Core.Configuration.Keys;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Sweeps;

/// <summary>A value that changes from point to point.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Axis">Index of the axis that chooses it.</param>
/// <param name="Nodes">Its values, in the place of the configuration's own.</param>
internal sealed record PlanSlot(PlacedAxis Place, int Axis, ConfigurationNode[] Nodes);

/// <summary>The points of a sweep: trees that share all that the axes leave as it is, readings and hashes of it included.</summary>
internal sealed class PlanPoints
{
    /// <summary>Keys that change nothing of a run's results.</summary>
    private static readonly string[] LeftOut = ["title", "$schema"];

    private readonly string fileName;
    private readonly PlanBranch branch;
    private readonly IReadOnlyList<PlanSlot> slots;
    private readonly BuildMemory memory = new();
    private readonly UInt128 common;
    private readonly UInt128[][] hashes;
    private readonly UInt128 stored;
    private readonly UInt128? initialFile;
    private readonly ConcurrentDictionary<string, UInt128> files = new(StringComparer.Ordinal);

    /// <summary>Puts the points together.</summary>
    /// <param name="fileName">Name of the configuration file.</param>
    /// <param name="root">The configuration without its sweep.</param>
    /// <param name="slots">What changes from point to point.</param>
    /// <param name="axes">Axes.</param>
    /// <param name="fields">Fields that are stored.</param>
    public PlanPoints(string fileName, ConfigurationNode root, IReadOnlyList<PlanSlot> slots, SweepAxes axes, IReadOnlyList<string> fields)
    {
        (this.fileName, Axes, this.slots) = (fileName, axes, slots);
        branch = new(root, slots, axes);
        hashes = [.. slots.Select(slot => slot.Nodes.Select(ContentHash.Of).ToArray())];
        common = ContentHash.Of(root.With(root.Members.Where(member => !LeftOut.Contains(member.Name))));
        foreach (var slot in slots)
            common = unchecked(common - ContentHash.Of(slot.Place.Target));
        stored = ContentHash.Of("store " + string.Join(' ', fields));
        var initial = root.Find("initial");
        if (initial is null || !slots.Any(slot => root.Members[slot.Place.Way[0]].Value == initial))
            initialFile = FileHash(initial);
    }

    /// <summary>Axes.</summary>
    public SweepAxes Axes { get; }

    /// <summary>Hash of a point.</summary>
    public PointHash Hash(int point)
    {
        var sum = common;
        for (var slot = 0; slot < hashes.Length; slot++)
            sum = unchecked(sum + hashes[slot][Axes.Choice(point, slots[slot].Axis)]);
        return Whole(sum, initialFile ?? FileHash(branch.Tree(point).Find("initial")));
    }

    /// <summary>Hash of what all points have in common.</summary>
    public PointHash BaseHash() => Whole(common, initialFile ?? 0);

    /// <summary>The run of a point; null when there are errors.</summary>
    /// <param name="point">Index.</param>
    /// <param name="errors">Receives errors, which do not name the point.</param>
    public RunConfiguration? Read(int point, List<ConfigurationError> errors)
    {
        var context = new ReadContext(errors) { Memory = memory };
        var raw = RootKeys.Form.Read(branch.Tree(point), context);
        var run = raw.Value is null ? null : new ConfigurationBuilder(raw.Value, context).Build(fileName, "");
        return errors.Count == 0 ? run : null;
    }

    private PointHash Whole(UInt128 tree, UInt128 file)
    {
        Span<byte> bytes = stackalloc byte[3 * ContentHash.Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, tree);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[ContentHash.Size..], stored);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[(2 * ContentHash.Size)..], file);
        return new(ContentHash.Of(bytes));
    }

    /// <summary>Hash of the content of the run file that an initial state starts from, directly or in its steady state; 0 for none.</summary>
    private UInt128 FileHash(ConfigurationNode? initial)
    {
        var start = initial?.Find("steady") is { } steady ? steady.Find("initial") : initial;
        return start?.Find("file") is { Kind: NodeKind.String, Text: { Length: > 0 } path } ? files.GetOrAdd(path, HashFile) : 0;
    }

    // A file that cannot be read is refused when the run starts; until then it has no content.
    private UInt128 HashFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(fileName)) ?? "", path));
            return BinaryPrimitives.ReadUInt128BigEndian(System.Security.Cryptography.SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return 0;
        }
    }
}
