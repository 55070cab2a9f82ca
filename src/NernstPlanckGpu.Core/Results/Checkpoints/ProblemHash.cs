using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Runs;

namespace NernstPlanckGpu.Core.Results.Checkpoints;

/// <summary>
/// Hash of what a run in time integrates: its configuration's text and, bit by bit, the arrays that were made from it. The arrays see what
/// the text does not: an initial state read from another file, a machine that rounds exponentials otherwise. Test: CheckpointTests.
/// </summary>
internal static class ProblemHash
{
    /// <summary>64 hexadecimal digits (SHA-256).</summary>
    /// <param name="ready">The run, its initial state found.</param>
    /// <param name="time">Settings, their integrator resolved.</param>
    public static string Of(RunContext ready, TimeSettings time)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, ready.Configuration.Source);
        Add(hash, time);
        Add(hash, ready.Configuration.Output.TraceTimes);
        Add(hash, ready.Configuration.Output.SnapshotTimes);
        Add(hash, ready.Discrete);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, DiscreteProblem problem)
    {
        Add(hash, problem.Grid.Faces);
        Add(hash, [.. problem.Grid.RegionOfCell.Select(region => (double)region)]);
        Add(hash, problem.FaceAreas());
        Add(hash, problem.Volumes());
        Add(hash, problem.Resistances());
        Add(hash, [problem.SternResistance.Left, problem.SternResistance.Right, problem.ReferenceFace]);
        Add(hash, problem.LeftGhostInverseVolume);
        Add(hash, problem.RightGhostInverseVolume);
        Add(hash, [.. Enumerable.Range(0, problem.Cells).Select(problem.FixedCharge)]);
        foreach (double[] conductance in problem.Conductance()) Add(hash, conductance);
        foreach (InterfaceFace face in problem.Interfaces)
        {
            Add(hash, [face.Face, face.LeftResistance, face.RightResistance]);
            Add(hash, face.LeftConductance);
            Add(hash, face.RightConductance);
            Add(hash, face.Partition);
        }
        foreach (double[] concentration in problem.InitialConcentration()) Add(hash, concentration);
        if (problem.Problem.Initial is CellsInitialState state)
        {
            Add(hash, [state.LeftCharge, state.Potential]);
            Add(hash, state.States ?? []);
        }
    }

    private static void Add(IncrementalHash hash, TimeSettings time) => Add(hash,
    [
        (double)time.Integrator, time.End, time.RelativeTolerance, time.AbsoluteTolerance, time.Step ?? double.NaN, time.MaximumSteps,
    ]);

    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, [bytes.Length]);
        hash.AppendData(bytes);
    }

    // The length first, so that no two lists of arrays look alike.
    private static void Add(IncrementalHash hash, IReadOnlyList<double> values)
    {
        var bytes = new byte[sizeof(double) * (values.Count + 1)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, values.Count);
        for (int i = 0; i < values.Count; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(sizeof(double) * (i + 1)), values[i]);
        hash.AppendData(bytes);
    }
}
