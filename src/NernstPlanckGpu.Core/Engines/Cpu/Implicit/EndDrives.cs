using NernstPlanckGpu.Core.Discretisation;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>Conditions of both ends of a problem, ions in the pack's order, and the waveforms behind them.</summary>
internal sealed class EndDrives
{
    public EndDrives(DiscreteProblem problem, int[] order)
    {
        double[] area = problem.FaceAreas();
        Left = new(problem, isLeft: true, area[0]);
        Right = new(problem, isLeft: false, area[^1]);
        LeftIons = [.. order.Select(s => IonEnd.Of(problem.Problem.Left.Ions[s], area[0], problem.LeftGhostInverseVolume[s]))];
        RightIons = [.. order.Select(s => IonEnd.Of(problem.Problem.Right.Ions[s], area[^1], problem.RightGhostInverseVolume[s]))];
    }

    public ElectricEnd Left { get; }

    public ElectricEnd Right { get; }

    public IonEnd[] LeftIons { get; }

    public IonEnd[] RightIons { get; }

    /// <summary>Enters the pieces that hold from a time on; returns the next corner.</summary>
    public double Enter(double time)
    {
        double corner = Math.Min(Left.Enter(time), Right.Enter(time));
        foreach (IonEnd ion in LeftIons.Concat(RightIons))
            if (ion.Prescribed is { } drive) corner = Math.Min(corner, drive.Enter(time));
        return corner;
    }

    /// <summary>Copies the pieces that hold: left ions, left potential, right ions, right potential; <see cref="DriveState.Length"/> numbers each.</summary>
    public void CopyTo(Span<double> target)
    {
        target.Clear();
        int species = LeftIons.Length, side = (species + 1) * DriveState.Length;
        for (int s = 0; s < species; s++)
        {
            LeftIons[s].Prescribed?.CopyTo(target[(s * DriveState.Length)..]);
            RightIons[s].Prescribed?.CopyTo(target[(side + s * DriveState.Length)..]);
        }
        Left.CopyTo(target[(species * DriveState.Length)..]);
        Right.CopyTo(target[(side + species * DriveState.Length)..]);
    }
}
