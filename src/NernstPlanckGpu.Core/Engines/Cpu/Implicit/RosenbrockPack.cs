using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Adaptive Rosenbrock steps of a pack, concentrations and potential coupled; every problem has its own step and verdict.</summary>
internal sealed unsafe class RosenbrockPack<T> : CpuPack
    where T : unmanaged, ILane<T>
{
    // Vectors of unknowns: the state, the argument of a stage, then one per stage.
    private const int State = 0, Argument = 1, FirstStage = 2;

    private readonly Rosenbrock method;
    private readonly TimeSettings settings;
    private readonly ImplicitSystem<T> system;
    private readonly ProblemControl[] controls;
    private readonly RosenbrockMembrane membrane;
    private readonly Conservation[] conservation;
    private readonly double[] time, stageTime;
    private readonly double?[] standingCharge;
    private readonly double[] memory;
    private readonly RosenbrockError<T> errors;
    // [problem].
    private readonly double* step, inverseStep, scratch;

    public RosenbrockPack(IReadOnlyList<ProblemControl> problems, TimeSettings settings, Rosenbrock method)
    {
        (this.method, this.settings) = (method, settings);
        controls = [.. problems];
        system = new([.. problems.Select(control => control.Problem)], FirstStage + method.Stages + ImplicitSystem<T>.VectorsOf(problems[0].Problem));
        membrane = new(system.Borders, method);
        (time, stageTime) = (new double[controls.Length], new double[controls.Length]);
        memory = GC.AllocateArray<double>(3 * T.Width, pinned: true);
        step = (double*)Unsafe.AsPointer(ref memory[0]);
        inverseStep = step + T.Width;
        scratch = step + 2 * T.Width;
        errors = new(system, settings);
        double* u = Arrays.Vector(State);
        for (int k = 0; k < T.Width; k++) system.LoadConcentrations(k, u);
        for (int k = 0; k < controls.Length; k++)
        {
            double[]? states = (controls[k].Problem.Problem.Initial as CellsInitialState)?.States;
            Enter(k, 0);
            if (k < system.Borders.Count) system.Borders[k].LoadVolumes(u, states);
            system.Settle(k, u, 0, system.InitialClampCharge(k));
            if (k < system.Borders.Count) system.Borders[k].Start(u, states);
        }
        standingCharge = [.. controls.Select((_, k) => membrane.Columns > 0 ? system.StandingCharge(k, u) : null)];
        conservation = [.. controls.Select((control, k) => new Conservation(control.Problem, Arrays, k, u, k < system.Borders.Count ? system.Borders[k] : null))];
    }

    public override IReadOnlyList<ProblemControl> Controls => controls;

    private ImplicitArrays Arrays => system.Arrays;

    public override void Advance(Action<ProblemStatus>? afterStep, CancellationToken cancellation)
    {
        while (true)
        {
            bool any = false;
            for (int k = 0; k < controls.Length; k++)
            {
                ProblemControl control = controls[k];
                if (MustStep(control) && cancellation.IsCancellationRequested) control.Fail(Outcome.Interrupted);
                if (MustStep(control) && control.Accepted + control.Rejected >= settings.MaximumSteps) control.Fail(Outcome.StepBudgetSpent);
                any |= MustStep(control);
            }
            if (!any) return;
            Try();
            Judge();
            if (afterStep is null) continue;
            foreach (ProblemControl control in controls)
                if (control.Step != 0) afterStep(control.Status);
        }
    }

    public override void Read(ProblemControl control, StateView state) =>
        system.Read(Array.IndexOf(controls, control), Arrays.Vector(State), [.. controls.Select(c => c.Time)], state);

    public override void Exchange(ProblemControl control, RecordExchange exchange)
    {
        int k = Array.IndexOf(controls, control);
        system.Exchange(k, Arrays.Vector(State), exchange);
        conservation[k].Exchange(exchange);
        if (standingCharge[k] is { } charge) standingCharge[k] = exchange.Number("balance/standingCharge", "mol", charge);
        if (exchange.IsRestoring) Enter(k, control.Entered);
    }

    public override void Dispose()
    {
        system.Dispose();
        GC.SuppressFinalize(this);
    }

    private static bool MustStep(ProblemControl control) => control.IsRunning && control.Time < control.Target;

    private void Enter(int k, double time) => (controls[k].Entered, controls[k].Corner) = (time, system.Enter(k, time));

    // All stages of one step of every problem that still has to step.
    private void Try()
    {
        double* u = Arrays.Vector(State), first = Arrays.Vector(FirstStage);
        for (int k = 0; k < T.Width; k++) (step[k], inverseStep[k]) = (0, 1);
        for (int k = 0; k < controls.Length; k++) time[k] = controls[k].Time;
        membrane.Begin();
        FaceFluxesAndRates(u, first);
        for (int k = 0; k < controls.Length; k++)
        {
            controls[k].Step = MustStep(controls[k]) ? Plan(k, u, first) : 0;
            step[k] = controls[k].Step;
            if (step[k] != 0) inverseStep[k] = 1 / (step[k] * method.Gamma);
        }
        FluxReduction<T>.Factorise(Arrays, system.Reductions, inverseStep);
        PrepareMembrane(u);
        for (int i = 0; i < method.Stages; i++) Stage(i, u);
    }

    private void FaceFluxesAndRates(double* u, double* rate)
    {
        system.Fluxes(u, linearise: true);
        system.Balance(u, rate, time);
    }

    private double* Columns => Arrays.Vector(FirstStage + method.Stages);

    private void PrepareMembrane(double* u)
    {
        if (membrane.Columns == 0) return;
        new Span<double>(Columns, (int)(membrane.Columns * Arrays.VectorLength)).Clear();
        membrane.Linearise(u, time, inverseStep, Columns, Arrays.VectorLength);
        for (int j = 0; j < membrane.Columns; j++) FluxReduction<T>.Solve(Arrays, system.Reductions, Columns + j * Arrays.VectorLength);
        membrane.Factorise(Columns);
    }

    private void Stage(int i, double* u)
    {
        double* stage = Arrays.Vector(FirstStage + i), argument = Arrays.Vector(Argument);
        for (int k = 0; k < controls.Length; k++)
            stageTime[k] = i == 0 ? controls[k].Time : controls[k].Time + method.Alpha[i] * controls[k].Step;
        if (i > 0)
        {
            Combine(u, method.A[i], argument);
            membrane.Combine(i);
            system.Rates(argument, stage, stageTime);
            AddMass(stage, method.C[i]);
        }
        membrane.Rates(i, inverseStep);
        if (method.GammaSum[i] != 0)
        {
            for (int k = 0; k < controls.Length; k++) scratch[k] = method.GammaSum[i] * controls[k].Step;
            for (int k = 0; k < controls.Length; k++) time[k] = controls[k].Time;
            system.AddTimeDerivative(stage, scratch, time);
            membrane.AddTimeDerivative(i, stage, scratch);
        }
        Solve(i, u, stage);
    }

    private void Solve(int i, double* u, double* stage)
    {
        long length = Arrays.VectorLength;
        double* right = Columns + membrane.Columns * length;
        membrane.AddStray(inverseStep, stage);
        if (membrane.Columns > 0) Unsafe.CopyBlock(right, stage, (uint)(length * sizeof(double)));
        FluxReduction<T>.Solve(Arrays, system.Reductions, stage);
        membrane.Stray(stage);
        if (membrane.Complete(i, Columns, stage, right))
        {
            FluxReduction<T>.Solve(Arrays, system.Reductions, right);
            membrane.Stray(right);
            for (int k = 0; k < controls.Length; k++)
            {
                if (!membrane.IsSolvedAgain(k)) continue;
                for (long e = k; e < length; e += T.Width) stage[e] = right[e];
            }
        }
        membrane.Finish(i, stage);
    }

    // target = u + sum of coefficient times stage.
    private void Combine(double* u, double[] coefficient, double* target)
    {
        fixed (double* row = coefficient) CellRows<T>.Combine(Arrays.View(), u, Arrays.Vector(FirstStage), row, coefficient.Length, target);
    }

    // stage += M sum of C U/h.
    private void AddMass(double* stage, double[] coefficient)
    {
        double* stages = Arrays.Vector(FirstStage);
        T inverse = T.Load(inverseStep) * T.Of(method.Gamma);
        fixed (double* row = coefficient) CellRows<T>.AddMass(Arrays.View(), stages, row, coefficient.Length, inverse, stage);
        for (int k = 0; k < controls.Length; k++)
            for (int j = 0; j < coefficient.Length; j++)
                system.Ends(k).AddMass(stages + j * Arrays.VectorLength, stage, coefficient[j] * inverseStep[k] * method.Gamma);
    }

    // The step to try; after a start or a corner it is a hundredth of the time in which the rates change the state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Plan(int k, double* u, double* rate)
    {
        ProblemControl control = controls[k];
        if (settings.Step is { } given)
        {
            double remaining = control.Stop - control.Time;
            return Math.Min(StepPlan.Equal(given, remaining), control.LongestStep);
        }
        if (control.LastStep == 0 && double.IsNaN(control.Proposal))
        {
            double fastest = 0;
            for (int i = 1; i <= Arrays.Cells; i++)
            {
                double volume = Arrays.Volume[i * T.Width + k];
                for (int s = 0; s < Arrays.Species; s++)
                {
                    long e = system.At(i, s, k);
                    fastest = Math.Max(fastest, Math.Abs(rate[e]) / (volume * (Math.Abs(u[e]) + settings.AbsoluteTolerance)));
                }
            }
            control.Proposal = Math.Min(control.Stop - control.Time, 0.01 / Math.Max(fastest, 1e-300));
        }
        return Math.Min(control.Landing(control.Proposal), control.LongestStep);
    }

    private void Judge()
    {
        errors.Assess(Arrays.Vector(State), Arrays.Vector(Argument), Arrays.Vector(FirstStage + method.Stages - 1));
        bool any = false;
        for (int k = 0; k < T.Width; k++) scratch[k] = 0;
        for (int k = 0; k < controls.Length; k++)
        {
            if (controls[k].Step == 0) continue;
            controls[k].Evaluations += method.Stages;
            scratch[k] = IsAccepted(k) ? 1 : 0;
            any |= scratch[k] != 0;
        }
        if (!any) return;
        TakeAccepted();
        for (int k = 0; k < controls.Length; k++)
            if (scratch[k] != 0) Accept(k);
    }

    private bool IsAccepted(int k)
    {
        ProblemControl control = controls[k];
        double error = Larger(errors.Of(k), membrane.Assess(k, settings.RelativeTolerance));
        bool finite = double.IsFinite(error), negative = finite && errors.IsNegative(k);
        if (settings.Step is not null && finite) error = 0;
        double factor = method.Factor(error);
        if (finite && !negative && error <= 1)
        {
            control.LongestStep = membrane.StepToBurst(k, control.Step);
            if (double.IsFinite(control.LongestStep))
            {
                control.Rejected++;
                return false;
            }
            // A step cut short to land says little about how long it could have been.
            double proposal = factor * control.Step;
            control.Proposal = control.Proposal > control.Step ? Math.Max(proposal, control.Proposal) : proposal;
            control.LastError = error;
            control.WorstError = Math.Max(control.WorstError, error);
            return true;
        }
        control.Rejected++;
        Outcome cause = !finite ? Outcome.NotFinite : negative ? Outcome.Negative : Outcome.StepTooSmall;
        control.Proposal = (!finite ? 0.1 : negative ? Math.Min(0.5, factor) : factor) * control.Step;
        if (settings.Step is not null || control.Time + 0.5 * control.Proposal == control.Time || !(control.Proposal >= 1e-30))
            control.Fail(cause, membrane.Dry(k) ?? (negative ? errors.NegativePlace(k, control.Problem) : errors.WorstPlace(k, control.Problem)));
        return false;
    }

    // Both ways of not being a number win.
    private static double Larger(double a, double b) => a >= b || double.IsNaN(a) ? a : b;

    private void Accept(int k)
    {
        ProblemControl control = controls[k];
        membrane.Accept(k);
        double* u = Arrays.Vector(State);
        // That of the start where nothing changes it, or the rounding of every step would add up in the reservoirs.
        double charge = standingCharge[k] ?? system.ClampCharge(k, u) - system.ReservoirCharge(k, u), correction = conservation[k].Restore(u, control.Step);
        charge += system.ReservoirCharge(k, u);
        control.MassCorrection = Math.Max(control.MassCorrection, correction);
        control.Advance();
        // Amounts that were put right by more than rounding have moved charge.
        if (correction > (membrane.Columns > 0 ? 0 : 1e-13)) system.Settle(k, u, control.Time, charge);
        if (membrane.BurstVolume(k) is { } volume)
        {
            control.Burst(volume);
            return;
        }
        if (control.Time < control.Corner) return;
        Enter(k, control.Time);
        system.Settle(k, u, control.Time, charge);
        control.ForgetHistory();
        control.Proposal = double.NaN;
    }

    // The accepted problems' trial states become their states.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeAccepted()
    {
        double* u = Arrays.Vector(State), next = Arrays.Vector(Argument);
        T isAccepted = T.Load(scratch), zero = T.Of(0.0);
        for (long e = 0; e < Arrays.VectorLength; e += T.Width)
            T.Store(T.Where(-isAccepted, zero, T.Load(next + e), T.Load(u + e)), u + e);
    }
}
