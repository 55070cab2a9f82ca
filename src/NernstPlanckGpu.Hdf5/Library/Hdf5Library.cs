using System.Runtime.InteropServices;
using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>The HDF5 library: one lock around every call, errors kept for exceptions instead of printed.</summary>
public static class Hdf5Library
{
    /// <summary>HDF5 is not safe for threads unless built so: every call in this process holds this lock (re-entrant).</summary>
    private static readonly Lock Gate = new();

    /// <summary>The signal of a file that grows past the process's limit (ulimit -f): 25 on Linux and macOS.</summary>
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;

    private static bool loaded;
    private static PosixSignalRegistration? fileSizeSignal;
    private static Version? version;

    /// <summary>HDF5 prints errors per thread; this thread has been silenced.</summary>
    [ThreadStatic]
    private static bool silenced;

    /// <summary>Version of the native library.</summary>
    /// <exception cref="Hdf5Exception">No library, or one older than 1.10.2.</exception>
    public static Version Version
    {
        get
        {
            using Lock.Scope scope = Enter();
            return version!;
        }
    }

    /// <summary>Where the declarations come from, for <c>devices</c>.</summary>
    public static string Bindings =>
#if WITH_HDF_PINVOKE
        "package HDF.PInvoke.1.10";
#else
        "own declarations, system library (built without the package HDF.PInvoke.1.10)";
#endif

    /// <summary>Takes the lock; loads the library on first use.</summary>
    internal static Lock.Scope Enter()
    {
        Lock.Scope scope = Gate.EnterScope();
        try
        {
            if (!loaded)
                Load();
            if (!silenced)
            {
                _ = H5E.set_auto(H5E.DEFAULT, null!, 0);
                silenced = true;
            }
            return scope;
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    private static void Load()
    {
        if (NativeHdf5.Handle == 0)
            NativeHdf5.Load();
        uint major = 0, minor = 0, release = 0;
        try
        {
            // HDF5 would close forgotten files at exit, and crashes there when one of them could not be written (full disk).
            // Ours are closed by their owners, and readable when not.
            _ = H5.dont_atexit();
            // Left alone, the signal kills the process; taken, the write fails with "File too large".
            if (!OperatingSystem.IsWindows())
                fileSizeSignal ??= PosixSignalRegistration.Create(FileSizeExceeded, context => context.Cancel = true);
            if (H5.open() < 0 || H5.get_libversion(ref major, ref minor, ref release) < 0)
                throw new Hdf5Exception("libhdf5", "start the HDF5 library", "it refuses");
            _ = H5T.NATIVE_DOUBLE;
        }
        catch (TypeInitializationException exception)
        {
            const string remedy =
                "the package HDF.PInvoke.1.10 takes only a library whose file is named libhdf5; for others build with -p:WithHdfPInvoke=false";
            throw new Hdf5Exception("libhdf5", "start the HDF5 library", $"{exception.GetBaseException().Message}; {remedy}", exception);
        }
        catch (EntryPointNotFoundException exception)
        {
            string reason = $"{exception.Message}; it is no HDF5, or too old; install 1.10.2 or newer";
            throw new Hdf5Exception("libhdf5", "start the HDF5 library", reason, exception);
        }
        version = new Version((int)major, (int)minor, (int)release);
        if (version < new Version(1, 10, 2))
            throw new Hdf5Exception("libhdf5", "start the HDF5 library", $"version {version} is too old; install 1.10.2 or newer");
        loaded = true;
    }
}
