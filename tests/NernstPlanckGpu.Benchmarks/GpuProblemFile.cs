using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Benchmarks;

/// <summary>
/// Writes MEMB's discretised arrays at several voltages, with the concentrations that the scalar CPU engine reaches by fixed steps, for the
/// hand-written comparators (tests/gpu/cuda, tests/gpu/jax): they time the same problem, and show that they compute it.
/// </summary>
/// <remarks>
/// Little-endian. "NPGRKC02"; int32: problems, cells n, species S, interfaces I, steps, stages (1: euler), 0, 0; float64: step h, z[S], face of each
/// interface [I]. Then per problem, float64: v, 1/sum b, b[n+1], 1/V [n+2] (ghosts 0), K[S][n+1], q[n+1], c[S][n+2]; per interface b_L, b_R and per
/// species K_L, K_R, e^(−w/2); and the expected c[S][n+2].
/// </remarks>
internal static class GpuProblemFile
{
    /// <summary>What to write.</summary>
    /// <param name="IsEuler">Explicit Euler instead of rkc2.</param>
    /// <param name="Problems">Problems, from −100 mV on.</param>
    /// <param name="Step">Step, s.</param>
    /// <param name="Steps">Steps.</param>
    public sealed record Request(bool IsEuler = false, int Problems = 4, double Step = 1e-9, int Steps = 20);

    public static int Write(string path, Request wanted)
    {
        PnpProblem memb = Measure.Memb();
        DiscreteProblem[] problems = [.. Enumerable.Range(0, wanted.Problems).Select(i => Discretiser.Discretise(At(memb, Voltage(i))))];
        DiscreteProblem first = problems[0];
        (int stages, StateView[] expected) = Expected(problems, wanted);
        using FileStream file = File.Create(path);
        using var to = new BinaryWriter(file);
        to.Write("NPGRKC02"u8);
        foreach (int value in new[] { wanted.Problems, first.Cells, first.Species, first.Interfaces.Count, wanted.Steps, stages, 0, 0 }) to.Write(value);
        to.Write(wanted.Step);
        Put(to, first.Problem.Species.Select(species => (double)species.Valence));
        Put(to, first.Interfaces.Select(face => (double)face.Face));
        for (int i = 0; i < problems.Length; i++) Put(to, problems[i], Voltage(i), expected[i]);
        Console.WriteLine($"{path}: {wanted.Problems} problems, {first.Cells} cells, {first.Species} species; {wanted.Steps} steps of {wanted.Step:g3} s in {stages} stages");
        return 0;
    }

    /// <summary>Potential of the left end of problem i, V.</summary>
    public static double Voltage(int i) => -0.1 + (0.002 * (i % 64));

    /// <summary>MEMB at another voltage.</summary>
    public static PnpProblem At(PnpProblem memb, double potential) =>
        memb with { Left = memb.Left with { Electric = new PotentialBoundary(new ConstantWaveform(potential)) } };

    // The comparators take one number of stages for the whole run; the engine decides anew as the bound changes.
    private static (int Stages, StateView[] States) Expected(DiscreteProblem[] problems, Request wanted)
    {
        double end = wanted.Step * wanted.Steps;
        var settings = new TimeSettings { End = end, Step = wanted.Step, Integrator = wanted.IsEuler ? IntegratorKind.Euler : IntegratorKind.Rkc2 };
        using IBatch batch = new CpuEngine(new EngineOptions(1, "scalar")).Start(problems, settings);
        batch.Advance([.. problems.Select(_ => end)], null, CancellationToken.None);
        var states = new StateView[problems.Length];
        int stages = 0;
        for (int i = 0; i < problems.Length; i++)
        {
            ProblemStatus status = batch.Status(i);
            if (status.Outcome != Outcome.Done || status.AcceptedSteps != wanted.Steps)
                throw new InvalidOperationException($"problem {i}: {status.Outcome} after {status.AcceptedSteps} steps; take another step");
            // rkc2 evaluates once more at the start.
            long evaluations = wanted.IsEuler ? status.Evaluations : status.Evaluations - 1;
            int each = (int)(evaluations / wanted.Steps);
            if (evaluations % wanted.Steps != 0 || (i > 0 && each != stages))
                throw new InvalidOperationException($"problem {i} took {evaluations} evaluations in {wanted.Steps} steps: not the same stages in each; take another step");
            stages = each;
            states[i] = new(problems[i]);
            batch.Read(i, states[i]);
        }
        return (stages, states);
    }

    private static void Put(BinaryWriter to, DiscreteProblem p, double voltage, StateView expected)
    {
        double[] resistance = p.Resistances(), volume = p.Volumes();
        double[][] concentration = p.InitialConcentration();
        to.Write(voltage / PhysicalConstants.ThermalVoltage(p.Problem.Temperature));
        to.Write(1 / resistance.Sum());
        Put(to, resistance);
        Put(to, [0, .. volume.Select(v => 1 / v), 0]);
        foreach (double[] conductance in p.Conductance()) Put(to, conductance);
        Put(to, Charge(p, volume, concentration));
        foreach (double[] c in concentration) Put(to, c);
        foreach (InterfaceFace face in p.Interfaces)
        {
            Put(to, [face.LeftResistance, face.RightResistance]);
            for (int s = 0; s < p.Species; s++) Put(to, [face.LeftConductance[s], face.RightConductance[s], face.Partition[s]]);
        }
        foreach (double[] c in expected.Concentration) Put(to, c);
    }

    // q by Gauss's law from the left end on.
    private static double[] Charge(DiscreteProblem p, double[] volume, double[][] concentration)
    {
        double[] charge = new double[p.Cells + 1];
        for (int f = 1; f <= p.Cells; f++)
        {
            double density = p.FixedCharge(f - 1);
            for (int s = 0; s < p.Species; s++) density += p.Problem.Species[s].Valence * concentration[s][f];
            charge[f] = charge[f - 1] + (density * volume[f - 1]);
        }
        return charge;
    }

    private static void Put(BinaryWriter to, IEnumerable<double> values)
    {
        foreach (double value in values) to.Write(value);
    }
}
