using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Sweeps;
using NernstPlanckGpu.Hdf5.Runs;

namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>The single numbers of points, a column each: those that every run has, results, theory, certificate, membrane.</summary>
internal sealed class SweepNumbers
{
    private readonly List<SweepColumn> columns = [];
    private readonly double[] nothing;
    private readonly Standing membranePotential, currentDensity, timeReached, wallTime, mixedPrecision, steps, rejectedSteps, evaluations, holds;
    private readonly Entries results, theory, theoryComputed, certificate, certificateLimit, membrane;

    internal SweepNumbers(SweepLayout layout)
    {
        membranePotential = Add("", RunFileSchema.MembranePotential);
        currentDensity = Add("", RunFileSchema.CurrentDensity);
        timeReached = Add("", RunFileSchema.TimeReached);
        wallTime = Add("", RunFileSchema.WallTime);
        mixedPrecision = Add("", SweepSchema.MixedPrecision, NumberKind.Code);
        steps = Add("", SweepSchema.Steps, NumberKind.Count);
        rejectedSteps = Add("", RunFileSchema.RejectedSteps with { Meaning = "rejected steps; -1 where there are none to count" }, NumberKind.Count);
        evaluations = Add(
            "", RunFileSchema.Evaluations with { Meaning = "evaluations of the right-hand side; -1 where there are none to count" }, NumberKind.Count);
        holds = Add("/" + RunFileSchema.Certificate, RunFileSchema.CertificateHolds, NumberKind.Code);
        results = Add("/" + RunFileSchema.Result, layout.ResultColumns);
        membrane = Add("/" + RunFileSchema.Membrane, layout.MembraneColumns);
        theory = Add("/" + RunFileSchema.Theory, layout.TheoryColumns);
        theoryComputed = Add("/" + RunFileSchema.Theory, layout.TheoryColumns, RunFileSchema.ComputedSuffix, "the run's value: ");
        certificate = Add("/" + RunFileSchema.Certificate, layout.CertificateColumns);
        certificateLimit = Add("/" + RunFileSchema.Certificate, layout.CertificateColumns, RunFileSchema.LimitSuffix, "largest absolute value allowed: ");
        nothing = [.. columns.Select(column => column.Kind.Missing())];
    }

    /// <summary>The columns, in the order of the numbers that <see cref="Read"/> gives.</summary>
    internal IReadOnlyList<SweepColumn> Columns => columns;

    /// <summary>What a point's numbers say of its certificate: 1 holds, 0 violated, -1 unknown.</summary>
    internal double Holds(double[] values) => values[holds.Index];

    /// <summary>Takes a point's numbers; those it lacks are not a number, counts -1.</summary>
    /// <param name="summary">How the point ended; null where it was not set up.</param>
    /// <param name="isMixed">It was computed in mixed precision.</param>
    /// <param name="unplaced">Takes the names of entries that have no column.</param>
    internal double[] Read(RunSummary? summary, bool isMixed, List<string> unplaced)
    {
        double[] numbers = [.. nothing];
        if (summary == null)
            return numbers;
        numbers[membranePotential.Index] = summary.MembranePotential;
        numbers[currentDensity.Index] = summary.CurrentDensity;
        numbers[timeReached.Index] = summary.Time;
        numbers[wallTime.Index] = summary.WallTime;
        numbers[mixedPrecision.Index] = isMixed ? 1 : 0;
        numbers[steps.Index] = summary.AcceptedSteps;
        numbers[rejectedSteps.Index] = summary.RejectedSteps;
        numbers[evaluations.Index] = summary.Evaluations;
        numbers[holds.Index] = summary.CertificateHolds ? 1 : summary.Certificate.Count > 0 ? 0 : -1;
        ReadEntries(summary, numbers, unplaced);
        return numbers;
    }

    private void ReadEntries(RunSummary summary, double[] numbers, List<string> unplaced)
    {
        for (int i = 0; i < summary.Results.Count; i++)
            results.Put(i, summary.Results[i].Name, summary.Results[i].Value, numbers, unplaced);
        int index = 0;
        foreach (ResultEntry entry in summary.Membrane?.Entries() ?? [])
            membrane.Put(index++, entry.Name, entry.Value, numbers, unplaced);
        for (int i = 0; i < summary.Theory.Count; i++)
        {
            TheoryEntry entry = summary.Theory[i];
            if (theory.Put(i, entry.Name, entry.Value, numbers, unplaced))
                theoryComputed.Put(i, entry.Name, entry.Computed ?? double.NaN, numbers, unplaced);
        }
        for (int i = 0; i < summary.Certificate.Count; i++)
        {
            CertificateEntry entry = summary.Certificate[i];
            if (certificate.Put(i, entry.Name, entry.Value, numbers, unplaced))
                certificateLimit.Put(i, entry.Name, entry.Limit, numbers, unplaced);
        }
    }

    private Standing Add(string group, Field field, NumberKind kind = NumberKind.Real)
    {
        int index = columns.Count;
        columns.Add(new SweepColumn(group, field with { Axes = [SweepSchema.Point] }, [], kind, (point, row) => row[0] = point.Numbers[index]));
        return new Standing(index);
    }

    private Entries Add(string group, IReadOnlyList<ResultColumn> entries, string suffix = "", string meaning = "")
    {
        Dictionary<string, int> indices = [];
        HashSet<string> names = [];
        int first = columns.Count;
        foreach (ResultColumn entry in entries)
        {
            string name = RunFileSchema.SafeName(entry.Name) + suffix;
            if (!names.Add(name))
                continue;
            indices.Add(entry.Name, columns.Count);
            Add(group, new Field(name, entry.Unit, meaning + entry.Meaning));
        }
        return new Entries(group, [.. indices.Keys], first, indices);
    }

    /// <summary>A number that every run has.</summary>
    private readonly record struct Standing(int Index);

    /// <summary>Entries by name; most points list them as the layout does.</summary>
    private sealed record Entries(string Group, string[] Names, int First, Dictionary<string, int> Indices)
    {
        internal bool Put(int guess, string name, double value, double[] numbers, List<string> unplaced)
        {
            int index;
            if (guess < Names.Length && Names[guess] == name)
                index = First + guess;
            else if (!Indices.TryGetValue(name, out index))
            {
                unplaced.Add($"{Group[1..]}/{name}");
                return false;
            }
            numbers[index] = value;
            return true;
        }
    }
}
