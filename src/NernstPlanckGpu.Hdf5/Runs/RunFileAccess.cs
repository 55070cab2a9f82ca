using HDF.PInvoke;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>Creates and opens files as runs need them. Callers hold the lock of <see cref="Hdf5Library"/>.</summary>
internal static class RunFileAccess
{
    /// <summary>Creates a file that does not exist yet, in the format of HDF5 1.10.</summary>
    internal static Handle Create(FileContext file)
    {
        using Handle access = Properties(file);
        using Handle creation = file.PropertyList(H5P.FILE_CREATE);
        DatasetFactory.TrackOrder(file, creation);
        return file.Own(H5F.create(file.Path, H5F.ACC_EXCL, creation, access), H5F.close, "create the file");
    }

    /// <summary>
    /// Opens a file for reading: also one that is being written, or whose writer was killed. One with its final name is closed, and is opened
    /// plainly: a reader of growing files reads what is damaged again and again, for minutes, before it says so.
    /// </summary>
    internal static Handle OpenToRead(FileContext file)
    {
        if (!File.Exists(file.Path))
            throw new Hdf5Exception(file.Path, "open the file", "there is none; check the name and the folder");
        bool mayGrow = file.Path.EndsWith(RunFileWriter.PartSuffix, StringComparison.Ordinal);
        uint[] modes = [H5F.ACC_RDONLY | H5F.ACC_SWMR_READ, H5F.ACC_RDONLY];
        long id = H5F.open(file.Path, modes[mayGrow ? 0 : 1]);
        if (id < 0)
            id = H5F.open(file.Path, modes[mayGrow ? 1 : 0]);
        return file.Own(id, H5F.close, "open the file");
    }

    /// <summary>Opens a closed file for writing by one who makes new objects; nobody can read it until it is closed.</summary>
    internal static Handle OpenToWrite(FileContext file) => Open(file, H5F.ACC_RDWR);

    /// <summary>
    /// Opens a closed file to go on with its datasets in single-writer-multiple-reader mode. The mode is in the file with the writer's mark,
    /// in one write: readers find it open to them at any moment, be it that the writer is killed right then.
    /// </summary>
    internal static Handle OpenToGoOn(FileContext file) => Open(file, H5F.ACC_RDWR | H5F.ACC_SWMR_WRITE);

    /// <summary>
    /// A process that is just being started holds copies of its parent's files, locks included, for some milliseconds: so a refusal is
    /// tried again for a second before it counts.
    /// </summary>
    private static Handle Open(FileContext file, uint mode)
    {
        using Handle access = Properties(file);
        long id = H5F.open(file.Path, mode, access);
        for (int attempt = 0; id < 0 && attempt < 20; attempt++)
        {
            Thread.Sleep(50);
            id = H5F.open(file.Path, mode, access);
        }
        return file.Own(id, H5F.close, "open the file for writing");
    }

    /// <summary>The format of HDF5 1.10, whatever the library: readers while it grows need it, and newer would shut readers out.</summary>
    private static Handle Properties(FileContext file)
    {
        Handle access = file.PropertyList(H5P.FILE_ACCESS);
        file.Check(H5P.set_libver_bounds(access, H5F.libver_t.V110, H5F.libver_t.V110), "choose the file format");
        return access;
    }
}
