using System.Runtime.CompilerServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Integrators;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>What a trial step of a pack errs by, and whether its concentrations stayed positive; lanes run across problems.</summary>
internal sealed unsafe class RosenbrockError<T>
    where T : unmanaged, ILane<T>
{
    private readonly ImplicitSystem<T> system;
    private readonly TimeSettings settings;
    private readonly double[] memory;
    // [problem]; the extremes [species][problem]; 1 where a ghost is a reservoir [end][species][problem].
    private readonly double* errorSum, lowest, highest, reservoir;
    private double* state, trialState, estimates;

    public RosenbrockError(ImplicitSystem<T> system, TimeSettings settings)
    {
        (this.system, this.settings) = (system, settings);
        memory = GC.AllocateArray<double>((1 + 4 * Arrays.Species) * T.Width, pinned: true);
        errorSum = (double*)Unsafe.AsPointer(ref memory[0]);
        lowest = errorSum + T.Width;
        highest = lowest + Arrays.Species * T.Width;
        reservoir = highest + Arrays.Species * T.Width;
        for (int k = 0; k < T.Width; k++)
        {
            for (int s = 0; s < Arrays.Species; s++)
            {
                reservoir[s * T.Width + k] = system.Ends(k).LeftIons[s].IsReservoir ? 1 : 0;
                reservoir[(Arrays.Species + s) * T.Width + k] = system.Ends(k).RightIons[s].IsReservoir ? 1 : 0;
            }
        }
    }

    private ImplicitArrays Arrays => system.Arrays;

    /// <summary>Makes the trial state, its scaled error summed over species and cells, and its extremes by species; each problem in its place.</summary>
    /// <param name="u">State at the start.</param>
    /// <param name="next">Argument of the last stage; then the trial state.</param>
    /// <param name="error">Last stage: the error.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Assess(double* u, double* next, double* error)
    {
        state = u;
        trialState = next;
        estimates = error;
        int w = T.Width, species = Arrays.Species, size = Arrays.Size, last = Arrays.Cells;
        T relative = T.Of(settings.RelativeTolerance), absolute = T.Of(settings.AbsoluteTolerance), zero = T.Of(0.0), sum = zero;
        for (int s = 0; s < species; s++)
        {
            T.Store(zero, lowest + s * w);
            T.Store(zero, highest + s * w);
        }
        for (int i = 0; i <= last + 1; i++)
        {
            for (int r = 0; r < size; r++)
            {
                long e = ((long)i * size + r) * w;
                T estimate = T.Load(error + e), trial = T.Load(next + e) + estimate;
                T.Store(trial, next + e);
                if (r == species) continue;
                // Of the ghosts only reservoirs are integrated.
                bool isGhost = i == 0 || i > last;
                T counts = isGhost ? T.Load(reservoir + ((i == 0 ? 0 : species) + r) * w) : T.Of(1.0);
                T scaled = counts * CellRows<T>.ScaledError(estimate, T.Load(u + e), trial, relative, absolute);
                if (isGhost) trial *= counts;
                sum = T.MultiplyAdd(scaled, scaled, sum);
                T.Store(T.Min(T.Load(lowest + r * w), trial), lowest + r * w);
                T.Store(T.Max(T.Load(highest + r * w), trial), highest + r * w);
            }
        }
        T.Store(sum, errorSum);
    }

    /// <summary>
    /// Scaled error of problem k (1 is the tolerance): root mean square over species and cells, or that of the drop from end to end in units
    /// of RT/F if it is larger: where no end holds it, a small error of the concentrations is a large one of the current.
    /// </summary>
    public double Of(int k)
    {
        double mean = Math.Sqrt(errorSum[k] / ((double)Arrays.Cells * Arrays.Species));
        long first = system.At(0, Arrays.Species, k), last = system.At(Arrays.Blocks - 1, Arrays.Species, k);
        double drop = Math.Abs(estimates[first] - estimates[last])
            / (settings.RelativeTolerance * (Math.Abs(trialState[first] - trialState[last]) + 1));
        return mean >= drop || double.IsNaN(mean) ? mean : drop;
    }

    /// <summary>True when a concentration of problem k is negative by more than rounding.</summary>
    public bool IsNegative(int k)
    {
        for (int s = 0; s < Arrays.Species; s++)
            if (lowest[s * T.Width + k] < -Rkc2.NegativeLimit * highest[s * T.Width + k]) return true;
        return false;
    }

    /// <summary>Species and place of the most negative concentration of problem k, over the largest of its species.</summary>
    public string NegativePlace(int k, DiscreteProblem problem)
    {
        (double least, int block, int species) = (0, 1, 0);
        for (int s = 0; s < Arrays.Species; s++)
        {
            for (int i = 0; i < Arrays.Blocks; i++)
            {
                double share = trialState[system.At(i, s, k)] / highest[s * T.Width + k];
                if (share < least) (least, block, species) = (share, i, s);
            }
        }
        string place = block == 0 ? "in the left reservoir" : block == Arrays.Blocks - 1 ? "in the right reservoir" : $"at {problem.Place(block - 1)}";
        return $"{problem.Problem.Species[Arrays.Shape.Order[species]].Name} ran out {place}";
    }

    /// <summary>Cell and species of the largest scaled error of problem k.</summary>
    public string WorstPlace(int k, DiscreteProblem problem)
    {
        double* u = state, error = estimates;
        (double largest, int cell, int species) = (-1, 0, 0);
        for (int i = 1; i <= Arrays.Cells; i++)
        {
            for (int s = 0; s < Arrays.Species; s++)
            {
                double scaled = Math.Abs(error[system.At(i, s, k)]) / (Math.Abs(u[system.At(i, s, k)]) + settings.AbsoluteTolerance);
                if (scaled <= largest || double.IsNaN(largest)) continue;
                (largest, cell, species) = (scaled, i - 1, s);
            }
        }
        return $"the largest error was in the continuity of {problem.Problem.Species[Arrays.Shape.Order[species]].Name} at {problem.Place(cell)}";
    }
}
