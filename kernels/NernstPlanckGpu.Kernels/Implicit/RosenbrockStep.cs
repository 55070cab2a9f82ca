using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Kernels.Implicit;

/// <summary>
/// One Rosenbrock step of one problem on a device: <c>RosenbrockPack</c> of the CPU for a single lane, of the same formulas. See <c>Rosenbrock</c> for the
/// form of the method.
/// </summary>
/// <typeparam name="TSize">Number of species.</typeparam>
internal static unsafe class RosenbrockStep<TSize>
    where TSize : unmanaged, IBlockSize
{
    /// <summary>Takes the potential from the charges again; after a corner, baths jump and what was learnt of step sizes is forgotten.</summary>
    public static ImplicitControl Settle(ImplicitArguments arguments, ImplicitView a, double* memory, ImplicitControl control)
    {
        if (control.Settles == ImplicitControl.Enters)
        {
            control.Segment += 1;
            (control.LastStep, control.LastError, control.Proposal) = (0, 0, 0);
        }
        control.Settles = 0;
        double* u = memory + arguments.Layout.State * a.Stride, free = memory + arguments.Layout.Argument * a.Stride;
        WaveformPieces.Prescribe(a, Pieces(arguments, a, memory, control), control.Time, rates: false);
        PoissonSolve<DeviceLane>.SetGhosts(a, u);
        PoissonSolve<DeviceLane>.Solve(a, u, new(control.Charge), free);
        return control;
    }

    /// <summary>Fluxes of the state.</summary>
    public static void Fluxes(ImplicitArguments arguments, ImplicitView a, double* memory, ImplicitControl control)
    {
        FacePass<DeviceLane>.Evaluate(a, memory + arguments.Layout.State * a.Stride, default(FluxesAlone));
        WaveformPieces.Prescribe(a, Pieces(arguments, a, memory, control), control.Time, rates: false);
        EndTerms<DeviceLane>.PutFluxes(a);
    }

    /// <summary>All stages of one step; returns its size, s.</summary>
    public static double Try(ImplicitArguments arguments, ImplicitView a, double* memory, double* table, ImplicitControl control, DeviceLane* scratch)
    {
        ImplicitLayout layout = arguments.Layout;
        int stages = layout.Stages;
        double* u = memory + layout.State * a.Stride, argument = memory + layout.Argument * a.Stride, first = memory + layout.FirstStage * a.Stride;
        double* tableau = table + a.Species + a.Groups, alpha = tableau + 2 * stages * stages;
        double* pieces = Pieces(arguments, a, memory, control);
        double step = 0, inverse = 1;
        for (int i = 0; i < stages; i++)
        {
            double* stage = first + i * a.VectorLength, row = tableau + i * stages, mass = row + stages * stages;
            CellRows<DeviceLane>.Combine(a, u, first, row, i, argument);
            FacePass<DeviceLane>.Evaluate(a, argument, new FluxesOrMore(i == 0));
            WaveformPieces.Prescribe(a, pieces, control.Time + alpha[i] * step, rates: false);
            EndTerms<DeviceLane>.PutFluxes(a);
            CellRows<DeviceLane>.Balance(a, argument, stage);
            EndTerms<DeviceLane>.Rates(a, argument, stage);
            if (i == 0)
            {
                step = Plan(arguments, a, u, stage, control, CornerOf(arguments, a, memory, control));
                inverse = 1 / (step * arguments.Gamma);
                EndElimination<DeviceLane>.Begin(a, default(Ideal), new(inverse), scratch);
                FluxElimination<DeviceLane>.Factorise(a, default(TSize), default(Ideal), new(inverse), scratch);
                EndElimination<DeviceLane>.Finish(a, new(inverse), scratch);
            }
            else
            {
                CellRows<DeviceLane>.AddMass(a, first, mass, i, new(inverse * arguments.Gamma), stage);
                for (int j = 0; j < i; j++)
                    EndTerms<DeviceLane>.AddMass(a, first + j * a.VectorLength, stage, new(mass[j] * inverse * arguments.Gamma));
            }
            double gamma = alpha[stages + i];
            if (gamma != 0)
            {
                WaveformPieces.Prescribe(a, pieces, control.Time, rates: true);
                EndTerms<DeviceLane>.AddTimeDerivative(a, stage, new(gamma * step));
            }
            EndElimination<DeviceLane>.SolveFirst(a, stage, scratch);
            FluxElimination<DeviceLane>.Forward(a, default(TSize), default(Ideal), stage, scratch);
            EndElimination<DeviceLane>.SolveLast(a, new(inverse), stage, scratch);
            FluxElimination<DeviceLane>.Back(a, default(TSize), stage, scratch);
        }
        return step;
    }

    /// <summary>Accepts the step or not, and proposes the next.</summary>
    public static ImplicitControl Judge(ImplicitArguments arguments, ImplicitView a, double* memory, ImplicitControl control, double step)
    {
        ImplicitLayout layout = arguments.Layout;
        double* u = memory + layout.State * a.Stride, trial = memory + layout.Argument * a.Stride;
        double* last = memory + layout.FirstStage * a.Stride + (layout.Stages - 1) * a.VectorLength;
        TrialError.Verdict verdict = TrialError.Assess(arguments, a, u, trial, last);
        control.Evaluations += layout.Stages;
        // Factors of what is no number are not used.
        double error = arguments.FixedStep > 0 || !verdict.IsFinite ? 0 : verdict.Error;
        double factor = RosenbrockControl.Factor(new DeviceLane(error), arguments.Order).Value;
        if (verdict.IsFinite && !verdict.IsNegative && error <= 1)
        {
            // A step cut short to land says little about how long it could have been.
            double proposal = factor * step;
            control.Proposal = control.Proposal > step && control.Proposal > proposal ? control.Proposal : proposal;
            control.LastError = error;
            if (error > control.WorstError) control.WorstError = error;
            return Accept(arguments, a, memory, control, step);
        }
        control.Rejected += 1;
        if (verdict.IsNegative && factor > 0.5) factor = 0.5;
        if (!verdict.IsFinite) factor = 0.1;
        control.Proposal = factor * step;
        // By selects: ILGPU 1.5.3 joins conditions as if what is not a number were not compared.
        double isLong = DeviceLane.Where(new(-control.Proposal), new(-1e-30), new(1), new(0)).Value;
        double moves = DeviceLane.Where(new(control.Time), new(control.Time + 0.5 * control.Proposal), new(1), new(0)).Value;
        if (arguments.FixedStep > 0 || isLong * moves < 0.5)
        {
            control.Outcome = !verdict.IsFinite ? ImplicitControl.NotFinite
                : verdict.IsNegative ? ImplicitControl.Negative : ImplicitControl.StepTooSmall;
        }
        return control;
    }

    private static ImplicitControl Accept(ImplicitArguments arguments, ImplicitView a, double* memory, ImplicitControl control, double step)
    {
        double* u = memory + arguments.Layout.State * a.Stride, trial = memory + arguments.Layout.Argument * a.Stride;
        for (int e = 0; e < a.VectorLength; e += a.Stride) u[e] = trial[e];
        double corner = CornerOf(arguments, a, memory, control), stop = control.Target < corner ? control.Target : corner;
        double charge = EndTerms<DeviceLane>.ClampCharge(a, u).Value - EndTerms<DeviceLane>.ClampReservoirCharge(a, u).Value;
        double correction = Restore(arguments, a, memory, u);
        charge += EndTerms<DeviceLane>.ClampReservoirCharge(a, u).Value;
        if (correction > control.MassCorrection) control.MassCorrection = correction;
        control.Time = step >= stop - control.Time ? stop : control.Time + step;
        control.LastStep = step;
        control.Accepted += 1;
        control.Charge = charge;
        // Amounts that were put right by more than rounding have moved charge.
        if (correction > 1e-13) control.Settles = ImplicitControl.Again;
        if (control.Time >= corner) control.Settles = ImplicitControl.Enters;
        return control;
    }

    // The step to try; after a start or a corner it is a hundredth of the time in which the rates change the state.
    private static double Plan(ImplicitArguments arguments, ImplicitView a, double* u, double* rate, ImplicitControl control, double corner)
    {
        double remaining = (control.Target < corner ? control.Target : corner) - control.Time, proposal = control.Proposal;
        if (arguments.FixedStep > 0) return StepPlan.Equal(arguments.FixedStep, remaining);
        if (proposal <= 0)
        {
            double fastest = 1e-300, poison = 0;
            for (int i = 1; i <= a.Cells; i++)
            {
                double volume = a.Volume[i * a.Stride];
                for (int s = 0; s < a.Species; s++)
                {
                    int e = a.At(i, s);
                    double speed = DeviceLane.Abs(new(rate[e])).Value / (volume * (DeviceLane.Abs(new(u[e])).Value + arguments.AbsoluteTolerance));
                    fastest = DeviceLane.Max(new(speed), new(fastest)).Value;
                    poison += 0 * speed;
                }
            }
            proposal = DeviceLane.Min(new(0.01 / fastest), new(remaining)).Value;
            // What is no number makes no step, and so the problem fails at once.
            remaining += poison;
            proposal += poison;
        }
        return RosenbrockControl.Landing(new DeviceLane(proposal), new(remaining)).Value;
    }

    // Scales every closed part to its amount; returns the largest relative correction.
    private static double Restore(ImplicitArguments arguments, ImplicitView a, double* memory, double* u)
    {
        double largest = 0;
        int w = a.Stride;
        for (int i = 0; i < arguments.Layout.Parts; i++)
        {
            double* part = memory + (arguments.Layout.Amounts + i * ImplicitLayout.Part) * w;
            double expected = part[0], leftVolume = part[4 * w], rightVolume = part[5 * w];
            if (expected <= 0) continue;
            int species = (int)part[w], first = (int)part[2 * w], last = (int)part[3 * w];
            double now = ClosedAmount<DeviceLane>.Of(a, u, species, first, last, leftVolume, rightVolume).Value;
            if (now <= 0 || now == expected) continue;
            DeviceLane factor = new(expected / now);
            largest = DeviceLane.Max(DeviceLane.Abs(factor - new DeviceLane(1)), new(largest)).Value;
            ClosedAmount<DeviceLane>.Scale(a, u, species, leftVolume > 0 ? 0 : first, rightVolume > 0 ? last + 1 : last, factor);
        }
        return largest;
    }

    private static double* Segment(ImplicitArguments arguments, ImplicitView a, double* memory, ImplicitControl control) =>
        memory + (arguments.Layout.Pieces + control.Segment * arguments.Layout.SegmentLength) * a.Stride;

    private static double* Pieces(ImplicitArguments arguments, ImplicitView a, double* memory, ImplicitControl control) =>
        Segment(arguments, a, memory, control) + a.Stride;

    private static double CornerOf(ImplicitArguments arguments, ImplicitView a, double* memory, ImplicitControl control) =>
        Segment(arguments, a, memory, control)[0];
}
