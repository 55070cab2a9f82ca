using HDF.PInvoke;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Hdf5.Library;

namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>The numbers that only the end of a run knows: places for them at the start, values at the end.</summary>
internal sealed class ResultSlots(FileContext file, DatasetFactory factory) : IDisposable
{
    private const string TheoryGroup = "/" + RunFileSchema.Theory;
    private const string CertificateGroup = "/" + RunFileSchema.Certificate;
    private const string ResultGroup = "/" + RunFileSchema.Result;
    private const string MembraneGroup = "/" + RunFileSchema.Membrane;
    private const string ProvenanceGroup = "/" + RunFileSchema.Provenance;

    /// <summary>Real numbers and counts of the group provenance that the end of the run fills in.</summary>
    private static readonly Field[] Moments = [RunFileSchema.TimeReached, RunFileSchema.WallTime, RunFileSchema.Finished];
    private static readonly Field[] Counts = [RunFileSchema.AcceptedSteps, RunFileSchema.RejectedSteps, RunFileSchema.Evaluations];

    private readonly Dictionary<string, Handle> slots = [];

    /// <summary>Makes places for what every run has.</summary>
    internal void CreateStanding()
    {
        Add("", RunFileSchema.MembranePotential, factory.NumberSlot);
        Add("", RunFileSchema.CurrentDensity, factory.NumberSlot);
        AddCode(CertificateGroup, RunFileSchema.CertificateHolds, -1, [-1, 0, 1], ["unknown", "violated", "holds"]);
        Outcome[] outcomes = Enum.GetValues<Outcome>();
        AddCode(
            ProvenanceGroup,
            RunFileSchema.Outcome,
            (sbyte)Outcome.Running,
            [.. outcomes.Select(outcome => (sbyte)outcome)],
            [.. outcomes.Select(outcome => outcome.ToString())]);
        foreach (Field field in (Field[])[.. Moments, RunFileSchema.Started])
            Add(ProvenanceGroup, field, factory.NumberSlot);
        foreach (Field field in (Field[])[.. Counts, RunFileSchema.Resumptions])
            Add(ProvenanceGroup, field, factory.CountSlot);
    }

    /// <summary>Takes the places that an earlier writer made.</summary>
    internal void OpenAll(long root)
    {
        string[] groups = [ResultGroup, TheoryGroup, CertificateGroup, MembraneGroup];
        List<string> present = DatasetReader.Names(file, root, "/");
        foreach (string group in groups.Where(group => present.Contains(group[1..])))
        {
            foreach (string name in DatasetReader.Names(file, root, group))
                Open(root, group, name);
        }
        Open(root, "", RunFileSchema.MembranePotential.Name);
        Open(root, "", RunFileSchema.CurrentDensity.Name);
        foreach (Field field in (Field[])[RunFileSchema.Outcome, .. Moments, RunFileSchema.Started, .. Counts, RunFileSchema.Resumptions])
            Open(root, ProvenanceGroup, field.Name);
    }

    /// <summary>Puts everything back to before the end of the run, the start left out, and counts the resumptions.</summary>
    internal void Reset(int resumptions)
    {
        string holds = $"{CertificateGroup}/{RunFileSchema.CertificateHolds.Name}";
        foreach (string path in slots.Keys.Where(path => !path.StartsWith(ProvenanceGroup + "/", StringComparison.Ordinal) && path != holds))
            Fill(path, double.NaN);
        Fill(CertificateGroup, RunFileSchema.CertificateHolds.Name, (sbyte)-1);
        foreach (Field field in Moments)
            Fill(ProvenanceGroup, field.Name, double.NaN);
        foreach (Field field in Counts)
            Fill(ProvenanceGroup, field.Name, -1L);
        Fill(ProvenanceGroup, RunFileSchema.Outcome.Name, (sbyte)Outcome.Running);
        Fill(ProvenanceGroup, RunFileSchema.Resumptions.Name, (long)resumptions);
    }

    /// <summary>Makes places for a theory entry and for the run's value beside it.</summary>
    internal void CreateTheory(ResultColumn column)
    {
        string name = RunFileSchema.SafeName(column.Name);
        Add(TheoryGroup, new Field(name, column.Unit, column.Meaning), factory.NumberSlot);
        Field computed = new(name + RunFileSchema.ComputedSuffix, column.Unit, $"the run's value: {column.Meaning}");
        Add(TheoryGroup, computed, factory.NumberSlot);
    }

    /// <summary>Makes places for a certificate entry and for its limit.</summary>
    internal void CreateCertificate(ResultColumn column)
    {
        string name = RunFileSchema.SafeName(column.Name);
        Add(CertificateGroup, new Field(name, column.Unit, column.Meaning), factory.NumberSlot);
        if (column.Remedy.Length > 0)
            Attributes.Write(file, slots[$"{CertificateGroup}/{name}"], "remedy", column.Remedy);
        Field limit = new(name + RunFileSchema.LimitSuffix, column.Unit, $"largest absolute value allowed: {column.Meaning}");
        Add(CertificateGroup, limit, factory.NumberSlot);
    }

    /// <summary>Makes a place for a result.</summary>
    internal void CreateResult(ResultColumn column) =>
        Add(ResultGroup, new Field(RunFileSchema.SafeName(column.Name), column.Unit, column.Meaning), factory.NumberSlot);

    /// <summary>Makes a place for a number about the membrane; its group exists.</summary>
    internal void CreateMembrane(ResultColumn column) =>
        Add(MembraneGroup, new Field(RunFileSchema.SafeName(column.Name), column.Unit, column.Meaning), factory.NumberSlot);

    /// <summary>Fills in the start of the run.</summary>
    internal void FillStart(DateTimeOffset started)
    {
        Fill(ProvenanceGroup, RunFileSchema.Started.Name, Epoch(started));
        Fill(ProvenanceGroup, RunFileSchema.Resumptions.Name, 0L);
    }

    /// <summary>Fills in all that has a place.</summary>
    internal void Fill(RunSummary summary)
    {
        FillEntries(summary);
        Fill("", RunFileSchema.MembranePotential.Name, summary.MembranePotential);
        Fill("", RunFileSchema.CurrentDensity.Name, summary.CurrentDensity);
        Fill(CertificateGroup, RunFileSchema.CertificateHolds.Name, (sbyte)(summary.CertificateHolds ? 1 : summary.Certificate.Count > 0 ? 0 : -1));
        Fill(ProvenanceGroup, RunFileSchema.TimeReached.Name, summary.Time);
        Fill(ProvenanceGroup, RunFileSchema.WallTime.Name, summary.WallTime);
        Fill(ProvenanceGroup, RunFileSchema.Finished.Name, Epoch(DateTimeOffset.UtcNow));
        Fill(ProvenanceGroup, RunFileSchema.AcceptedSteps.Name, summary.AcceptedSteps);
        Fill(ProvenanceGroup, RunFileSchema.RejectedSteps.Name, summary.RejectedSteps);
        Fill(ProvenanceGroup, RunFileSchema.Evaluations.Name, summary.Evaluations);
        Fill(ProvenanceGroup, RunFileSchema.Outcome.Name, (sbyte)summary.Outcome);
    }

    /// <summary>Fills in the results, theory and certificate that have a place.</summary>
    internal void FillEntries(RunSummary summary)
    {
        foreach (ResultEntry entry in summary.Results)
            Fill(ResultGroup, RunFileSchema.SafeName(entry.Name), entry.Value);
        foreach (ResultEntry entry in summary.Membrane?.Entries() ?? [])
            Fill(MembraneGroup, RunFileSchema.SafeName(entry.Name), entry.Value);
        foreach (TheoryEntry entry in summary.Theory)
            Fill(entry);
        foreach (CertificateEntry entry in summary.Certificate)
            Fill(entry);
    }

    /// <summary>Whether a result has a place.</summary>
    internal bool Has(ResultEntry entry) => slots.ContainsKey($"{ResultGroup}/{RunFileSchema.SafeName(entry.Name)}");

    /// <summary>Whether a theory entry has a place.</summary>
    internal bool Has(TheoryEntry entry) => slots.ContainsKey($"{TheoryGroup}/{RunFileSchema.SafeName(entry.Name)}");

    /// <summary>Whether a certificate entry has a place.</summary>
    internal bool Has(CertificateEntry entry) => slots.ContainsKey($"{CertificateGroup}/{RunFileSchema.SafeName(entry.Name)}");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Handle slot in slots.Values)
            slot.Dispose();
    }

    /// <summary>A moment as the file has it, s since 1970.</summary>
    internal static double Epoch(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).TotalSeconds;

    private void Add(string group, Field field, Func<string, Field, Handle> create)
    {
        string path = $"{group}/{field.Name}";
        if (!slots.ContainsKey(path))
            slots.Add(path, create(group, field));
    }

    private void Open(long root, string group, string name)
    {
        string path = $"{group}/{name}";
        slots.Add(path, file.Own(H5D.open(root, path), H5D.close, $"open {path}"));
    }

    private void AddCode(string group, Field field, sbyte initial, sbyte[] values, string[] meanings)
    {
        Handle slot = factory.CodeSlot(group, field, initial);
        slots.Add($"{group}/{field.Name}", slot);
        Attributes.Write(file, slot, "flag_values", values);
        Attributes.Write(file, slot, "flag_meanings", string.Join(' ', meanings));
    }

    private void Fill(TheoryEntry entry)
    {
        string name = RunFileSchema.SafeName(entry.Name);
        Fill(TheoryGroup, name, entry.Value);
        Fill(TheoryGroup, name + RunFileSchema.ComputedSuffix, entry.Computed ?? double.NaN);
    }

    private void Fill(CertificateEntry entry)
    {
        string name = RunFileSchema.SafeName(entry.Name);
        Fill(CertificateGroup, name, entry.Value);
        Fill(CertificateGroup, name + RunFileSchema.LimitSuffix, entry.Limit);
    }

    private void Fill(string group, string name, double value) => Fill($"{group}/{name}", value);

    private unsafe void Fill(string path, double value) => Fill(path, H5T.NATIVE_DOUBLE, (nint)(&value));

    private unsafe void Fill(string group, string name, long value) => Fill($"{group}/{name}", H5T.NATIVE_INT64, (nint)(&value));

    private unsafe void Fill(string group, string name, sbyte value) => Fill($"{group}/{name}", H5T.STD_I8LE, (nint)(&value));

    private void Fill(string path, long type, nint data)
    {
        if (slots.TryGetValue(path, out Handle? slot))
            file.Check(H5D.write(slot, type, H5S.ALL, H5S.ALL, H5P.DEFAULT, data), $"write {path}");
    }
}
