using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Membrane;

/// <summary>The mechanisms of a pack in explicit steps; nothing happens where there are none.</summary>
internal sealed unsafe class MembranePasses
{
    private readonly PackArrays a;
    private readonly ProblemControl[] controls;
    private readonly MembranePass[] passes;

    public MembranePasses(ProblemControl[] controls, PackShape shape, PackArrays arrays)
    {
        (this.controls, a) = (controls, arrays);
        passes = shape.Extras == 0 ? [] : [.. controls.Select((control, k) =>
            new MembranePass(control.Problem, shape, MembraneLayout.Of(control.Problem.Problem)!, arrays, k))];
    }

    public bool IsEmpty => passes.Length == 0;

    /// <summary>Takes the loaded initial state over: volumes, and the end faces of what swells.</summary>
    public void Load(Ends[] ends)
    {
        for (int k = 0; k < passes.Length; k++)
        {
            passes[k].LoadVolumes(a, a.Start, Given(k));
            ends[k].TakeEndFaces(a, passes[k].LeftVolume(a), passes[k].RightVolume(a));
        }
    }

    /// <summary>Initial states, in the settled initial state whose drops are known.</summary>
    public void Start()
    {
        for (int k = 0; k < passes.Length; k++) passes[k].Start(a, a.Start, Given(k));
    }

    /// <summary>Enters the pieces of problem k that hold from a time on; returns the next corner.</summary>
    public double Enter(int k, double time) => IsEmpty ? double.PositiveInfinity : passes[k].Enter(time);

    /// <summary>Fluxes and rates of a state, whose drops, Bernoulli functions and interface fluxes are known.</summary>
    public void Evaluate(double* state, double[] time)
    {
        for (int k = 0; k < passes.Length; k++) passes[k].Evaluate(a, state, time[k]);
    }

    /// <summary>target += factor[problem] · rate for the species beside the membranes, and sum z A J of their faces for the charge.</summary>
    public void Move(double* target, double* factor)
    {
        for (int k = 0; k < passes.Length; k++) passes[k].Move(a, target, factor[k]);
    }

    /// <summary>Adds the fastest rates of the start state, 1/s, to the bounds of the problems.</summary>
    public void AddBounds(double* bound)
    {
        for (int k = 0; k < passes.Length; k++) bound[k] += passes[k].Bound(a, a.Start, controls[k].Time);
    }

    /// <summary>Makes concentrations of the amounts in ghosts, until <see cref="Release"/>.</summary>
    public void Hold(double* state)
    {
        foreach (MembranePass pass in passes) pass.Hold(a, state);
    }

    /// <summary>Puts the amounts back.</summary>
    public void Release(double* state)
    {
        foreach (MembranePass pass in passes) pass.Release(a, state);
    }

    /// <summary>Adds the fluxes of problem k in the start state to the flux arrays.</summary>
    public void Store(int k)
    {
        if (IsEmpty) return;
        passes[k].Evaluate(a, a.Start, controls[k].Time);
        passes[k].Store(a);
    }

    /// <summary>Copies what was stored, and the extras of the start state.</summary>
    public void Read(int k, StateView view)
    {
        if (!IsEmpty) passes[k].Read(a, a.Start, view);
    }

    /// <summary>Exchanges the extras of problem k of a state, or of its rate.</summary>
    public void Exchange(int k, double* state, RecordExchange exchange, bool isRate)
    {
        if (!IsEmpty) passes[k].Exchange(a, state, exchange, isRate);
    }

    /// <summary>Largest scaled error of the states of problem k in its step.</summary>
    public double Error(int k, double tolerance) => IsEmpty ? 0 : passes[k].Error(a, controls[k].Step, tolerance);

    /// <summary>True when the cell of problem k would burst before the end of its step from Start to StageA, which is then shortened.</summary>
    public bool IsCutByBurst(int k)
    {
        if (IsEmpty) return false;
        controls[k].LongestStep = passes[k].StepToBurst(a, a.Start, a.StageA, controls[k].Step);
        return double.IsFinite(controls[k].LongestStep);
    }

    /// <summary>Time until the cell of problem k bursts if it swells as now, s.</summary>
    public double TimeToBurst(int k) => IsEmpty ? double.PositiveInfinity : passes[k].TimeToBurst(a, a.Start, controls[k].Time);

    /// <summary>Ends problem k where its cell has burst.</summary>
    public void Judge(int k)
    {
        if (!IsEmpty && passes[k].BurstVolume(a, a.Start) is { } volume) controls[k].Burst(volume);
    }

    private double[]? Given(int k) => (controls[k].Problem.Problem.Initial as CellsInitialState)?.States;
}
