using System.Numerics;
using NernstPlanckGpu.Core.Theory;
using NernstPlanckGpu.Core.Units;
using NernstPlanckGpu.Tests;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Theory;

/// <summary>Closed forms against linearised PNP in 40 digits (tests/reference/impedance.py), and their limits.</summary>
public class ImpedanceTests
{
    private static readonly Electrolyte Salt = Electrolyte.OneToOne(298.15, 78.5, 100);

    private static (Electrolyte Bulk, double[] Diffusivity, double Length) Setup(ReferenceCase one) =>
        (new(298.15, one.At("eps_r"), one["z"].Numbers, one["c_mol_m3"].Numbers), one["D_m2_s"].Numbers, one.At("length_m"));

    private static void CheckRows(ReferenceCase one, Func<double, Complex> impedance, double tolerance)
    {
        Assert.True(one["rows"].Count > 3);
        for (int i = 0; i < one["rows"].Count; i++)
        {
            ReferenceCase row = one["rows", $"{i}"];
            double frequency = row.At("frequency_Hz");
            CheckNear(new(row.At("real_ohm_m2"), row.At("imaginary_ohm_m2")), impedance(2 * Math.PI * frequency), tolerance, $"{frequency} Hz");
        }
    }

    private static void CheckNear(Complex expected, Complex actual, double tolerance, string what = "") =>
        Assert.True(Complex.Abs(actual - expected) <= tolerance * Complex.Abs(expected), $"{what}: expected {expected}, got {actual}");

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("3")]
    public void Closed_forms_are_those_of_linearised_pnp(string index)
    {
        ReferenceCase one = ReferenceCase.Load("impedance")["reference", "cases", index];
        (Electrolyte bulk, double[] diffusivity, double length) = Setup(one);

        // 1e-13: rounding of the inputs through k, and of a complex tanh.
        CheckRows(
            one, omega => index == "3" ? Impedance.BetweenBaths(bulk, diffusivity, length, omega)
                : Impedance.BetweenBlockingElectrodes(bulk, diffusivity[0], length, omega), 1e-13);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("5")]
    public void One_blocked_ion_gives_a_diffusion_impedance(string index)
    {
        ReferenceCase one = ReferenceCase.Load("impedance")["reference", "cases", index];
        (Electrolyte bulk, double[] diffusivity, double length) = Setup(one);
        CheckRows(one, omega => Impedance.WithSecondIonBlocked(bulk, diffusivity, length, omega), 3 * bulk.DebyeLength / length);

        // At rest the blocked ion does not carry: L RT/(F² z² D c) of the other alone. For fast signals both do.
        double first = PhysicalConstants.Faraday / bulk.ThermalVoltage * bulk.Valence[0] * bulk.Valence[0] * diffusivity[0] * bulk.Concentration[0];
        CheckNear(length / first, Impedance.WithSecondIonBlocked(bulk, diffusivity, length, 0), 1e-14);
        CheckNear(
            Impedance.BulkResistance(bulk, diffusivity, length), Impedance.WithSecondIonBlocked(bulk, diffusivity, length, 1e14), 1e-5);
    }

    [Fact]
    public void Blocking_electrodes_are_two_layers_then_a_resistance_then_a_slab()
    {
        // The corrections are lambda_D/L = 1e-4 in the resistance, ωRC and its inverse otherwise.
        double length = 1e4 * Salt.DebyeLength, layer = Salt.AbsolutePermittivity / Salt.DebyeLength;
        double relaxation = 1e-9 / (Salt.DebyeLength * Salt.DebyeLength);
        Complex At(double omega, double stern = double.PositiveInfinity) => Impedance.BetweenBlockingElectrodes(Salt, 1e-9, length, omega, stern);
        CheckNear(new(0, -2 / (1e-8 * relaxation * layer)), At(1e-8 * relaxation), 1e-4);
        CheckNear(Impedance.BulkResistance(Salt, [1e-9, 1e-9], length), At(1e-2 * relaxation), 0.03);
        CheckNear(Impedance.Capacitor(78.5, length, 1e6 * relaxation), At(1e6 * relaxation), 1e-5);
        CheckNear(At(1) + new Complex(0, -2 / 0.2), At(1, 0.2), 1e-14);
        Assert.Throws<ArgumentException>(() =>
            Impedance.BetweenBlockingElectrodes(new(298.15, 78.5, [2, -1], [1, 2]), 1e-9, 1e-6, 1));
    }

    [Fact]
    public void The_bulk_resistance_is_the_length_over_the_conductivity()
    {
        // mpmath: F²/(RT) (1.334e-9 + 2.032e-9) 100 mol/m³ at 298.15 K.
        double[] diffusivity = [1.334e-9, 2.032e-9];
        Close.To(1.26406004776774783, Impedance.Conductivity(Salt, diffusivity), 1e-14);
        Close.To(1e-6 / 1.26406004776774783, Impedance.BulkResistance(Salt, diffusivity, 1e-6), 1e-14);
        CheckNear(Impedance.BulkResistance(Salt, diffusivity, 1e-6), Impedance.BetweenBaths(Salt, diffusivity, 1e-6, 0), 1e-15);
    }

    [Fact]
    public void A_slab_is_a_capacitor()
    {
        CheckNear(new(0, -1 / (2 * Math.PI * 1e3 * 4.4270939064e-3)), Impedance.Capacitor(2, 4e-9, 2 * Math.PI * 1e3), 1e-14);
        CheckNear(Impedance.Capacitor(2, 4e-9, 77), Impedance.Membrane(double.PositiveInfinity, MembraneCapacitor.Plate(2, 4e-9), 77), 1e-15);
    }

    [Fact]
    public void A_membrane_is_a_resistance_beside_a_capacitor()
    {
        // R = 0.1 Ω m² (1 kΩ cm²), C = 0.01 F/m² (1 µF/cm²): tau = 1 ms.
        CheckNear(0.1, Impedance.Membrane(0.1, 0.01, 0), 1e-15);
        CheckNear(new(0.05, -0.05), Impedance.Membrane(0.1, 0.01, 1e3), 1e-14);
        CheckNear(new(0, -1 / (1e9 * 0.01)), Impedance.Membrane(0.1, 0.01, 1e9), 2e-6);
    }

    // Values of mpmath.
    [Theory]
    [InlineData(1e-3, 0.999999866666688536, -0.000333333279365088229)]
    [InlineData(1, 0.88545081225911656, -0.286977872769229017)]
    [InlineData(50, 0.10000267884551092, -0.100012559006325542)]
    public void Diffusion_is_slow_or_warburgs(double phase, double real, double imaginary)
    {
        CheckNear(new(real, imaginary), Impedance.FiniteLengthDiffusion(phase), 1e-15);
        CheckNear(1, Impedance.FiniteLengthDiffusion(1e-12 * phase), 1e-10);
        CheckNear(1 / Complex.Sqrt(new(0, 1e7 * phase)), Impedance.FiniteLengthDiffusion(1e7 * phase), 1e-14);
        Assert.Equal(Complex.One, Impedance.FiniteLengthDiffusion(0));
    }
}
