using System.Reflection;
using System.Runtime.InteropServices;
using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>
/// Finds the native HDF5 library: the file that HDF5_LIBRARY names, else what the runtime finds as "hdf5" (the package's
/// own), else the names under which systems install it.
/// </summary>
internal static partial class NativeHdf5
{
    private const string OverrideVariable = "HDF5_LIBRARY";

    private const string LockingVariable = "HDF5_USE_FILE_LOCKING";

    /// <summary>Versions in the shared library's name, newest first: 320 = 2.0, 310 = 1.14, 200 = 1.12, 103 … 100 = 1.10.</summary>
    private static readonly int[] SonameVersions = [320, 310, 200, 103, 102, 101, 100];

    private static nint handle;

    /// <summary>The loaded library; zero before <see cref="Load"/>.</summary>
    internal static nint Handle => handle;

    /// <summary>Loads the library and directs the declarations of <c>HDF.PInvoke</c> to it. Called once, under the gate.</summary>
    internal static void Load()
    {
        Assembly declarations = typeof(H5).Assembly;
        AllowReaders();
        handle = Find(declarations);
        NativeLibrary.SetDllImportResolver(declarations, (name, _, _) => name == "hdf5" ? handle : 0);
    }

    /// <summary>
    /// Switches the library's own locks off, unless the user has chosen: with them a file that a reader has open (a notebook) could not be
    /// gone on with. Our lock beside the output keeps other writers away.
    /// </summary>
    private static void AllowReaders()
    {
        // What .NET sets stays within .NET. Windows, where the library's locks are no hindrance, has no such function.
        if (!OperatingSystem.IsWindows())
            _ = setenv(LockingVariable, "FALSE", 0);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    private static nint Find(Assembly declarations)
    {
        string? named = Environment.GetEnvironmentVariable(OverrideVariable);
        if (!string.IsNullOrEmpty(named))
        {
            return NativeLibrary.TryLoad(named, out nint chosen)
                ? chosen
                : throw new Hdf5Exception(named, "load the HDF5 library that HDF5_LIBRARY names", "correct or unset HDF5_LIBRARY");
        }
        if (NativeLibrary.TryLoad("hdf5", declarations, null, out nint found))
            return found;
        foreach (string candidate in Candidates())
        {
            if (NativeLibrary.TryLoad(candidate, out found))
                return found;
        }
        throw new Hdf5Exception("libhdf5", "load the HDF5 library", "none was found; " + Remedy());
    }

    private static IEnumerable<string> Candidates()
    {
        if (OperatingSystem.IsWindows())
            return ["hdf5.dll"];
        if (OperatingSystem.IsMacOS())
        {
            string[] folders = ["/opt/homebrew/lib/", "/usr/local/lib/", "/opt/local/lib/"];
            return folders.Select(folder => folder + "libhdf5.dylib")
                .Concat(SonameVersions.Select(version => $"libhdf5.{version}.dylib"));
        }
        string[] names = ["libhdf5_serial.so", "libhdf5.so"];
        return names.Concat(SonameVersions.SelectMany(version => names.Select(name => $"{name}.{version}")));
    }

    private static string Remedy() =>
        OperatingSystem.IsWindows() ? "install HDF5 1.10 or newer, and set HDF5_LIBRARY to the path of its hdf5.dll"
        : OperatingSystem.IsMacOS() ? "type `brew install hdf5`, or set HDF5_LIBRARY to the path of a libhdf5.dylib 1.10 or newer"
        : "type `apt-get install libhdf5-dev` (Debian, Ubuntu) or `dnf install hdf5` (Fedora), "
            + "or set HDF5_LIBRARY to the path of a libhdf5.so 1.10 or newer";
}
