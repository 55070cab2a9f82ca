using NernstPlanckGpu.Core.Engines.Cpu.Membrane;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>What the mechanisms of one problem see of its unknowns: concentrations and drop, at the ends and beside the membrane.</summary>
internal sealed unsafe class BlockSight
{
    private readonly ImplicitArrays a;
    private readonly MembraneMechanisms mechanisms;
    private readonly int k, leftCell, rightCell;
    // Blocks whose concentrations stand for those of the ends: ghosts of baths and reservoirs, else the outermost cells.
    private readonly int[] leftEnd, rightEnd;
    private double leftFactor = 1, rightFactor = 1;

    public BlockSight(ImplicitArrays arrays, MembraneMechanisms mechanisms, EndRows ends, int k, int leftCell, int rightCell)
    {
        (a, this.mechanisms, this.k, this.leftCell, this.rightCell) = (arrays, mechanisms, k, leftCell, rightCell);
        leftEnd = [.. ends.LeftIons.Select(ion => ion.IsBath || ion.IsReservoir ? 0 : 1)];
        rightEnd = [.. ends.RightIons.Select(ion => ion.IsBath || ion.IsReservoir ? a.Blocks - 1 : a.Blocks - 2)];
    }

    /// <summary>Takes the relative volumes of the reservoirs where a step is linearised.</summary>
    public void Linearise(double leftVolume, double rightVolume) => (leftFactor, rightFactor) = (1 / leftVolume, 1 / rightVolume);

    /// <summary>What is seen of a state; ghosts hold amounts over initial volumes.</summary>
    public void See(double* u, double leftVolume, double rightVolume, Span<double> target)
    {
        SeeEnds(1 / leftVolume, 1 / rightVolume, u, target);
        SeeFaces(u, target);
    }

    /// <summary>What is seen of a change of the state, v dc in the ghosts, where the step was linearised.</summary>
    public void SeeChange(double* x, Span<double> target)
    {
        SeeEnds(leftFactor, rightFactor, x, target);
        SeeFaces(x, target);
    }

    private void SeeEnds(double byLeft, double byRight, double* x, Span<double> target)
    {
        int last = a.Blocks - 1;
        for (int s = 0; s < a.Species; s++)
        {
            target[mechanisms.Inside(MechanismView.Ends, s)] = x[At(leftEnd[s], s)] * (leftEnd[s] == 0 ? byLeft : 1);
            target[mechanisms.Outside(MechanismView.Ends, s)] = x[At(rightEnd[s], s)] * (rightEnd[s] == last ? byRight : 1);
        }
        target[mechanisms.Drop(MechanismView.Ends)] = x[At(0, a.Species)] - x[At(last, a.Species)];
    }

    private void SeeFaces(double* x, Span<double> target)
    {
        for (int s = 0; s < a.Species; s++)
        {
            target[mechanisms.Inside(MechanismView.Faces, s)] = x[At(leftCell, s)];
            target[mechanisms.Outside(MechanismView.Faces, s)] = x[At(rightCell, s)];
        }
        target[mechanisms.Drop(MechanismView.Faces)] = x[At(leftCell, a.Species)] - x[At(rightCell, a.Species)];
    }

    private long At(int block, int row) => ((long)block * a.Size + row) * a.Problems + k;
}
