using System.Diagnostics;
using NernstPlanckGpu.Hdf5;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>The HDF5 library that this process loads, or why it cannot.</summary>
/// <param name="Version">Version, or null when there is no library.</param>
/// <param name="Path">The file loaded, where the system tells it.</param>
/// <param name="Bindings">Where the declarations come from.</param>
/// <param name="Problem">Why there is none, and what to install.</param>
internal sealed record Hdf5Info(string? Version, string? Path, string Bindings, string? Problem)
{
    public static Hdf5Info Find()
    {
        try
        {
            string version = Hdf5Library.Version.ToString();
            return new(version, LoadedPath(), Hdf5Library.Bindings, null);
        }
        catch (Hdf5Exception exception)
        {
            return new(null, null, Hdf5Library.Bindings, exception.Message);
        }
    }

    private static string? LoadedPath()
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .FirstOrDefault(file => System.IO.Path.GetFileName(file).Contains("hdf5", StringComparison.OrdinalIgnoreCase)
                && !file.EndsWith(".dll", StringComparison.Ordinal) | OperatingSystem.IsWindows());
    }
}
