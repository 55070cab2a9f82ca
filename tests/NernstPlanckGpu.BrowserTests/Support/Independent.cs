using System.Globalization;
using NernstPlanckGpu.EndToEndTests.Hdf5;

namespace NernstPlanckGpu.BrowserTests.Support;

/// <summary>Numbers of a file as h5py reads them: none of the program's own code is between.</summary>
internal static class Independent
{
    /// <summary>Numbers that a Python expression of the open file <c>f</c> names.</summary>
    public static double[] Numbers(string path, string expression)
    {
        Tool.NeedPython("h5py", "numpy");
        string text = Tool.RunPython(
            $"""
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], "r") as f:
                print(" ".join(repr(float(v)) for v in np.ravel({expression})))
            """,
            path);
        return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    /// <summary>The number at the beginning of a text on the page, such as -69.7455 of "-69.7455 mV".</summary>
    public static double Shown(string text) => double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>A number on the page is the file's, to its six digits.</summary>
    /// <param name="expected">The file's, in the unit of the page.</param>
    /// <param name="shown">The page's.</param>
    public static void Same(double expected, double shown) => Assert.True(Math.Abs(expected - shown) <= 5.1e-6 * Math.Abs(expected), $"the file has {expected:R}, the page {shown:R}");
}
