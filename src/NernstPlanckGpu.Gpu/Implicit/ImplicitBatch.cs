#if WITH_ILGPU
using ILGPU.Runtime;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Kernels.Implicit;

namespace NernstPlanckGpu.Gpu.Implicit;

/// <summary>
/// Problems in implicit steps on a device, grouped by shape, in chunks that fit its memory. One chunk is on the device at a time; the others
/// wait on the host.
/// </summary>
internal sealed class ImplicitBatch : IBatch
{
    private const int MostSpecies = 8;

    // Spans between corners that are written ahead, where a waveform has corners.
    private const int SegmentsAhead = 8;

    private readonly ProblemControl[] controls;
    private readonly ImplicitGroup[] groups;
    private readonly (ImplicitGroup Group, int Place)[] places;
    private readonly ImplicitDevice device;
    private readonly TimeSettings settings;

    /// <summary>Loads problems; the device gets them when they are stepped.</summary>
    /// <param name="accelerator">Device; stays the caller's.</param>
    /// <param name="problems">Problems that <see cref="WhyNot"/> has nothing against; shapes may differ.</param>
    /// <param name="settings">Time integration.</param>
    /// <exception cref="DeviceException">The device cannot hold or compile what it needs.</exception>
    public ImplicitBatch(Accelerator accelerator, IReadOnlyList<DiscreteProblem> problems, TimeSettings settings)
    {
        this.settings = settings;
        Rosenbrock method = Rosenbrock.Of(settings.Integrator)
            ?? throw new ArgumentException($"{settings.Integrator} is not an implicit integrator", nameof(settings));
        device = new(accelerator, method, settings);
        controls = [.. problems.Select((problem, i) => new ProblemControl(i, problem))];
        places = new (ImplicitGroup, int)[controls.Length];
        var all = new List<ImplicitGroup>();
        foreach (var alike in controls.GroupBy(control => PackShape.Of(control.Problem).Key))
        {
            ImplicitLayout layout = LayoutOf([.. alike], method);
            foreach (ProblemControl[] members in alike.Chunk(device.Room(layout)))
            {
                var group = new ImplicitGroup(members, layout, settings);
                for (int k = 0; k < members.Length; k++) places[members[k].Index] = (group, k);
                all.Add(group);
            }
        }
        groups = [.. all];
    }

    /// <inheritdoc/>
    public int Count => controls.Length;

    /// <summary>Why a problem cannot be stepped here, a sentence without its full stop; null when it can.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="settings">Time integration.</param>
    public static string? WhyNot(DiscreteProblem problem, TimeSettings settings)
    {
        PnpProblem p = problem.Problem;
        if (Rosenbrock.Of(settings.Integrator) is null) return $"{settings.Integrator} is not an implicit integrator";
        if (p.Activity.Kind != ActivityKind.Ideal) return "its implicit steps do not know activity coefficients; write \"activity\": \"ideal\", or take the CPU";
        if (p.Mechanisms.Count > 0) return "its implicit steps do not know membrane mechanisms; take the CPU";
        if (p.HasSources) return "its implicit steps do not know sources; take the CPU";
        return problem.Species > MostSpecies ? $"its implicit steps take up to {MostSpecies} species, not {problem.Species}" : null;
    }

    /// <inheritdoc/>
    public void Advance(ReadOnlySpan<double> targets, Action<ProblemStatus>? afterStep, CancellationToken cancellation)
    {
        for (int i = 0; i < controls.Length; i++)
        {
            controls[i].Target = targets[i];
            if (controls[i].Outcome is Outcome.Done or Outcome.Interrupted) controls[i].Outcome = Outcome.Running;
        }
        foreach (ImplicitGroup group in groups)
        {
            group.Advance(device, afterStep, cancellation);
            // Before another takes its place.
            if (groups.Length > 1) group.Gather(device);
        }
        foreach (ProblemControl control in controls)
            if (control.IsRunning && control.Time >= control.Target) control.Outcome = Outcome.Done;
    }

    /// <inheritdoc/>
    public ProblemStatus Status(int problem) => controls[problem].Status;

    /// <inheritdoc/>
    public void Gather()
    {
        foreach (ImplicitGroup group in groups) group.Gather(device);
    }

    /// <inheritdoc/>
    public void Read(int problem, StateView state)
    {
        (ImplicitGroup group, int k) = places[problem];
        group.Gather(device);
        group.Read(k, state);
    }

    /// <inheritdoc/>
    public void Save(int problem, EngineRecord record) => RecordExchange.Save(record, exchange => Exchange(problem, exchange));

    /// <inheritdoc/>
    public void Restore(int problem, EngineRecord record) => RecordExchange.Restore(record, exchange => Exchange(problem, exchange));

    /// <inheritdoc/>
    public void Dispose() => device.Dispose();

    private void Exchange(int problem, RecordExchange exchange)
    {
        exchange.Identify(controls[problem].Problem, settings.Integrator);
        controls[problem].Exchange(exchange);
        (ImplicitGroup group, int k) = places[problem];
        group.Exchange(k, device, exchange);
    }

    private static ImplicitLayout LayoutOf(ProblemControl[] alike, Rosenbrock method)
    {
        PackShape shape = PackShape.Of(alike[0].Problem);
        int parts = 0, cornered = 0;
        Parallel.ForEach(alike, control =>
        {
            int count = Conservation.CountOf(control.Problem);
            if (double.IsFinite(new EndDrives(control.Problem, shape.Order).Enter(0))) Interlocked.Exchange(ref cornered, 1);
            for (int seen = parts; count > seen; seen = parts) Interlocked.CompareExchange(ref parts, count, seen);
        });
        return new(shape.Species, shape.Cells, shape.InterfaceFaces.Length, method.Stages, cornered != 0 ? SegmentsAhead : 1, parts);
    }
}
#endif
