using System.Runtime.CompilerServices;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>Concentrations and fluxes of a thread's problem in the potential that stands there.</summary>
internal static unsafe class SteadyTransportPass
{
    /// <summary>Potential of the stack without any charge: the ends' displacement goes through all resistances in series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StartUncharged(SteadyThread p)
    {
        int n = p.Layout.Cells, right = SteadyLayout.RightEndAt;
        double leftWeight = p.Value(0), rightWeight = p.Value(right), leftPotential = p.Value(2), rightPotential = p.Value(right + 2);
        double resistance = 0;
        for (int f = 0; f <= n; f++) resistance += Resistance(p, f);
        // A coupled electrode has a Stern layer in series.
        resistance += p.Value(1) > 0 && leftWeight > 0 ? 1 / leftWeight : 0;
        resistance += p.Value(right + 1) > 0 && rightWeight > 0 ? 1 / rightWeight : 0;
        double displacement = leftWeight > 0 && rightWeight > 0 && resistance > 0 ? (leftPotential - rightPotential) / resistance : 0;
        double start = rightWeight > 0 ? rightPotential : leftPotential;
        double psi = leftWeight > 0 ? leftPotential - (p.Value(1) > 0 ? displacement / leftWeight : 0) : start;
        for (int f = 0; f <= n; f++)
        {
            *p.Potential(f) = psi;
            psi -= Resistance(p, f) * displacement;
        }
        *p.Potential(n + 1) = psi;
        int species = p.Layout.Species;
        for (int s = 0; s < species; s++)
        {
            *p.Concentration(0, s) = p.Value(SteadyLayout.BathAt + s);
            *p.Concentration(n + 1, s) = p.Value(SteadyLayout.BathAt + species + s);
        }
    }

    /// <summary>Coefficients a and b of every face, or the slopes g of the concentrations that stand there.</summary>
    /// <param name="p">Problem.</param>
    /// <param name="slopes">True for g alone.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Linearise(SteadyThread p, bool slopes)
    {
        int species = p.Layout.Species;
        for (int f = 0; f <= p.Layout.Cells; f++)
        {
            DeviceLane drop = new(*p.Potential(f) - *p.Potential(f + 1)), bernoulli = new(1.0);
            int face = p.Structure[f];
            double magnitude = -1;
            for (int s = 0; s < species; s++)
            {
                DeviceLane z = new(p.Valence(s)), left = new(*p.Concentration(f, s)), right = new(*p.Concentration(f + 1, s));
                ScharfetterGummel.Linear<DeviceLane> linear;
                if (face >= 0) linear = Interface(p, face, s, drop, left, right);
                else
                {
                    // Species of one |z| stand together and share it.
                    double own = DeviceLane.Abs(z).Value;
                    if (own != magnitude) bernoulli = Bernoulli.OfMagnitude(new DeviceLane(own) * drop);
                    magnitude = own;
                    linear = ScharfetterGummel.Linearise(
                        new DeviceLane(p.Constant(f * species + s)), bernoulli, ScharfetterGummel.Drive(z, drop), z, left, right);
                }
                int at = f * species + s;
                if (slopes) *p.At(p.Layout.SlopeAt + at) = linear.Slope.Value;
                else
                {
                    *p.At(p.Layout.LeftAt + at) = linear.Left.Value;
                    *p.At(p.Layout.RightAt + at) = linear.Right.Value;
                }
            }
        }
    }

    /// <summary>Solves the continuity equations.</summary>
    /// <param name="p">Problem.</param>
    /// <returns>False where a concentration is negative or no number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Solve(SteadyThread p)
    {
        Linearise(p, slopes: false);
        int n = p.Layout.Cells, species = p.Layout.Species;
        int stride = species * p.Stride;
        for (int s = 0; s < species; s++) *p.At(p.Layout.FluxAt + s) = 0;
        for (int part = 0; part < p.Layout.Parts; part++)
        {
            int s = p.Part(part, 0), first = p.Part(part, 1), last = p.Part(part, 2), kind = p.Part(part, 3);
            double* left = p.At(p.Layout.LeftAt + s), right = p.At(p.Layout.RightAt + s), c = p.Concentration(0, s);
            double amount = p.Value(p.Layout.AmountAt + part);
            if (kind == SteadyLayout.Through)
            {
                *p.At(p.Layout.FluxAt + s) = SteadyChain.Through(n, left, right, stride, c, stride, default(NoFeed), out int meeting);
                p.Meeting[s] = meeting;
            }
            else if (kind == SteadyLayout.BesideLeft) SteadyChain.FromLeft(0, last - 1, left, right, stride, c, stride, 0, default(NoFeed));
            else if (kind == SteadyLayout.BesideRight) SteadyChain.FromRight(n, first, left, right, stride, c, stride, 0, default(NoFeed));
            else SteadyChain.Closed(first, last, amount, left, right, stride, c, stride, new ThreadVolumes(p));
        }
        return ArePossible(p);
    }

    // By select, since a comparison with what is not a number is not to be trusted to a branch.
    private static bool ArePossible(SteadyThread p)
    {
        DeviceLane zero = new(0.0), one = new(1.0), bad = zero;
        int last = (p.Layout.Cells + 1) * p.Layout.Species;
        for (int i = p.Layout.Species; i < last; i++)
        {
            DeviceLane c = new(*p.At(p.Layout.ConcentrationAt + i));
            bad += DeviceLane.Where(c, new(double.MaxValue), DeviceLane.Where(c, zero, one, zero), one);
        }
        return bad.Value < 0.5;
    }

    private static double Resistance(SteadyThread p, int face) => p.Field(face) > 0 ? 1 / p.Field(face) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ScharfetterGummel.Linear<DeviceLane> Interface(SteadyThread p, int index, int s, DeviceLane drop, DeviceLane left, DeviceLane right)
    {
        int next = p.Layout.Interfaces * p.Layout.Species, at = p.Layout.InterfaceAt + index * p.Layout.Species + s;
        return InterfaceFlux.Linearise<DeviceLane>(
            new(p.Constant(at)), new(p.Constant(at + next)), new(p.Constant(at + 2 * next)), new(p.Constant(at + 3 * next)), drop,
            new(p.Constant(at + 4 * next)), new(p.Constant(at + 5 * next)), left, right);
    }
}
