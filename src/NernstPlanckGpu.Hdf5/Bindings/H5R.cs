using System.Runtime.InteropServices;

namespace HDF.PInvoke;

/// <summary>References.</summary>
internal static partial class H5R
{
    internal enum type_t
    {
        OBJECT = 0,
        DATASET_REGION = 1,
    }

    [LibraryImport(H5.Library, EntryPoint = "H5Rcreate", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int create(nint refer, long loc_id, string name, type_t ref_type, long space_id);
}
