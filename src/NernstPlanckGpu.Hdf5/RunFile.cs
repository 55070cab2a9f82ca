using HDF.PInvoke;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5;

/// <summary>The state at the last snapshot of a file, to start another run from.</summary>
/// <param name="Time">Place of the snapshot on its axis: time, s, or voltage, V.</param>
/// <param name="X">Cell centres, m.</param>
/// <param name="Species">Names of the species.</param>
/// <param name="Concentration">Concentration, mol/m³, [species, cell], row-major.</param>
public sealed record LastState(double Time, IReadOnlyList<double> X, IReadOnlyList<string> Species, IReadOnlyList<double> Concentration);

/// <summary>A run file, opened for reading: finished, growing, or left by a killed run.</summary>
public sealed class RunFile : IDisposable
{
    private readonly FileContext file;
    private readonly Handle root;

    private RunFile(FileContext file)
    {
        this.file = file;
        root = RunFileAccess.OpenToRead(file);
    }

    /// <summary>Path.</summary>
    public string Path => file.Path;

    /// <summary>Complete snapshots in the file.</summary>
    public int SnapshotCount => Shape(SnapshotAxis)[0];

    /// <summary>Name of the axis of the snapshots: time or voltage.</summary>
    public string SnapshotAxis => Axes.Snapshot;

    /// <summary>Group of the traces: traces, iv or impedance.</summary>
    public string TraceGroup => Axes.TraceGroup;

    /// <summary>Name of the axis of the traces in their group: time, voltage or frequency.</summary>
    public string TraceAxis => Axes.Trace;

    /// <summary>Places of the complete snapshots on <see cref="SnapshotAxis"/>: times, s, or voltages, V.</summary>
    public IReadOnlyList<double> Times => Read(SnapshotAxis);

    /// <summary>Names of the species.</summary>
    public IReadOnlyList<string> Species => ReadStrings(RunFileSchema.Species);

    /// <summary>How the run ended; <see cref="Outcome.Running"/> where it has not, or was killed.</summary>
    public Outcome Outcome => (Outcome)(int)ReadScalar("provenance/outcome");

    /// <summary>Axes and group of the traces.</summary>
    internal RunFileAxes Axes
    {
        get
        {
            using Lock.Scope scope = Hdf5Library.Enter();
            return field ??= RunFileAxes.Of(file, root);
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Path.</param>
    /// <exception cref="Hdf5Exception">There is none, or it is no HDF5 file.</exception>
    public static RunFile Open(string path)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        return new RunFile(new FileContext(System.IO.Path.GetFullPath(path)));
    }

    /// <summary>The state at the last complete snapshot.</summary>
    /// <param name="path">Path of a run file, finished or not.</param>
    /// <exception cref="Hdf5Exception">No such file, no run file, or no snapshot in it.</exception>
    public static LastState ReadLastState(string path)
    {
        using RunFile run = Open(path);
        int last = run.SnapshotCount - 1;
        if (last < 0)
            throw new Hdf5Exception(run.Path, "read the last state", "it has no snapshot yet; name a run that has");
        return new LastState(run.Times[last], run.Read(RunFileSchema.X), run.Species, run.ReadRow("concentration", last));
    }

    /// <summary>The results of a run.</summary>
    /// <param name="path">Path of a run file, finished or not.</param>
    public static RunFileSummary ReadSummary(string path)
    {
        using RunFile run = Open(path);
        return RunFileSummary.Of(run);
    }

    /// <summary>Makes a file that a killed run left open everywhere again, and complete as far as it goes.</summary>
    /// <param name="path">Path of the file, usually ending in <see cref="RunFileWriter.PartSuffix"/>.</param>
    /// <exception cref="RunFileBusyException">Its run is still writing.</exception>
    /// <exception cref="Hdf5Exception">It is no HDF5 file, or damaged beyond this.</exception>
    public static RepairReport Repair(string path) => RunFileRepair.Repair(System.IO.Path.GetFullPath(path));

    /// <summary>Dimensions of a dataset; none for a scalar.</summary>
    /// <param name="name">Path in the file, such as <c>traces/time</c>.</param>
    public IReadOnlyList<int> Shape(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Handle dataset = OpenDataset(name);
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, $"read {name}");
        return [.. DatasetReader.Dimensions(file, space).Select(length => (int)length)];
    }

    /// <summary>A dataset of numbers, row-major.</summary>
    /// <param name="name">Path in the file.</param>
    public double[] Read(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Handle dataset = OpenDataset(name);
        return DatasetReader.Numbers(file, dataset, name, row: null);
    }

    /// <summary>One row (the index of the first axis) of a dataset of numbers.</summary>
    /// <param name="name">Path in the file.</param>
    /// <param name="row">Index, such as that of a snapshot.</param>
    public double[] ReadRow(string name, int row)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Handle dataset = OpenDataset(name);
        return DatasetReader.Numbers(file, dataset, name, row);
    }

    /// <summary>Some rows of a dataset of numbers.</summary>
    /// <param name="name">Path in the file.</param>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    public double[] ReadRows(string name, int first, int count)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Handle dataset = OpenDataset(name);
        return DatasetReader.Numbers(file, dataset, name, first, count);
    }

    /// <summary>A single number.</summary>
    /// <param name="name">Path in the file.</param>
    public double ReadScalar(string name) => Read(name)[0];

    /// <summary>A dataset of strings.</summary>
    /// <param name="name">Path in the file.</param>
    public string[] ReadStrings(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Handle dataset = OpenDataset(name);
        using Handle space = file.Own(H5D.get_space(dataset), H5S.close, $"read {name}");
        return DatasetReader.Strings(
            file, space, name, (type, buffer) => H5D.read(dataset, type, H5S.ALL, H5S.ALL, H5P.DEFAULT, buffer));
    }

    /// <summary>A single string.</summary>
    /// <param name="name">Path in the file.</param>
    public string ReadText(string name) => ReadStrings(name)[0];

    /// <summary>An attribute of strings.</summary>
    /// <param name="name">Path of the object; "/" for the root.</param>
    /// <param name="attribute">Name of the attribute.</param>
    /// <returns>Empty where the object has none of that name.</returns>
    public string[] ReadAttribute(string name, string attribute)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        return DatasetReader.Attribute(file, root, name, attribute);
    }

    /// <summary>Whether an attribute is there, whatever its type.</summary>
    /// <param name="name">Path of the object.</param>
    /// <param name="attribute">Name of the attribute.</param>
    public bool HasAttribute(string name, string attribute)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        return H5A.exists_by_name(root, name, attribute) > 0;
    }

    /// <summary>Names in a group, in alphabetical order.</summary>
    /// <param name="group">Path of the group; "/" for the root.</param>
    public IReadOnlyList<string> Names(string group)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        return DatasetReader.Names(file, root, group);
    }

    /// <summary>Whether the object of that path is a dataset.</summary>
    /// <param name="name">Path in the file.</param>
    public bool IsDataset(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        long id = H5D.open(root, name);
        if (id < 0)
            return false;
        _ = H5D.close(id);
        return true;
    }

    /// <summary>Whether a dataset is one of numbers.</summary>
    /// <param name="name">Path in the file.</param>
    public bool IsNumeric(string name)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        using Handle dataset = OpenDataset(name);
        using Handle type = file.Own(H5D.get_type(dataset), H5T.close, $"read {name}");
        return H5T.get_class(type) is H5T.class_t.INTEGER or H5T.class_t.FLOAT;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        root.Dispose();
    }

    /// <summary>Runs what needs the open file.</summary>
    internal T Use<T>(Func<FileContext, long, T> action)
    {
        using Lock.Scope scope = Hdf5Library.Enter();
        return action(file, root);
    }

    private Handle OpenDataset(string name) => file.Own(H5D.open(root, name), H5D.close, $"open the dataset {name}");
}
