#if WITH_ILGPU
using System.Diagnostics;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Kernels.Implicit;

namespace NernstPlanckGpu.Gpu.Implicit;

/// <summary>
/// Problems of one shape that are on the device together. Their numbers on the host are the device's, but for those that steps need alone, and fluxes
/// where they were gathered.
/// </summary>
internal sealed unsafe class ImplicitGroup
{
    // A launch should be long beside its overhead, and short enough to be cancelled.
    private const double ShortLaunch = 0.05, LongLaunch = 0.3;
    private const int MostTries = 1024;

    private readonly ProblemControl[] controls;
    private readonly TimeSettings settings;
    private readonly SpanTable spans;
    private double[] fluxes = [];
    private bool isStale;
    private int tries = 4;

    public ImplicitGroup(ProblemControl[] members, ImplicitLayout layout, TimeSettings settings)
    {
        (controls, Layout, this.settings) = (members, layout, settings);
        Shape = PackShape.Of(members[0].Problem);
        Head = new double[layout.Argument * (long)Tiles * ImplicitLayout.Tile];
        Controls = new double[ImplicitControl.Length * (long)Tiles * ImplicitLayout.Tile];
        spans = new(this, members);
        Parallel.For(0, members.Length, Load);
    }

    public ImplicitLayout Layout { get; }

    public PackShape Shape { get; }

    public int Count => controls.Length;

    /// <summary>Tiles of problems.</summary>
    public int Tiles => (Count + ImplicitLayout.Tile - 1) / ImplicitLayout.Tile;

    /// <summary>What the host writes, [tile][number][problem of the tile].</summary>
    public double[] Head { get; }

    /// <summary>Clocks, [tile][number][problem of the tile].</summary>
    public double[] Controls { get; }

    /// <summary>The first number of a problem's clock; the next ones are a tile further each.</summary>
    public ref double ControlOf(int k) => ref Controls[k / ImplicitLayout.Tile * ImplicitControl.Length * ImplicitLayout.Tile + k % ImplicitLayout.Tile];

    /// <summary>The same numbers of all problems of a tile.</summary>
    public Span<double> Numbers(int tile, int first, int count) => Head.AsSpan((tile * Layout.Argument + first) * ImplicitLayout.Tile, count * ImplicitLayout.Tile);

    /// <summary>A number of a problem.</summary>
    public ref double At(int number, int k) =>
        ref Head[(k / ImplicitLayout.Tile * (long)Layout.Argument + number) * ImplicitLayout.Tile + k % ImplicitLayout.Tile];

    /// <summary>Steps every problem to its target.</summary>
    public void Advance(ImplicitDevice device, Action<ProblemStatus>? afterStep, CancellationToken cancellation)
    {
        if (!Array.Exists(controls, MustStep)) return;
        device.Take(this);
        foreach ((ProblemControl control, int k) in controls.Select((control, k) => (control, k))) WriteControl(control, k);
        device.UploadControls(this);
        bool goesOn = true;
        while (goesOn)
        {
            bool isCancelled = cancellation.IsCancellationRequested;
            var watch = Stopwatch.StartNew();
            device.Step(this, isCancelled ? 0 : tries);
            isStale = true;
            IsGathered = false;
            device.DownloadControls(this);
            if (!isCancelled) Tune(watch.Elapsed.TotalSeconds);
            for (int k = 0; k < Count; k++) TakeControl(k, device, afterStep);
            bool isRefilled = Refill(device);
            goesOn = isRefilled || (!isCancelled && Array.Exists(controls, MustStep));
        }
        if (!cancellation.IsCancellationRequested) return;
        foreach (ProblemControl control in controls)
            if (MustStep(control)) control.Outcome = Outcome.Interrupted;
    }

    /// <summary>Brings the state to the host, where the device has gone on since.</summary>
    public void FetchState(ImplicitDevice device)
    {
        if (!isStale) return;
        device.Download(this, Layout.State, Layout.Argument - Layout.State);
        isStale = false;
    }

    /// <summary>The host has every state as it stands, with its fluxes.</summary>
    public bool IsGathered { get; private set; }

    /// <summary>Brings every state to the host with its fluxes. Afterwards <see cref="Read"/> needs the device no more.</summary>
    public void Gather(ImplicitDevice device)
    {
        if (IsGathered) return;
        device.Take(this);
        FetchState(device);
        if (fluxes.Length == 0) fluxes = new double[(Layout.Coefficients - Layout.Flux) * (long)Tiles * ImplicitLayout.Tile];
        device.Fluxes(this, fluxes);
        IsGathered = true;
    }

    /// <summary>Copies a gathered state.</summary>
    public void Read(int k, StateView state)
    {
        int species = Layout.Species, size = species + 1, faces = Layout.Cells + 1;
        var resistance = new double[faces];
        for (int s = 0; s < species; s++)
        {
            double[] concentration = state.Concentration[Shape.Order[s]], flux = state.Flux[Shape.Order[s]];
            for (int i = 0; i < concentration.Length; i++) concentration[i] = At(Layout.State + i * size + s, k);
            for (int f = 0; f < faces; f++) flux[f] = fluxes[((k / ImplicitLayout.Tile * faces + f) * (long)species + s) * ImplicitLayout.Tile + k % ImplicitLayout.Tile];
        }
        for (int f = 0; f < faces; f++)
        {
            double inverse = At(Layout.InverseResistance + f, k);
            resistance[f] = inverse > 0 ? 1 / inverse : 0;
            state.Charge[f] = inverse * (At(Layout.State + f * size + species, k) - At(Layout.State + (f + 1) * size + species, k));
        }
        state.TotalCurrent = GatheredState.TotalCurrent(controls[k].Problem, resistance, controls[k].Time, state);
    }

    /// <summary>Exchanges what further steps of a problem depend on beside its control.</summary>
    public void Exchange(int k, ImplicitDevice device, RecordExchange exchange)
    {
        FetchState(device);
        using var system = new ImplicitSystem<ScalarLane>([controls[k].Problem], 1);
        double* u = Copy(k, system);
        system.Exchange(0, u, exchange);
        exchange.Values("balance/amount", "mol", Conservation.CountOf(controls[k].Problem), i => ref At(Layout.Amounts + i * ImplicitLayout.Part, k));
        if (!exchange.IsRestoring) return;
        device.Forget(this);
        IsGathered = false;
        Put(Layout.State, u, (int)system.Arrays.VectorLength, k);
        spans.Fill(k, controls[k].Entered);
        WriteControl(controls[k], k, settles: false);
    }

    private static bool MustStep(ProblemControl control) => control.IsRunning && control.Time < control.Target;

    // Tries per launch for the next.
    private void Tune(double seconds)
    {
        if (seconds < ShortLaunch) tries = Math.Min(2 * tries, MostTries);
        else if (seconds > LongLaunch) tries = Math.Max(tries / 2, 1);
    }

    // The unknowns of a problem in a system of its own.
    private double* Copy(int k, ImplicitSystem<ScalarLane> system)
    {
        _ = system.Enter(0, controls[k].Entered);
        double* u = system.Arrays.Vector(0);
        for (int i = 0; i < system.Arrays.VectorLength; i++) u[i] = At(Layout.State + i, k);
        return u;
    }

    private void Load(int k)
    {
        using var system = new ImplicitSystem<ScalarLane>([controls[k].Problem], 1);
        ImplicitArrays a = system.Arrays;
        double* u = a.Vector(0);
        system.LoadConcentrations(0, u);
        _ = system.Enter(0, 0);
        system.Settle(0, u, 0, system.InitialClampCharge(0));
        Put(0, a.Conductance, Layout.InverseResistance, k);
        Put(Layout.InverseResistance, a.InverseResistance, Layout.Volume - Layout.InverseResistance, k);
        Put(Layout.Volume, a.Volume, Layout.FixedCharge - Layout.Volume, k);
        Put(Layout.FixedCharge, a.FixedCharge, Layout.Interface - Layout.FixedCharge, k);
        Put(Layout.Interface, a.Interface, Layout.Ends - Layout.Interface, k);
        Put(Layout.Ends, a.Ends, Layout.Pieces - Layout.Ends, k);
        Put(Layout.State, u, (int)a.VectorLength, k);
        int part = Layout.Amounts;
        foreach ((int species, Core.Discretisation.Compartment c, double amount) in new Conservation(controls[k].Problem, a, 0, u, null).Closed)
        {
            double[] numbers = [amount, species, c.FirstCell, c.LastCell, c.LeftVolume, c.RightVolume];
            fixed (double* from = numbers) Put(part, from, numbers.Length, k);
            part += ImplicitLayout.Part;
        }
        spans.Fill(k, 0);
    }

    private void Put(int first, double* from, int count, int k)
    {
        for (int i = 0; i < count; i++) At(first + i, k) = from[i];
    }

    private void WriteControl(ProblemControl control, int k, bool settles = true)
    {
        fixed (double* at = &ControlOf(k))
        {
            // Spans, and what is to be settled unless the state is a new one, stay as the device left them.
            ImplicitControl device = ImplicitControl.Load(at, ImplicitLayout.Tile);
            device.Time = control.Time;
            device.Target = control.Target;
            device.Proposal = double.IsNaN(control.Proposal) ? 0 : control.Proposal;
            (device.LastStep, device.LastError, device.WorstError) = (control.LastStep, control.LastError, control.WorstError);
            device.MassCorrection = control.MassCorrection;
            (device.Accepted, device.Rejected, device.Evaluations) = (control.Accepted, control.Rejected, control.Evaluations);
            device.Outcome = (int)control.Outcome;
            if (!settles) device.Settles = 0;
            device.Store(at, ImplicitLayout.Tile);
        }
    }

    private void TakeControl(int k, ImplicitDevice device, Action<ProblemStatus>? afterStep)
    {
        ProblemControl control = controls[k];
        ImplicitControl now;
        fixed (double* at = &ControlOf(k)) now = ImplicitControl.Load(at, ImplicitLayout.Tile);
        bool hasTried = now.Accepted + now.Rejected > control.Accepted + control.Rejected;
        control.Time = now.Time;
        control.Proposal = now.Proposal == 0 ? double.NaN : now.Proposal;
        (control.LastStep, control.LastError, control.WorstError) = (now.LastStep, now.LastError, now.WorstError);
        control.MassCorrection = now.MassCorrection;
        (control.Accepted, control.Rejected, control.Evaluations) = ((long)now.Accepted, (long)now.Rejected, (long)now.Evaluations);
        (control.Entered, control.Corner) = spans.Span(k, now.Segment);
        var outcome = (Outcome)now.Outcome;
        if (control.IsRunning && outcome != Outcome.Running) control.Fail(outcome, outcome == Outcome.StepBudgetSpent ? null : FailedTrial.Place(this, k, device, control.Problem, settings, outcome));
        if (hasTried) afterStep?.Invoke(control.Status);
    }

    // Writes the spans that come for problems that reached the end of those written; true where there were some.
    private bool Refill(ImplicitDevice device)
    {
        bool any = false;
        for (int k = 0; k < Count; k++)
        {
            fixed (double* at = &ControlOf(k))
            {
                ImplicitControl control = ImplicitControl.Load(at, ImplicitLayout.Tile);
                if (control.Settles != ImplicitControl.Enters || control.Segment + 1 < control.Segments) continue;
                spans.Fill(k, control.Time);
                control = ImplicitControl.Load(at, ImplicitLayout.Tile);
                control.Segment = -1;
                control.Store(at, ImplicitLayout.Tile);
                any = true;
            }
        }
        if (!any) return false;
        device.Upload(this, Layout.Pieces, Layout.Amounts - Layout.Pieces);
        device.UploadControls(this);
        return true;
    }
}
#endif
