using NernstPlanckGpu.Core.Engines.Cpu.Membrane;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>What the mechanisms of one problem see of its unknowns: concentrations and drop, at the ends and beside the membrane.</summary>
internal sealed unsafe class MembraneSight(ImplicitArrays a, MembraneMechanisms mechanisms, int k, int leftCell, int rightCell)
{
    private double leftFactor = 1, rightFactor = 1;

    /// <summary>Takes the relative volumes of the reservoirs where a step is linearised.</summary>
    public void Linearise(double leftVolume, double rightVolume) => (leftFactor, rightFactor) = (1 / leftVolume, 1 / rightVolume);

    /// <summary>What is seen of a state; ghosts hold amounts over initial volumes.</summary>
    public void See(double* u, double leftVolume, double rightVolume, Span<double> target)
    {
        See(MechanismView.Ends, 0, a.Blocks - 1, 1 / leftVolume, 1 / rightVolume, u, target);
        See(MechanismView.Faces, leftCell, rightCell, 1, 1, u, target);
    }

    /// <summary>What is seen of a change of the state, v dc in the ghosts, where the step was linearised.</summary>
    public void SeeChange(double* x, Span<double> target)
    {
        See(MechanismView.Ends, 0, a.Blocks - 1, leftFactor, rightFactor, x, target);
        See(MechanismView.Faces, leftCell, rightCell, 1, 1, x, target);
    }

    private void See(MechanismView view, int left, int right, double byLeft, double byRight, double* x, Span<double> target)
    {
        for (int s = 0; s < a.Species; s++)
        {
            target[mechanisms.Inside(view, s)] = x[At(left, s)] * byLeft;
            target[mechanisms.Outside(view, s)] = x[At(right, s)] * byRight;
        }
        target[mechanisms.Drop(view)] = x[At(left, a.Species)] - x[At(right, a.Species)];
    }

    private long At(int block, int row) => ((long)block * a.Size + row) * a.Problems + k;
}
