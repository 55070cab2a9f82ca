using ILGPU.Runtime;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Gpu.Explicit;

/// <summary>A batch of problems that a device steps explicitly; shapes may differ, and there may be more than the device holds at once.</summary>
internal sealed class ExplicitBatch : IBatch
{
    private readonly Accelerator accelerator;
    private readonly TimeSettings settings;
    private readonly EnginePrecision precision;
    private readonly IReadOnlyList<DiscreteProblem> problems;
    private readonly List<Portion> portions = [];
    private readonly (Portion Portion, int Index)[] places;
    private readonly List<int[]> members = [];
    private readonly bool isResident;
    private readonly AcceleratorStream stream;

    /// <summary>Takes the problems over.</summary>
    /// <param name="accelerator">Device.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="problems">Problems.</param>
    /// <param name="settings">Euler or rkc2, and their settings.</param>
    /// <param name="precision">Precision of the fluxes.</param>
    /// <param name="memory">Bytes of the device that portions may take.</param>
    public ExplicitBatch(
        Accelerator accelerator, DeviceTables tables, IReadOnlyList<DiscreteProblem> problems, TimeSettings settings, EnginePrecision precision, long memory)
    {
        (this.accelerator, this.settings, this.precision, this.problems) = (accelerator, settings, precision, problems);
        places = new (Portion, int)[problems.Count];
        // Of its own: what two batches copy and compute goes on side by side.
        stream = Faults.Guard(accelerator, accelerator.CreateStream);
        var groups = Enumerable.Range(0, problems.Count).GroupBy(i => PackShape.Of(problems[i]).Key).ToArray();
        long all = groups.Sum(group => group.Count() * ProblemRows.BytesOf(PackShape.Of(problems[group.First()])));
        isResident = all <= memory;
        foreach (IGrouping<string, int> group in groups)
        {
            long each = ProblemRows.BytesOf(PackShape.Of(problems[group.First()]));
            // An array of the host has fewer than 2^31 numbers.
            int most = (int)Math.Clamp(Math.Min(memory, 8L << 30) / each, 1, 1 << 24);
            foreach (int[] chunk in group.Chunk(most)) Take(tables, chunk);
        }
    }

    /// <inheritdoc/>
    public int Count => problems.Count;

    /// <inheritdoc/>
    public void Advance(ReadOnlySpan<double> targets, Action<ProblemStatus>? afterStep, CancellationToken cancellation)
    {
        double[] all = targets.ToArray();
        Faults.Guard(accelerator, () =>
        {
            for (int p = 0; p < portions.Count; p++)
            {
                portions[p].Advance([.. members[p].Select(i => all[i])], afterStep, cancellation);
                if (isResident) continue;
                if (!cancellation.IsCancellationRequested) portions[p].Gather();
                portions[p].Release();
            }
        });
    }

    /// <inheritdoc/>
    public void Gather() => Faults.Guard(accelerator, () => portions.ForEach(portion => portion.Gather()));

    /// <inheritdoc/>
    public ProblemStatus Status(int problem) => places[problem].Portion.Status(places[problem].Index);

    /// <inheritdoc/>
    public void Read(int problem, StateView state)
    {
        (Portion portion, int index) = places[problem];
        if (!portion.IsGathered) Faults.Guard(accelerator, portion.Gather);
        portion.Read(index, state);
    }

    /// <inheritdoc/>
    public void Save(int problem, EngineRecord record)
    {
        foreach (RecordEntry entry in Faults.Guard(accelerator, () => SaveOf(problem)).Entries) record.Add(entry.Name, entry.Unit, entry.Values);
    }

    /// <inheritdoc/>
    public void Restore(int problem, EngineRecord record) =>
        Faults.Guard(accelerator, () => places[problem].Portion.Restore(places[problem].Index, record));

    /// <inheritdoc/>
    public void Dispose() => Faults.Release(() =>
    {
        portions.ForEach(portion => portion.Dispose());
        stream.Dispose();
    });

    private EngineRecord SaveOf(int problem) => places[problem].Portion.Save(places[problem].Index);

    private void Take(DeviceTables tables, int[] chunk)
    {
        Portion portion = Faults.Guard(accelerator, () => new Portion(stream, tables, [.. chunk.Select(i => problems[i])], settings, precision));
        portions.Add(portion);
        members.Add(chunk);
        for (int i = 0; i < chunk.Length; i++) places[chunk[i]] = (portion, i);
    }
}
