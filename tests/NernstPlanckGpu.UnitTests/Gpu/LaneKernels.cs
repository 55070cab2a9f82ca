#if WITH_ILGPU
using ILGPU;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Membrane;
using NernstPlanckGpu.Kernels;
using NernstPlanckGpu.Kernels.Explicit;

namespace NernstPlanckGpu.Tests.Gpu;

/// <summary>Kernels that exist to see what ILGPU makes of lane operations and formulas.</summary>
internal static class LaneKernels
{
    /// <summary>Each operation that is more than an operator of C#.</summary>
    public static void Operations(Index1D index, ArrayView<double> x, ArrayView<double> y, ArrayView<double> result)
    {
        DeviceLane a = new(x[index]), b = new(y[index]);
        DeviceLane positive = DeviceLane.Max(DeviceLane.Abs(a), DeviceLane.Of(1e-300));
        DeviceLane bits = DeviceLane.PowerOfTwo(DeviceLane.Exponent(positive)) * DeviceLane.Mantissa(positive);
        DeviceLane chosen = DeviceLane.Where(a, b, DeviceLane.Min(a, b), DeviceLane.Sqrt(positive));
        result[index] = DeviceLane.MultiplyAdd(bits, chosen, -b).Value;
    }

    /// <summary>The formulas of a step that <see cref="FormulaCheckKernel"/> has not.</summary>
    public static void Step(Index1D index, ArrayView<double> x, ArrayView<double> y, ArrayView<double> result)
    {
        DeviceLane a = new(x[index]), b = new(y[index]);
        var stage = Chebyshev<DeviceLane>.Begin(a);
        stage.Next();
        DeviceLane flux = ScharfetterGummel.Flux(stage.Mu, stage.Nu, b, stage.MuTilde, stage.GammaTilde);
        DeviceLane rate = SpectralBound.Relaxation(a, flux, b, a, Ampere.Drop(a, b, flux));
        result[index] = (StepControl.AcceptedFactor(rate, a, b) + StepControl.PlainFactor(flux) + Elementary.Cos(b)).Value;
    }

    /// <summary>The activity models and what they do to fluxes.</summary>
    public static void Activity(Index1D index, ArrayView<double> x, ArrayView<double> y, ArrayView<double> result)
    {
        DeviceLane a = new(x[index]), b = new(y[index]), root = DaviesLaw<DeviceLane>.Common(a);
        DeviceLane cloud = DaviesLaw<DeviceLane>.LogGamma(b, a, a, root) + DebyeHuckelLaw<DeviceLane>.Slope(b, a, root, DebyeHuckelLaw<DeviceLane>.CommonSlope(b));
        DeviceLane steric = BikermanLaw<DeviceLane>.LogGamma(b, a, a, BikermanLaw<DeviceLane>.Common(a)) + BikermanLaw<DeviceLane>.CommonSlope(b);
        var face = InterfaceFlux.AtFace(a, b, cloud, cloud, Elementary.Exp(-steric), Elementary.Exp(steric));
        result[index] = InterfaceFlux.ExcessSlope(face, a, b, cloud, cloud, Elementary.Exp(-steric), Elementary.Exp(steric), a, b).Value;
    }

    /// <summary>The mechanisms of a membrane: gates, a pore, the pump, a carrier, water.</summary>
    public static void Membrane(Index1D index, ArrayView<double> x, ArrayView<double> y, ArrayView<double> result)
    {
        DeviceLane a = new(x[index]), b = new(y[index]);
        var opening = GateRateAt<DeviceLane>.Linoid(a, b);
        var closing = GateRateAt<DeviceLane>.Sigmoid(b, a);
        var faster = GateRateAt<DeviceLane>.Exponential(a, b);
        var gate = GateKinetics<DeviceLane>.At(faster.Value, opening.Value, closing.Slope, b);
        DeviceLane open = GateKinetics<DeviceLane>.AllOpen(gate.Rate, 4, out DeviceLane slope);
        var pore = OhmicDrive<DeviceLane>.AtNernst(DeviceLane.Of(2.0), a, b, open);
        var occupied = Occupation<DeviceLane>.Of(a, b, 3);
        var pump = PumpCycle<DeviceLane>.At(slope, occupied, Occupation<DeviceLane>.Of(b, a, 2), Occupation<DeviceLane>.Of(a, a, 1));
        var difference = ElectrochemicalDifference<DeviceLane>.At(DeviceLane.Of(1.0), a, b, open);
        DeviceLane carried = Cotransport.Flux(a, b, Cotransport.Add(pump.Value, b, difference.Value));
        result[index] = (Osmosis.Rate(a, b, Osmosis.Add(carried, a, pore.ByInside)) + pump.BySodium + difference.ByOutside).Value;
    }

    /// <summary>The Bernoulli function of mixed precision.</summary>
    public static void MixedBernoulli(Index1D index, ArrayView<double> x, ArrayView<double> y, ArrayView<double> result) =>
        result[index] = SingleBernoulli.OfMagnitude(new(x[index])).Value;

    /// <summary>Formulas and operations on a lane of single precision.</summary>
    public static void Single(Index1D index, ArrayView<double> x, ArrayView<double> y, ArrayView<double> result)
    {
        SingleLane a = SingleLane.Of(x[index]), b = SingleLane.Of(y[index]);
        SingleLane flux = ScharfetterGummel.Flux(a, Bernoulli.OfMagnitude(b), b, Elementary.Exp(a), Elementary.Log(SingleLane.Abs(b)));
        result[index] = SingleLane.Sqrt(flux * SingleLane.Min(Elementary.Sin(a), b)).Value;
    }

    /// <summary>What a lane must not use.</summary>
    public static void Fused(Index1D index, ArrayView<double> x, ArrayView<double> y, ArrayView<double> result) =>
        result[index] = Math.FusedMultiplyAdd(x[index], y[index], 1.0);

    /// <summary>What a formula must not write: a constant on the left of a comparison.</summary>
    public static void ConstantOnTheLeft(Index1D index, ArrayView<double> x, ArrayView<double> y, ArrayView<double> result) =>
        result[index] = DeviceLane.Where(DeviceLane.Of(1.5), new(x[index]), new(y[index]), DeviceLane.Of(0.0)).Value;
}
#endif
