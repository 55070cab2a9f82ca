using System.Text.Json;
using NernstPlanckGpu.EndToEndTests.Hdf5;
using Xunit;

namespace NernstPlanckGpu.EndToEndTests.Sweeps;

/// <summary>Holds files of sweeps against each other, bit by bit, with h5py.</summary>
internal static class SweepFiles
{
    /// <summary>
    /// Every dataset with a row per point, and those that all points share, in the given files against the reference; wall times and
    /// the provenance of the file may differ, and a merged file says besides what is present. Prints the points that are there, and at which status.
    /// </summary>
    private const string Compare = """
        import sys, json, h5py, numpy as np
        def datasets(f):
            found = {}
            def visit(name, node):
                if isinstance(node, h5py.Dataset) and not name.startswith("provenance/") and name != "wall_time": found[name] = node
            f.visititems(visit)
            return found
        def per_point(f, node):
            return node.name == "/point" or len(node.dims) > 0 and any(scale.name == "/point" for scale in node.dims[0].values())
        def bits(values):
            return [str(v) for v in np.ravel(values)] if values.dtype == object else np.ascontiguousarray(values).tobytes()
        seen = {}
        with h5py.File(sys.argv[1], "r") as reference:
            wanted = datasets(reference)
            where = {int(point): row for row, point in enumerate(reference["point"][:])}
            for path in sys.argv[2:]:
                with h5py.File(path, "r", swmr=path.endswith(".part")) as f:
                    points, status = f["point"][:], f["status"][:]
                    own, rows = datasets(f), np.flatnonzero(status >= 0)
                    theirs = np.array([where[int(point)] for point in points[rows]], dtype=int)
                    assert set(own) - {"present"} == set(wanted), (path, set(own) ^ set(wanted))
                    for name, expected in wanted.items():
                        node, other = own[name], expected[()]
                        mine = node[()]
                        same = bits(mine[rows]) == bits(other[theirs]) if per_point(f, node) else bits(mine) == bits(other)
                        assert same, (path, name)
                    for row in rows:
                        assert int(points[row]) not in seen, (path, "twice", int(points[row]))
                        seen[int(points[row])] = int(status[row])
        print(json.dumps(seen))
        """;

    /// <summary>The points that files have, every one of them once and equal to that of the reference.</summary>
    public static HashSet<int> Present(string reference, params string[] files)
    {
        using var seen = JsonDocument.Parse(Tool.RunPython(Compare, [reference, .. files]));
        return [.. seen.RootElement.EnumerateObject().Select(point => int.Parse(point.Name))];
    }

    /// <summary>Files that together have every point of the reference, once, with the same bits.</summary>
    public static void AssertEqual(int points, string reference, params string[] files) =>
        Assert.Equal(Enumerable.Range(0, points), Present(reference, files).Order());

    /// <summary>How the points of a file stand, by point; those that are missing are left out.</summary>
    public static Dictionary<int, int> Statuses(string file)
    {
        using var seen = JsonDocument.Parse(Tool.RunPython(Compare, file, file));
        return seen.RootElement.EnumerateObject().ToDictionary(point => int.Parse(point.Name), point => point.Value.GetInt32());
    }
}
