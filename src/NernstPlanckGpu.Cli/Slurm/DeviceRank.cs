using System.Globalization;

namespace NernstPlanckGpu.Cli.Slurm;

/// <summary>Which GPU a process takes, where several processes of a job share a machine.</summary>
/// <param name="Ordinal">Number of the device among those that the process sees, from 0; null for none.</param>
/// <param name="Name">As in CUDA_VISIBLE_DEVICES: an index of the machine or a UUID; empty for none.</param>
/// <param name="Reason">Why this one, or why none.</param>
internal sealed record DeviceRank(int? Ordinal, string Name, string Reason)
{
    /// <summary>The visible device whose number is the local rank modulo their count.</summary>
    /// <param name="visible">CUDA_VISIBLE_DEVICES; null when not set: all devices are visible.</param>
    /// <param name="localRank">Number of the process on its machine, from 0.</param>
    /// <param name="installed">Devices of the machine; null when not known, and then any index is believed.</param>
    public static DeviceRank Choose(string? visible, int localRank, int? installed)
    {
        if (visible is null && installed is null)
            return new(null, "", "CUDA_VISIBLE_DEVICES is not set and the number of devices is not known");
        string[] names = visible is null ? [.. Enumerable.Range(0, installed!.Value).Select(Text)] : Visible(visible, installed);
        if (names.Length == 0)
            return new(null, "", visible is null ? "this machine has none" : $"CUDA_VISIBLE_DEVICES={visible} shows none");
        int ordinal = localRank % names.Length;
        return new(ordinal, names[ordinal], $"local rank {localRank}, {names.Length} visible {(names.Length == 1 ? "device" : "devices")}");
    }

    /// <summary>As CUDA reads the list: the first entry that is no device ends it, and an entry that comes twice makes it empty.</summary>
    private static string[] Visible(string list, int? installed)
    {
        string[] names = [.. list.Split(',').Select(entry => entry.Trim()).TakeWhile(entry => IsDevice(entry, installed))];
        return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length ? names : [];
    }

    private static bool IsDevice(string entry, int? installed) =>
        int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index < (installed ?? int.MaxValue)
            : entry.StartsWith("GPU-", StringComparison.Ordinal) || entry.StartsWith("MIG-", StringComparison.Ordinal);

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
