using System.Runtime.InteropServices;
using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>
/// Dimension scales as the HDF5 high-level library writes them (HDF5 Dimension Scale Specification): attributes CLASS and
/// NAME mark a scale, DIMENSION_LIST of a dataset points to its scales, REFERENCE_LIST of a scale points back.
/// Written here rather than called from libhdf5_hl, because that would have to match the libhdf5 in use.
/// </summary>
internal sealed class DimensionScales(FileContext file, long root)
{
    private readonly List<(string Scale, string Dataset, int Dimension)> uses = [];

    /// <summary>An element of REFERENCE_LIST.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BackReference
    {
        public ulong Dataset;
        public int Dimension;
    }

    /// <summary>An element of DIMENSION_LIST (HDF5's hvl_t).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct VariableLength
    {
        public nint Length;
        public nint Data;
    }

    /// <summary>Marks a dataset as a scale.</summary>
    internal void Mark(long dataset, string name)
    {
        Attributes.WriteFixed(file, dataset, "CLASS", "DIMENSION_SCALE");
        Attributes.WriteFixed(file, dataset, "NAME", name);
    }

    /// <summary>Attaches one scale to each dimension of a dataset.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="path">Its absolute path.</param>
    /// <param name="scales">Absolute path of the scale of each dimension.</param>
    internal unsafe void Attach(long dataset, string path, IReadOnlyList<string> scales)
    {
        using Handle type = file.Own(H5T.vlen_create(H5T.STD_REF_OBJ), H5T.close, "create the reference type");
        ulong[] references = [.. scales.Select(Reference)];
        VariableLength[] lists = new VariableLength[references.Length];
        fixed (ulong* reference = references)
        fixed (VariableLength* list = lists)
        {
            for (int i = 0; i < lists.Length; i++)
                lists[i] = new VariableLength { Length = 1, Data = (nint)(reference + i) };
            Attributes.Write(file, dataset, "DIMENSION_LIST", type, [(ulong)lists.Length], (nint)list);
        }
        uses.AddRange(scales.Select((scale, dimension) => (scale, path, dimension)));
    }

    /// <summary>Writes the back references of every scale; once, after the last <see cref="Attach"/>.</summary>
    internal unsafe void Complete()
    {
        using Handle type = file.Own(H5T.create(H5T.class_t.COMPOUND, sizeof(BackReference)), H5T.close, "create the reference type");
        file.Check(H5T.insert(type, "dataset", 0, H5T.STD_REF_OBJ), "create the reference type");
        file.Check(H5T.insert(type, "dimension", sizeof(ulong), H5T.STD_I32LE), "create the reference type");
        foreach (IGrouping<string, (string Scale, string Dataset, int Dimension)> scale in uses.GroupBy(use => use.Scale))
        {
            BackReference[] references =
                [.. scale.Select(use => new BackReference { Dataset = Reference(use.Dataset), Dimension = use.Dimension })];
            using Handle dataset = file.Own(H5D.open(root, scale.Key), H5D.close, $"open {scale.Key}");
            fixed (BackReference* data = references)
                Attributes.Write(file, dataset, "REFERENCE_LIST", type, [(ulong)references.Length], (nint)data);
        }
    }

    private unsafe ulong Reference(string path)
    {
        ulong reference;
        file.Check(H5R.create((nint)(&reference), root, path, H5R.type_t.OBJECT, -1), $"refer to {path}");
        return reference;
    }
}
