#if WITH_ILGPU
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Implicit;
using NernstPlanckGpu.Kernels.Steady;

namespace NernstPlanckGpu.Gpu.Steady;

/// <summary>
/// The numbers of one problem. An end's row is weight (v − psi) + charge − coupling (psi − psi of its cell): a prescribed potential has weight 1 and no
/// coupling, a Stern layer the weight 1/b of its capacitance, a charged wall none, and on an axis psi is the neighbour's.
/// </summary>
internal static class SteadyValues
{
    /// <summary>Writes them into a place of an interleaved array.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="family">Its family.</param>
    /// <param name="target">Receiver.</param>
    /// <param name="place">Place.</param>
    /// <param name="places">Places.</param>
    public static void Load(DiscreteProblem problem, SteadyFamily family, double[] target, int place, int places)
    {
        SteadyLayout layout = family.Group.Layout;
        PnpProblem p = problem.Problem;
        ElectricEnd left = End(problem, isLeft: true), right = End(problem, isLeft: false);
        Write(0, left, family.EndFields.Left);
        Write(SteadyLayout.RightEndAt, right, family.EndFields.Right);
        Set(SteadyLayout.CurrentAt, left.Kind == ElectricKind.Current ? left.At(0) : right.Kind == ElectricKind.Current ? right.At(0) : 0);
        int[] order = family.Group.Shape.Order;
        for (int s = 0; s < order.Length; s++)
        {
            Set(SteadyLayout.BathAt + s, Bath(p.Left.Ions[order[s]]));
            Set(SteadyLayout.BathAt + order.Length + s, Bath(p.Right.Ions[order[s]]));
        }
        if (family.Volumes is not { } volumes) return;
        double[][] initial = problem.InitialConcentration();
        for (int part = 0; part < family.Group.Parts.Count; part++)
        {
            int[] of = family.Group.Parts[part];
            double amount = 0;
            for (int i = of[1]; i <= of[2]; i++) amount += initial[order[of[0]]][i] * volumes[i - 1];
            Set(layout.AmountAt + part, amount);
        }

        void Set(int element, double value) => target[(long)element * places + place] = value;

        void Write(int at, ElectricEnd end, double field)
        {
            (double weight, double coupling, double potential, double charge) = end.Kind switch
            {
                ElectricKind.Potential => (1.0, 0.0, end.At(0), 0.0),
                ElectricKind.Stern => (1 / end.SternResistance, field, end.At(0), 0),
                ElectricKind.Charge => (0, field, 0, end.At(0)),
                ElectricKind.Axis => (0, 1, 0, 0),
                // A sought potential starts from 0, as on the CPU.
                _ => (1, 0, 0, 0),
            };
            (double Value, int Offset)[] items = [(weight, 0), (coupling, 1), (potential, 2), (charge, 3)];
            foreach ((double value, int offset) in items) Set(at + offset, value);
        }
    }

    private static ElectricEnd End(DiscreteProblem problem, bool isLeft)
    {
        AreaProfile area = AreaProfile.Of(problem.Problem.Geometry);
        var end = new ElectricEnd(problem, isLeft, area.Area(problem.Grid.Faces[isLeft ? 0 : problem.Cells]));
        _ = end.Enter(0);
        return end;
    }

    private static double Bath(IonBoundary ion) => ion is BathBoundary bath ? bath.Concentration.At(0) : 0;
}
#endif
