using System.Numerics;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

public class BlockingElectrodesTests
{
    [Fact]
    public void Charge_against_time_is_the_linear_theory_of_reference_02()
    {
        ReferenceCase linear = ReferenceCase.Load("02")["reference", "cases", "0", "linear_theory"];
        double[] time = linear["t_over_tau_c"].Numbers, charge = linear["q_tilde"].Numbers;

        // The reference's own inversion ends at 4e-9 of the plateau (its last rows repeat 0.0999999995878).
        for (int i = 0; i < time.Length; i++) Close.To(charge[i], BlockingElectrodes.Charge(0.05, 0, 0.1, time[i]), 6e-9, $"t {time[i]}");
    }

    [Fact]
    public void Slowest_time_constant_is_0_9739943532() =>
        Close.Within(0.9739943532, BlockingElectrodes.SlowestTimeConstant(0.05, 0), 5e-11);

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.05, 0.3)]
    [InlineData(0.4, 2)]
    [InlineData(1.5, 0)]
    public void Time_constant_is_the_decay_rate_of_the_inverted_charge(double ratio, double stern)
    {
        // Late enough that only the slowest mode is left: the next one is faster by more than 2 everywhere here.
        double tau = BlockingElectrodes.SlowestTimeConstant(ratio, stern), end = BlockingElectrodes.Charge(ratio, stern, 1, 60 * tau);
        double a = end - BlockingElectrodes.Charge(ratio, stern, 1, 8 * tau), b = end - BlockingElectrodes.Charge(ratio, stern, 1, 9 * tau);
        Close.To(tau, tau / Math.Log(a / b), 1e-4);
    }

    [Fact]
    public void Thin_layers_charge_with_tau_c_over_one_plus_delta()
    {
        // Leading order of the thin-layer limit, corrections of order eps.
        Close.To(1, BlockingElectrodes.SlowestTimeConstant(1e-4, 0), 2e-4);
        Close.To(1 / (1 + 0.5), BlockingElectrodes.SlowestTimeConstant(1e-4, 0.5), 2e-4);
    }

    [Fact]
    public void Talbot_inverts_known_transforms()
    {
        foreach (double t in new[] { 0.01, 1, 30 })
        {
            Close.To(Math.Exp(-t / 7), LaplaceInversion.Talbot(s => 1 / (s + 1.0 / 7), t), 1e-11);
            Close.To(1 / Math.Sqrt(Math.PI * t), LaplaceInversion.Talbot(s => 1 / Complex.Sqrt(s), t), 1e-11);
        }
    }
}
