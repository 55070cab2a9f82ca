using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>The HDF5 library: one lock around every call, errors kept for exceptions instead of printed.</summary>
public static class Hdf5Library
{
    /// <summary>HDF5 is not safe for threads unless built so: every call in this process holds this lock (re-entrant).</summary>
    private static readonly Lock Gate = new();

    private static bool loaded;
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
            if (H5.open() < 0 || H5.get_libversion(ref major, ref minor, ref release) < 0)
                throw new Hdf5Exception("libhdf5", "start the HDF5 library", "it refuses");
        }
        catch (Exception exception) when (exception is TypeInitializationException or EntryPointNotFoundException or DllNotFoundException)
        {
            throw new Hdf5Exception("libhdf5", "start the HDF5 library", exception.GetBaseException().Message, exception);
        }
        version = new Version((int)major, (int)minor, (int)release);
        if (version < new Version(1, 10, 2))
            throw new Hdf5Exception("libhdf5", "start the HDF5 library", $"version {version} is too old; install 1.10.2 or newer");
        loaded = true;
    }
}
