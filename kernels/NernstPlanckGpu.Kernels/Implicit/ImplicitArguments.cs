using ILGPU;

namespace NernstPlanckGpu.Kernels.Implicit;

/// <summary>What <see cref="ImplicitKernel"/> is given.</summary>
public struct ImplicitArguments
{
    /// <summary>Numbers of the problems, [tile][number][problem of the tile]; <see cref="ImplicitLayout"/>.</summary>
    public ArrayView<double> Memory { get; set; }

    /// <summary>Their clocks, [tile][number][problem of the tile]; <see cref="ImplicitControl"/>. Apart, since the host looks at them after every launch.</summary>
    public ArrayView<double> Controls { get; set; }

    /// <summary>What the problems share: valences, |z| of each group, then the tableau: A by rows of as many as stages, C, alpha, gamma.</summary>
    public ArrayView<double> Table { get; set; }

    /// <summary>Interface at each face or −1, then the first species after each group of equal |z|.</summary>
    public ArrayView<int> Indices { get; set; }

    /// <summary>Layout.</summary>
    public ImplicitLayout Layout { get; set; }

    /// <summary>Groups of equal |z|.</summary>
    public int Groups { get; set; }

    /// <summary>Order of the method.</summary>
    public int Order { get; set; }

    /// <summary>Diagonal coefficient of the method.</summary>
    public double Gamma { get; set; }

    /// <summary>rtol.</summary>
    public double RelativeTolerance { get; set; }

    /// <summary>atol, mol/m³.</summary>
    public double AbsoluteTolerance { get; set; }

    /// <summary>Fixed step, s; 0: adaptive.</summary>
    public double FixedStep { get; set; }

    /// <summary>Accepted and rejected steps after which a problem ends.</summary>
    public double MaximumSteps { get; set; }

    /// <summary>Steps to try in one launch.</summary>
    public int Budget { get; set; }
}
