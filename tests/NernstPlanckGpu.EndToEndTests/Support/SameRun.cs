using NernstPlanckGpu.Hdf5;

namespace NernstPlanckGpu.EndToEndTests.Support;

/// <summary>Compares run files, bit by bit.</summary>
internal static class SameRun
{
    /// <summary>What differs between two runs of the same numbers.</summary>
    private static readonly string[] Circumstances =
        ["wall_time", "started", "finished", "resumptions", "resumed", "command_line"];

    /// <summary>All datasets of two files have the same names, shapes and values, but those about the circumstances of the run.</summary>
    public static void Check(string expected, string actual)
    {
        using RunFile first = RunFile.Open(expected), second = RunFile.Open(actual);
        Compare(first, second, "/");
    }

    private static void Compare(RunFile first, RunFile second, string group)
    {
        Assert.Equal(first.Names(group), second.Names(group));
        foreach (string name in first.Names(group))
        {
            string path = group == "/" ? name : $"{group}/{name}";
            if (group == "provenance" && Circumstances.Contains(name))
                continue;
            if (!first.IsDataset(path))
            {
                Compare(first, second, path);
                continue;
            }
            Assert.Equal(first.Shape(path), second.Shape(path));
            Assert.Equal(first.ReadAttribute(path, "units"), second.ReadAttribute(path, "units"));
            Assert.True(Values(first, path).SequenceEqual(Values(second, path)), $"{path} differs");
        }
    }

    private static IEnumerable<object> Values(RunFile run, string path)
    {
        try
        {
            return run.Read(path).Select(value => (object)BitConverter.DoubleToInt64Bits(value));
        }
        catch (Hdf5Exception)
        {
            return run.ReadStrings(path);
        }
    }
}
