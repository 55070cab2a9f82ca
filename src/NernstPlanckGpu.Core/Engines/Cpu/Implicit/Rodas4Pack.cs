using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Adaptive Rosenbrock steps of a pack, concentrations and potential coupled; every problem has its own step and verdict.</summary>
internal sealed unsafe class Rodas4Pack<T> : CpuPack
    where T : unmanaged, ILane<T>
{
    // Vectors of unknowns: the state, the argument of a stage, then one per stage.
    private const int State = 0, Argument = 1, FirstStage = 2;

    private readonly Rosenbrock method;
    private readonly TimeSettings settings;
    private readonly ImplicitSystem<T> system;
    private readonly ProblemControl[] controls;
    private readonly Conservation[] conservation;
    private readonly double[] time, stageTime;
    private readonly double[] memory;
    private readonly double* step, inverseStep, scratch;

    public Rodas4Pack(IReadOnlyList<ProblemControl> problems, TimeSettings settings, Rosenbrock method)
    {
        (this.method, this.settings) = (method, settings);
        controls = [.. problems];
        system = new([.. problems.Select(control => control.Problem)], FirstStage + method.Stages);
        (time, stageTime) = (new double[controls.Length], new double[controls.Length]);
        memory = GC.AllocateArray<double>(3 * T.Width, pinned: true);
        step = (double*)Unsafe.AsPointer(ref memory[0]);
        inverseStep = step + T.Width;
        scratch = step + 2 * T.Width;
        double* u = Arrays.Vector(State);
        for (int k = 0; k < T.Width; k++) system.LoadConcentrations(k, u);
        for (int k = 0; k < controls.Length; k++)
        {
            controls[k].Corner = system.Enter(k, 0);
            system.Settle(k, u, 0, InitialClampCharge(k));
        }
        conservation = [.. controls.Select((control, k) => new Conservation(control.Problem, Arrays, k, u))];
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
            for (int k = 0; k < controls.Length; k++)
                if (controls[k].Step != 0) Judge(k);
            if (afterStep is null) continue;
            foreach (ProblemControl control in controls)
                if (control.Step != 0) afterStep(control.Status);
        }
    }

    public override void Read(ProblemControl control, StateView state) =>
        system.Read(Array.IndexOf(controls, control), Arrays.Vector(State), [.. controls.Select(c => c.Time)], state);

    public override void Dispose()
    {
        system.Dispose();
        GC.SuppressFinalize(this);
    }

    private static bool MustStep(ProblemControl control) => control.IsRunning && control.Time < control.Target;

    // A current-clamped end starts uncharged, or with the charge of the state that the run starts from.
    private double InitialClampCharge(int k)
    {
        if (controls[k].Problem.Problem.Initial is not CellsInitialState cells) return 0;
        return system.Ends(k).Left.Kind == ElectricKind.Current ? cells.LeftCharge : system.RightCharge(k, cells.LeftCharge);
    }

    // All stages of one step of every problem that still has to step.
    private void Try()
    {
        double* u = Arrays.Vector(State), first = Arrays.Vector(FirstStage);
        for (int k = 0; k < T.Width; k++) (step[k], inverseStep[k]) = (0, 1);
        for (int k = 0; k < controls.Length; k++) time[k] = controls[k].Time;
        FaceFluxesAndRates(u, first);
        for (int k = 0; k < controls.Length; k++)
        {
            controls[k].Step = MustStep(controls[k]) ? Plan(k, u, first) : 0;
            step[k] = controls[k].Step;
            if (step[k] != 0) inverseStep[k] = 1 / (step[k] * method.Gamma);
        }
        system.LineariseEnds(inverseStep);
        BlockTridiagonal<T>.Factorise(Arrays, inverseStep);
        for (int i = 0; i < method.Stages; i++) Stage(i, u);
    }

    private void FaceFluxesAndRates(double* u, double* rate)
    {
        FaceFluxes<T>.Linearise(Arrays, u);
        system.Balance(u, rate, time);
    }

    private void Stage(int i, double* u)
    {
        double* stage = Arrays.Vector(FirstStage + i), argument = Arrays.Vector(Argument);
        for (int k = 0; k < controls.Length; k++)
            stageTime[k] = i == 0 ? controls[k].Time : controls[k].Time + method.Alpha[i] * controls[k].Step;
        if (i > 0)
        {
            Combine(u, method.A[i], argument);
            system.Rates(argument, stage, stageTime);
            AddMass(stage, method.C[i]);
        }
        if (method.GammaSum[i] != 0)
        {
            for (int k = 0; k < controls.Length; k++) scratch[k] = method.GammaSum[i] * controls[k].Step;
            for (int k = 0; k < controls.Length; k++) time[k] = controls[k].Time;
            system.AddTimeDerivative(stage, scratch, time);
        }
        BlockTridiagonal<T>.Solve(Arrays, stage);
    }

    // target = u + sum of coefficient times stage.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(double* u, double[] coefficient, double* target)
    {
        long length = Arrays.VectorLength;
        double* stages = Arrays.Vector(FirstStage);
        for (long e = 0; e < length; e += T.Width)
        {
            T sum = T.Load(u + e);
            double* stage = stages + e;
            for (int j = 0; j < coefficient.Length; j++, stage += length) sum = T.MultiplyAdd(T.Of(coefficient[j]), T.Load(stage), sum);
            T.Store(sum, target + e);
        }
    }

    // stage += M sum of C U/h.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddMass(double* stage, double[] coefficient)
    {
        int m = Arrays.Size, w = T.Width, species = Arrays.Species, cells = Arrays.Cells;
        long length = Arrays.VectorLength;
        double* stages = Arrays.Vector(FirstStage), volumes = Arrays.Volume;
        T inverse = T.Load(inverseStep) * T.Of(method.Gamma);
        for (int i = 1; i <= cells; i++)
        {
            T volume = T.Load(volumes + (long)i * w) * inverse;
            for (int s = 0; s < species; s++)
            {
                long e = ((long)i * m + s) * w;
                T sum = T.Of(0.0);
                double* each = stages + e;
                for (int j = 0; j < coefficient.Length; j++, each += length) sum = T.MultiplyAdd(T.Of(coefficient[j]), T.Load(each), sum);
                T.Store(T.MultiplyAdd(volume, sum, T.Load(stage + e)), stage + e);
            }
        }
        for (int k = 0; k < controls.Length; k++)
            for (int j = 0; j < coefficient.Length; j++)
                system.Ends(k).AddMass(stages + j * length, stage, coefficient[j] * inverseStep[k] * method.Gamma);
    }

    // The step to try; after a start or a corner it is a hundredth of the time in which the rates change the state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Plan(int k, double* u, double* rate)
    {
        ProblemControl control = controls[k];
        if (settings.Step is { } given)
        {
            double remaining = control.Stop - control.Time;
            return remaining / Math.Ceiling(remaining / given - 1e-6);
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
        return control.Landing(control.Proposal);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Judge(int k)
    {
        ProblemControl control = controls[k];
        control.Evaluations += method.Stages;
        double* u = Arrays.Vector(State), next = Arrays.Vector(Argument), last = Arrays.Vector(FirstStage + method.Stages - 1);
        for (long e = k; e < Arrays.VectorLength; e += T.Width) next[e] += last[e];
        (double error, int worst, bool negative) = Assess(k, u, next, last);
        bool finite = double.IsFinite(error);
        if (settings.Step is not null && finite) error = 0;
        if (finite && !negative && error <= 1)
        {
            Accept(k, error, u, next);
            return;
        }
        control.Rejected++;
        Outcome cause = !finite ? Outcome.NotFinite : negative ? Outcome.Negative : Outcome.StepTooSmall;
        double shrink = !finite ? 0.1 : negative ? Math.Min(0.5, method.Factor(error)) : method.Factor(error);
        control.Proposal = shrink * control.Step;
        if (settings.Step is not null || control.Time + 0.5 * control.Proposal == control.Time || !(control.Proposal >= 1e-30))
            control.Fail(cause, Where(control.Problem, worst));
    }

    private string Where(DiscreteProblem problem, int row)
    {
        int cell = Math.Clamp(row / Arrays.Size - 1, 0, Arrays.Cells - 1), species = row % Arrays.Size;
        string name = problem.Problem.Species[Arrays.Shape.Order[Math.Min(species, Arrays.Species - 1)]].Name;
        return FormattableString.Invariant($"the largest error was in the continuity of {name} at {problem.Place(cell)}");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Accept(int k, double error, double* u, double* next)
    {
        ProblemControl control = controls[k];
        double factor = method.Factor(error);
        // A step cut short to land says little about how long it could have been; the first after a rejection does not grow.
        double proposal = factor * control.Step;
        control.Proposal = control.Proposal > control.Step ? Math.Max(proposal, control.Proposal) : proposal;
        control.LastError = error;
        control.WorstError = Math.Max(control.WorstError, error);
        for (long e = k; e < Arrays.VectorLength; e += T.Width) u[e] = next[e];
        control.MassCorrection = Math.Max(control.MassCorrection, conservation[k].Restore(u));
        control.Advance();
        if (control.Time < control.Corner) return;
        double charge = system.ClampCharge(k, u);
        control.Corner = system.Enter(k, control.Time);
        system.Settle(k, u, control.Time, charge);
        control.ForgetHistory();
        control.Proposal = double.NaN;
    }

    // Scaled error (root mean square over species and cells), the row where it is largest, and whether anything became negative.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Error, int Worst, bool Negative) Assess(int k, double* u, double* next, double* error)
    {
        double sum = 0, largestError = -1, relative = settings.RelativeTolerance, absolute = settings.AbsoluteTolerance;
        int worst = 0, stride = Arrays.Size * T.Width, cells = Arrays.Cells;
        bool negative = false;
        for (int s = 0; s < Arrays.Species; s++)
        {
            double lowest = 0, highest = 0;
            long e = system.At(1, s, k);
            for (int i = 1; i <= cells; i++, e += stride)
            {
                double size = Math.Max(Math.Abs(u[e]), Math.Abs(next[e]));
                double scaled = error[e] / (relative * (size + absolute));
                sum += scaled * scaled;
                lowest = Math.Min(lowest, next[e]);
                highest = Math.Max(highest, next[e]);
                if (Math.Abs(scaled) <= largestError) continue;
                (largestError, worst) = (Math.Abs(scaled), i * Arrays.Size + s);
            }
            negative |= lowest < -Rkc2.NegativeLimit * highest;
        }
        return (Math.Sqrt(sum / ((double)cells * Arrays.Species)), worst, negative);
    }
}
