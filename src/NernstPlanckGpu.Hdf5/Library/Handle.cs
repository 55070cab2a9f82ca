using HDF.PInvoke;

namespace NernstPlanckGpu.Hdf5.Library;

/// <summary>An HDF5 identifier that is closed once.</summary>
internal sealed class Handle(long id, Func<long, int> close) : IDisposable
{
    private bool closed;

    /// <summary>The identifier.</summary>
    internal long Id { get; } = id;

    public static implicit operator long(Handle handle) => handle.Id;

    /// <summary>Closes it; a failure is left to the caller who needs to know (<see cref="Close"/>).</summary>
    public void Dispose() => _ = Close();

    /// <summary>Closes it.</summary>
    /// <returns>False when HDF5 reports a failure.</returns>
    internal bool Close()
    {
        if (closed)
            return true;
        closed = true;
        return close(Id) >= 0;
    }
}

/// <summary>The file of which calls speak when they fail.</summary>
/// <param name="Path">Path.</param>
internal sealed record FileContext(string Path)
{
    /// <summary>Checks a status.</summary>
    /// <param name="status">What HDF5 returned; negative is a failure.</param>
    /// <param name="operation">What was being done.</param>
    internal void Check(long status, string operation)
    {
        if (status < 0)
            throw new Hdf5Exception(Path, operation, ErrorStack.Take());
    }

    /// <summary>Checks an identifier and owns it.</summary>
    internal Handle Own(long id, Func<long, int> close, string operation)
    {
        Check(id, operation);
        return new Handle(id, close);
    }

    /// <summary>A property list of a class.</summary>
    internal Handle PropertyList(long propertyClass) => Own(H5P.create(propertyClass), H5P.close, "create a property list");

    /// <summary>A data space; no dimensions is a scalar.</summary>
    internal Handle Space(ulong[] dimensions, ulong[]? maximum = null) => Own(
        dimensions.Length == 0 ? H5S.create(H5S.class_t.SCALAR) : H5S.create_simple(dimensions.Length, dimensions, maximum ?? dimensions),
        H5S.close,
        "create a data space");
}
