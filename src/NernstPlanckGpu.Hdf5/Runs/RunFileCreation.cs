using HDF.PInvoke;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>Creates all objects of a run file at once: nothing but numbers is added afterwards.</summary>
internal sealed class RunFileCreation
{
    private readonly FileContext file;
    private readonly long root;
    private readonly RunLayout layout;
    private readonly DatasetFactory factory;

    private RunFileCreation(FileContext file, long root, RunLayout layout)
    {
        this.file = file;
        this.root = root;
        this.layout = layout;
        factory = new DatasetFactory(file, root);
    }

    /// <summary>Creates them in an empty file.</summary>
    internal static RunFileObjects Create(FileContext file, long root, RunLayout layout, Provenance provenance) =>
        new RunFileCreation(file, root, layout).Create(provenance);

    private RunFileObjects Create(Provenance provenance)
    {
        RunFileHeader.WriteAttributes(file, root, layout, provenance);
        WriteAxes();
        GrowingDataset axis = factory.Growing("", RunFileSchema.Axis(layout.SnapshotAxis), [], RowsPerChunk(PlannedSnapshots));
        GrowingDataset[] snapshot = [.. RunFileSchema.Snapshot(layout.SnapshotAxis.Name).Select(CreateSnapshotDataset)];
        WriteConstants();
        TraceBuffer traces = CreateTraces();
        ResultSlots results = CreateResults(provenance);
        NexusGroups.Write(file, root, factory, layout);
        factory.CompleteScales();
        return new RunFileObjects(axis, snapshot, traces, results);
    }

    private int PlannedSnapshots => layout.Configuration.CurrentVoltage?.Voltages.Count ?? layout.Configuration.Output.SnapshotTimes.Count;

    private int PlannedSamples => layout.Configuration.CurrentVoltage?.Voltages.Count
        ?? layout.Configuration.Impedance?.Frequencies.Count
        ?? layout.Configuration.Output.TraceTimes.Count;

    /// <summary>Rows of one number: 4 KiB per chunk, less for short runs.</summary>
    private static int RowsPerChunk(int planned) => Math.Clamp(planned, 1, TraceBuffer.Capacity);

    private void WriteAxes()
    {
        PnpProblem problem = layout.Configuration.Problem;
        factory.Numbers("", RunFileSchema.XField, layout.X);
        factory.Numbers("", RunFileSchema.XFaceField, layout.XFace);
        factory.Strings("", RunFileSchema.SpeciesField, [.. problem.Species.Select(species => species.Name)]);
        factory.Strings("", RunFileSchema.RegionNameField, [.. problem.Regions.Select(region => region.Name)]);
    }

    private void WriteConstants()
    {
        PnpProblem problem = layout.Configuration.Problem;
        factory.Integers("", RunFileSchema.Region, layout.RegionOfCell);
        factory.Numbers("", RunFileSchema.FaceArea(problem.Geometry), layout.FaceArea);
        factory.Numbers("", RunFileSchema.CellVolume(problem.Geometry), layout.CellVolume);
        factory.Numbers("", RunFileSchema.Valence, [.. problem.Species.Select(species => species.Valence)]);
        factory.Numbers("", RunFileSchema.Diffusivity, [.. problem.Species.Select(species => species.Diffusivity)]);
    }

    private GrowingDataset CreateSnapshotDataset(Field field)
    {
        ulong[] row = [.. field.Axes.Skip(1).Select(axis => axis switch
        {
            RunFileSchema.Species => (ulong)layout.Configuration.Problem.Species.Count,
            RunFileSchema.X => (ulong)layout.X.Count,
            _ => (ulong)layout.XFace.Count,
        })];
        return factory.Growing("", field, row, RowsPerChunk(PlannedSnapshots));
    }

    private TraceBuffer CreateTraces()
    {
        string path = "/" + layout.TraceGroup;
        int rows = RowsPerChunk(PlannedSamples);
        using Handle group = factory.Group(path);
        NexusGroups.MarkTraces(file, group, layout);
        Field axis = RunFileSchema.Axis(layout.TraceAxis);
        GrowingDataset Column(string name, string unit, string meaning) =>
            factory.Growing(path, new Field(RunFileSchema.SafeName(name), unit, meaning, axis.Name), [], rows);
        return new TraceBuffer(
            factory.Growing(path, axis, [], rows),
            [.. layout.Traces.Select(trace => Column(trace.Name, trace.Unit, trace.Meaning))],
            layout.CurveColumns.ToDictionary(
                curve => RunFileSchema.SafeName(curve.Name), curve => Column(curve.Name, curve.Unit, curve.Meaning)));
    }

    private ResultSlots CreateResults(Provenance provenance)
    {
        foreach (string name in (string[])[RunFileSchema.Result, RunFileSchema.Theory, RunFileSchema.Certificate, RunFileSchema.Provenance])
            factory.Group("/" + name).Dispose();
        if (layout.MembraneColumns.Count > 0)
            factory.Group("/" + RunFileSchema.Membrane).Dispose();
        RunFileHeader.WriteProvenance(factory, layout, layout.Configuration.Source, provenance);
        factory.Text("/" + RunFileSchema.Provenance, RunFileSchema.Detail, "");
        factory.Text("/" + RunFileSchema.Provenance, RunFileSchema.Resumed, "");
        ResultSlots results = new(file, factory);
        results.CreateStanding();
        foreach (ResultColumn column in layout.ResultColumns)
            results.CreateResult(column);
        foreach (ResultColumn column in layout.MembraneColumns)
            results.CreateMembrane(column);
        foreach (ResultColumn column in layout.TheoryColumns)
            results.CreateTheory(column);
        foreach (ResultColumn column in layout.CertificateColumns)
            results.CreateCertificate(column);
        results.FillStart(provenance.Started);
        return results;
    }
}
