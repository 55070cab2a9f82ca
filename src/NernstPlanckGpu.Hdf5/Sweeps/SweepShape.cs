using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>Dimensions of a sweep file, and the columns that are no single numbers.</summary>
internal sealed class SweepShape
{
    private readonly SweepLayout layout;
    private readonly SweepDimension species;

    internal SweepShape(SweepLayout layout)
    {
        this.layout = layout;
        RunLayout run = layout.Run;
        bool grid = layout.IsGridShared, places = layout.ArePlacesShared;
        SnapshotPlaces = SnapshotPlacesOf(run);
        SamplePlaces = SamplePlacesOf(run);
        species = new SweepDimension(RunFileSchema.Species, run.Configuration.Problem.Species.Count, false);
        Cell = new SweepDimension(grid ? RunFileSchema.X : SweepSchema.Cell, run.X.Count, !grid);
        Face = new SweepDimension(grid ? RunFileSchema.XFace : SweepSchema.Face, run.XFace.Count, !grid);
        Snapshot = new SweepDimension(places ? run.SnapshotAxis.Name : SweepSchema.Snapshot, SnapshotPlaces.Length, !places);
        Sample = new SweepDimension($"{run.TraceGroup}/{(places ? run.TraceAxis.Name : SweepSchema.Sample)}", SamplePlaces.Length, !places);
        Columns = [.. OfPoint(), .. OfGrid(), .. OfSnapshots(), .. OfTraces()];
    }

    internal SweepDimension Cell { get; }

    internal SweepDimension Face { get; }

    internal SweepDimension Snapshot { get; }

    internal SweepDimension Sample { get; }

    /// <summary>Dimensions that may grow.</summary>
    internal IEnumerable<SweepDimension> Growing => ((SweepDimension[])[Cell, Face, Snapshot, Sample]).Where(dimension => dimension.IsGrowing);

    /// <summary>Places of the snapshots of the representative point; everybody's where they are shared.</summary>
    internal double[] SnapshotPlaces { get; }

    /// <summary>Places of its traces.</summary>
    internal double[] SamplePlaces { get; }

    /// <summary>Columns with more than one number per point, and those of points that differ in their grid.</summary>
    internal IReadOnlyList<SweepColumn> Columns { get; }

    /// <summary>Takes the dimensions that a point needs.</summary>
    internal void Grow(PendingPoint point, Action<SweepDimension, int> grow)
    {
        if (Cell.IsGrowing && point.Layout is { } own && own.X.Count > Cell.Length)
        {
            grow(Cell, own.X.Count);
            grow(Face, own.XFace.Count);
        }
        if (Snapshot.IsGrowing && point.Snapshots.Count > Snapshot.Length)
            grow(Snapshot, point.Snapshots.Count);
        if (Sample.IsGrowing && point.Traces.Count > Sample.Length)
            grow(Sample, point.Traces.Count);
    }

    /// <summary>Where a run of this kind takes its snapshots.</summary>
    private static double[] SnapshotPlacesOf(RunLayout run) => run.Configuration.Mode switch
    {
        RunMode.CurrentVoltage => [.. run.Configuration.CurrentVoltage!.Voltages],
        RunMode.Transient => [.. run.Configuration.Output.SnapshotTimes],
        _ => [0],
    };

    private static double[] SamplePlacesOf(RunLayout run) => run.Configuration.Mode switch
    {
        RunMode.CurrentVoltage => [.. run.Configuration.CurrentVoltage!.Voltages],
        RunMode.Impedance => [.. run.Configuration.Impedance!.Frequencies],
        RunMode.Transient => [.. run.Configuration.Output.TraceTimes],
        _ => [0],
    };

    private static SweepColumn Column(
        Field field, SweepDimension[] row, SweepColumn.Filler fill, NumberKind kind = NumberKind.Real, string group = "") =>
        new(group, field with { Axes = [SweepSchema.Point, .. row.Select(dimension => dimension.Name)] }, row, kind, fill);

    /// <summary>What an axis may change although the grid stays.</summary>
    private IEnumerable<SweepColumn> OfPoint()
    {
        yield return Column(RunFileSchema.Valence, [species], (point, row) => OfSpecies(point, row, one => one.Valence));
        yield return Column(RunFileSchema.Diffusivity, [species], (point, row) => OfSpecies(point, row, one => one.Diffusivity));
    }

    private IEnumerable<SweepColumn> OfGrid()
    {
        if (layout.IsGridShared)
            yield break;
        Geometry geometry = layout.Run.Configuration.Problem.Geometry;
        yield return Column(SweepSchema.Cells, [], (point, row) => row[0] = point.Layout?.X.Count ?? -1, NumberKind.Count);
        yield return Column(RunFileSchema.XField, [Cell], (point, row) => Copy(point.Layout?.X, row));
        yield return Column(RunFileSchema.XFaceField, [Face], (point, row) => Copy(point.Layout?.XFace, row));
        yield return Column(
            RunFileSchema.Region with { Meaning = RunFileSchema.Region.Meaning + "; -1 beyond the point's cells" },
            [Cell],
            (point, row) => Regions(point.Layout, row),
            NumberKind.Index);
        yield return Column(RunFileSchema.FaceArea(geometry), [Face], (point, row) => Copy(point.Layout?.FaceArea, row));
        yield return Column(RunFileSchema.CellVolume(geometry), [Cell], (point, row) => Copy(point.Layout?.CellVolume, row));
    }

    private IEnumerable<SweepColumn> OfSnapshots()
    {
        Field axis = RunFileSchema.Axis(layout.Run.SnapshotAxis);
        if (Snapshot.IsGrowing)
            yield return Column(axis, [Snapshot], (point, row) => Places(point.Snapshots, snapshot => snapshot?.Time, row));
        foreach (Field field in RunFileSchema.Snapshot(axis.Name))
        {
            bool isOfEnds = field.Axes.Length == 1;
            if (!isOfEnds && !layout.Fields.Contains(field.Name))
                continue;
            SweepDimension[] inner = [.. field.Axes.Skip(1).Select(Dimension)];
            Func<Snapshot, double[]> values = Values(field.Name);
            yield return Column(
                field,
                [Snapshot, .. inner],
                isOfEnds ? (point, row) => Places(point.Snapshots, End(field.Name), row)
                    : (point, row) => Profiles(point.Snapshots, values, inner.Length == 2 ? species.Length : 1, inner[^1].Length, row));
        }
    }

    private IEnumerable<SweepColumn> OfTraces()
    {
        string group = "/" + layout.Run.TraceGroup;
        if (Sample.IsGrowing)
            yield return Column(RunFileSchema.Axis(layout.Run.TraceAxis), [Sample], (point, row) => Places(point.Traces, sample => sample.Place, row), group: group);
        for (int i = 0; i < layout.Run.Traces.Count; i++)
        {
            TraceColumn trace = layout.Run.Traces[i];
            int index = i;
            yield return Column(
                new Field(RunFileSchema.SafeName(trace.Name), trace.Unit, trace.Meaning),
                [Sample],
                (point, row) => Places(point.Traces, sample => sample.Values?[index], row),
                group: group);
        }
        foreach (ResultColumn curve in layout.Run.CurveColumns)
        {
            yield return Column(
                new Field(RunFileSchema.SafeName(curve.Name), curve.Unit, curve.Meaning),
                [Sample],
                (point, row) => Copy(point.Curves.FirstOrDefault(one => one.Name == curve.Name)?.Values, row),
                group: group);
        }
    }

    private SweepDimension Dimension(string axis) => axis switch
    {
        RunFileSchema.Species => species,
        RunFileSchema.X => Cell,
        _ => Face,
    };

    private static Func<Snapshot, double[]> Values(string field) => field switch
    {
        "concentration" => snapshot => snapshot.Concentration,
        "potential" => snapshot => snapshot.Potential,
        "electric_field" => snapshot => snapshot.ElectricField,
        "displacement" => snapshot => snapshot.Displacement,
        "charge_density" => snapshot => snapshot.ChargeDensity,
        _ => snapshot => snapshot.Flux,
    };

    private static Func<Snapshot?, double?> End(string field) =>
        field == "left_potential" ? snapshot => snapshot?.LeftPotential : snapshot => snapshot?.RightPotential;

    private static void OfSpecies(PendingPoint point, Span<double> row, Func<Species, double> value)
    {
        if (point.Layout is not { } own)
            return;
        for (int i = 0; i < row.Length; i++)
            row[i] = value(own.Configuration.Problem.Species[i]);
    }

    private static void Copy(IReadOnlyList<double>? values, Span<double> row)
    {
        for (int i = 0; i < Math.Min(values?.Count ?? 0, row.Length); i++)
            row[i] = values![i];
    }

    private static void Regions(RunLayout? own, Span<double> row)
    {
        for (int i = 0; i < (own?.RegionOfCell.Count ?? 0); i++)
            row[i] = own!.RegionOfCell[i];
    }

    private static void Places<T>(IReadOnlyList<T> items, Func<T, double?> value, Span<double> row)
    {
        for (int i = 0; i < items.Count; i++)
            row[i] = value(items[i]) ?? double.NaN;
    }

    /// <summary>Profiles [species, place]; places of the file beyond the point's own stay as they are.</summary>
    private static void Profiles(IReadOnlyList<Snapshot?> snapshots, Func<Snapshot, double[]> values, int profiles, int extent, Span<double> row)
    {
        for (int s = 0; s < snapshots.Count; s++)
        {
            if (snapshots[s] is not { } snapshot)
                continue;
            ReadOnlySpan<double> own = values(snapshot);
            int length = own.Length / profiles;
            for (int i = 0; i < profiles; i++)
                own.Slice(i * length, length).CopyTo(row[(((s * profiles) + i) * extent)..]);
        }
    }
}
