using System.Text.RegularExpressions;
using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>HDF5's error stack as one sentence.</summary>
internal static partial class ErrorStack
{
    /// <summary>Takes the reason of the last failure off the stack: the system's words if any, and HDF5's innermost.</summary>
    internal static string Take()
    {
        List<string> descriptions = [];
        H5E.walk_t collect = (uint _, ref H5E.error_t error, nint _) =>
        {
            if (!string.IsNullOrWhiteSpace(error.desc))
                descriptions.Add(error.desc.Trim());
            return 0;
        };
        _ = H5E.walk(H5E.DEFAULT, H5E.direction_t.H5E_WALK_UPWARD, collect, 0);
        _ = H5E.clear(H5E.DEFAULT);
        GC.KeepAlive(collect);
        return Describe(descriptions);
    }

    /// <summary>Joins descriptions, innermost first, to one sentence.</summary>
    internal static string Describe(IReadOnlyList<string> descriptions)
    {
        if (descriptions.Count == 0)
            return "HDF5 gives no reason";
        foreach (string description in descriptions)
        {
            Match system = SystemMessage().Match(description);
            if (system.Success)
                return $"{system.Groups["text"].Value} (HDF5: {description.Split(':')[0]})";
        }
        return $"HDF5: {descriptions[0]}";
    }

    [GeneratedRegex("error message = '(?<text>[^']+)'")]
    private static partial Regex SystemMessage();
}
