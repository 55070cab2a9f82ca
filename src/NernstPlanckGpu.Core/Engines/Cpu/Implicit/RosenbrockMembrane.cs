using NernstPlanckGpu.Core.Engines.Cpu.Membrane;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The mechanisms of a pack in Rosenbrock steps: their states and what they moved go through the same stages as the blocks, and every solution
/// of the blocks is completed by theirs. Nothing happens where there are none.
/// </summary>
internal sealed unsafe class RosenbrockMembrane
{
    private readonly IReadOnlyList<MembraneBorder> borders;
    private readonly Rosenbrock method;
    private readonly double[][][] stages;
    private readonly double[][] trial;
    private readonly bool[] again;

    public RosenbrockMembrane(IReadOnlyList<MembraneBorder> borders, Rosenbrock method)
    {
        (this.borders, this.method) = (borders, method);
        stages = [.. borders.Select(border => Enumerable.Range(0, method.Stages).Select(_ => new double[border.Extras]).ToArray())];
        again = new bool[borders.Count];
        trial = [.. borders.Select(border => new double[border.Extras])];
    }

    /// <summary>Columns to be solved per step.</summary>
    public int Columns => borders.Count == 0 ? 0 : borders[0].Columns;

    /// <summary>Fluxes and rates are taken at the states.</summary>
    public void Begin()
    {
        foreach (MembraneBorder border in borders) border.State.CopyTo(border.Argument, 0);
    }

    /// <summary>Takes the derivatives at the states, and writes the columns of P and E, which are 0.</summary>
    public void Linearise(double* u, double[] time, double* inverseStep, double* columns, long length)
    {
        for (int k = 0; k < borders.Count; k++)
        {
            borders[k].Linearise(u, time[k], inverseStep[k]);
            for (int j = 0; j < Columns; j++) borders[k].AddColumn(j, 1, columns + j * length);
        }
    }

    /// <summary>Factorises; the columns are solved.</summary>
    public void Factorise(double* columns)
    {
        for (int k = 0; k < borders.Count; k++) borders[k].Factorise(columns);
    }

    /// <summary>Arguments of stage i.</summary>
    public void Combine(int i)
    {
        for (int k = 0; k < borders.Count; k++)
        {
            double[] argument = borders[k].Argument;
            borders[k].State.CopyTo(argument, 0);
            for (int j = 0; j < i; j++) Add(argument, method.A[i][j], stages[k][j]);
        }
    }

    /// <summary>Right-hand sides of stage i, from the fluxes that were taken last.</summary>
    public void Rates(int i, double* inverseStep)
    {
        for (int k = 0; k < borders.Count; k++)
        {
            borders[k].Rates(stages[k][i]);
            for (int j = 0; j < i; j++) Add(stages[k][i], method.C[i][j] * method.Gamma * inverseStep[k], stages[k][j]);
        }
    }

    /// <summary>Adds h gamma_i times the derivative by time to blocks and extras.</summary>
    public void AddTimeDerivative(int i, double* stage, double* factor)
    {
        for (int k = 0; k < borders.Count; k++) borders[k].AddTimeDerivative(stage, stages[k][i], factor[k]);
    }

    /// <summary>Takes what strays at the end faces of swelling reservoirs out of the right-hand side; before it is solved.</summary>
    public void AddStray(double* inverseStep, double* stage)
    {
        for (int k = 0; k < borders.Count; k++)
        {
            if (!borders[k].Layout.HasWater) continue;
            borders[k].Swelling.MeasureStray();
            borders[k].Swelling.AddStray(inverseStep[k], stage);
        }
    }

    /// <summary>Gives it to a solution.</summary>
    public void Stray(double* x)
    {
        foreach (MembraneBorder border in borders) border.Swelling.Stray(x);
    }

    /// <summary>Completes the solution of stage i; true when some problem has to be solved again, with what the mechanisms give it.</summary>
    /// <param name="i">Stage.</param>
    /// <param name="columns">Solved columns.</param>
    /// <param name="stage">Solution of the blocks alone; then of all.</param>
    /// <param name="right">Right-hand side of the blocks; then with j and y where they are to be solved for.</param>
    public bool Complete(int i, double* columns, double* stage, double* right)
    {
        bool any = false;
        for (int k = 0; k < borders.Count; k++)
        {
            again[k] = borders[k].Complete(columns, stage, stages[k][i]);
            any |= again[k];
            if (again[k]) borders[k].AddSolved(right);
        }
        return any;
    }

    /// <summary>True where the second solution counts.</summary>
    public bool IsSolvedAgain(int k) => again[k];

    /// <summary>Makes what was moved in stage i, and amounts of what is in swelling reservoirs; its solution is complete.</summary>
    public void Finish(int i, double* stage)
    {
        for (int k = 0; k < borders.Count; k++)
        {
            borders[k].Integrate(stage, stages[k][i]);
            borders[k].Swelling.Swell(stage, stages[k][i]);
        }
    }

    /// <summary>Largest scaled error of the states of problem k; makes its trial values.</summary>
    public double Assess(int k, double tolerance)
    {
        if (k >= borders.Count) return 0;
        double[] error = stages[k][^1];
        borders[k].Argument.CopyTo(trial[k], 0);
        Add(trial[k], 1, error);
        return borders[k].Error(error, trial[k], tolerance);
    }

    /// <summary>The trial values become the states of problem k.</summary>
    public void Accept(int k)
    {
        if (k < borders.Count) trial[k].CopyTo(borders[k].State, 0);
    }

    /// <summary>Longest step of problem k before its cell bursts, s, where a trial step goes beyond; else infinite.</summary>
    public double StepToBurst(int k, double step)
    {
        if (k >= borders.Count || borders[k].Burst is not { } limit) return double.PositiveInfinity;
        (double before, double after) = borders[k].Volume(trial[k]);
        return limit.LongestStep(before, after, step);
    }

    /// <summary>Relative volume of the reservoir inside of problem k where it has reached that at which it bursts; else null.</summary>
    public double? BurstVolume(int k)
    {
        if (k >= borders.Count || borders[k].Burst is not { } limit) return null;
        double volume = borders[k].Volume(borders[k].State).After;
        return limit.IsReached(volume) ? volume : null;
    }

    /// <summary>Which reservoir of problem k ran dry, where one did; null otherwise.</summary>
    public string? Dry(int k)
    {
        if (k >= borders.Count) return null;
        MembraneBorder border = borders[k];
        return Text(border.Layout.LeftVolumeState, "left") ?? Text(border.Layout.RightVolumeState, "right");

        string? Text(int state, string side) => state >= 0 && Math.Min(border.State[state], trial[k][state]) < DryVolume
            ? $"the {side} reservoir ran dry: water left it for the other side; give it a larger depth, or solutes that stay there" : null;
    }

    /// <summary>Relative volume below which a reservoir has run dry.</summary>
    private const double DryVolume = 1e-3;

    private static void Add(double[] target, double factor, double[] stage)
    {
        for (int e = 0; e < target.Length; e++) target[e] += factor * stage[e];
    }
}
