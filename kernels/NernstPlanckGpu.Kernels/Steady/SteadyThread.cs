using System.Runtime.CompilerServices;
using ILGPU;
using NernstPlanckGpu.Formulas.Lanes;
using NernstPlanckGpu.Formulas.Steady;

namespace NernstPlanckGpu.Kernels.Steady;

/// <summary>The arrays of one thread's problem, and what it keeps for itself.</summary>
internal unsafe struct SteadyThread
{
    /// <summary>Layout.</summary>
    public SteadyLayout Layout;

    /// <summary>Distance of the numbers of work and values, and of constants.</summary>
    /// <remarks>int, as all offsets: of a pointer and a long ILGPU 1.5.3 makes OpenCL C that does not compile.</remarks>
    public int Stride, SetStride;

    /// <summary>Work.</summary>
    public double* Work;

    /// <summary>Constants.</summary>
    public double* Constants;

    /// <summary>Values.</summary>
    public double* Values;

    /// <summary>Integers of the group.</summary>
    public int* Structure;

    /// <summary>Per species: cells up to this one were found from their left neighbours.</summary>
    public int* Meeting;

    /// <summary>Finds the problem of a thread.</summary>
    /// <param name="a">Arguments.</param>
    /// <param name="k">Problem.</param>
    /// <param name="meeting">Room for a number per species.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SteadyThread Of(SteadyArguments a, int k, int* meeting)
    {
        fixed (double* work = &a.Work[k], constants = &a.Constants[a.SetOf[k]], values = &a.Values[k])
        fixed (int* structure = &a.Structure[0])
        {
            return new()
            {
                Layout = a.Layout,
                Stride = a.Problems,
                SetStride = a.Sets,
                Work = work,
                Constants = constants,
                Values = values,
                Structure = structure,
                Meeting = meeting,
            };
        }
    }

    /// <summary>A number of work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double* At(int element) => Work + element * Stride;

    /// <summary>A constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Constant(int element) => Constants[element * SetStride];

    /// <summary>A value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Value(int element) => Values[element * Stride];

    /// <summary>Reduced potential of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double* Potential(int block) => At(block);

    /// <summary>Concentration of a species in a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double* Concentration(int block, int species) => At(Layout.ConcentrationAt + block * Layout.Species + species);

    /// <summary>Solution of a block and column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double* Solution(int block, int column) => At(Layout.SolutionAt + (block * Layout.Columns + column) * Layout.Size);

    /// <summary>y of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Field(int face) => Constant(Layout.FieldAt + face);

    /// <summary>z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Valence(int species) => Constant(Layout.ValenceAt + species);

    /// <summary>Number j of compartment p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Part(int p, int j) => Structure[Layout.PartAt + p * SteadyLayout.PartSize + j];

    /// <summary>Number j of border b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Border(int b, int j) => Structure[Layout.BorderAt + b * SteadyLayout.BorderSize + j];
}

/// <summary>Volumes of a thread's cells; ghosts have none.</summary>
internal readonly struct ThreadVolumes(SteadyThread thread) : ISteadyVolumes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(int block) => thread.Constant(thread.Layout.VolumeAt + block);
}

/// <summary>
/// The rows of a thread's Newton system. Of a passing species each cell has the row of the one face that its concentration was found
/// from; a species at equilibrium has c + z c psi.
/// </summary>
internal readonly unsafe struct ThreadRows(SteadyThread p) : ISteadyRows<DeviceLane>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane LowerLeft(int cell, int species) => Lower(p.Layout.LeftAt, cell, species);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane LowerRight(int cell, int species) => Lower(p.Layout.RightAt, cell, species);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane LowerSlope(int cell, int species) => Lower(p.Layout.SlopeAt, cell, species);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane UpperLeft(int cell, int species) => Upper(p.Layout.LeftAt, cell, species);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane UpperRight(int cell, int species) => Upper(p.Layout.RightAt, cell, species);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane UpperSlope(int cell, int species) => Upper(p.Layout.SlopeAt, cell, species);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane LocalSlope(int cell, int species) =>
        new(Row(cell, species) == SteadyLayout.LocalRow ? p.Valence(species) * *p.Concentration(cell, species) : 0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane Field(int face) => new(p.Field(face));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane Volume(int cell) => new(p.Constant(p.Layout.VolumeAt + cell));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DeviceLane Valence(int species) => new(p.Valence(species));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DeviceLane Lower(int array, int cell, int species) =>
        new(Row(cell, species) == SteadyLayout.FaceRow && cell <= p.Meeting[species] ? *p.At(array + (cell - 1) * p.Layout.Species + species) : 0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private DeviceLane Upper(int array, int cell, int species) =>
        new(Row(cell, species) == SteadyLayout.FaceRow && cell > p.Meeting[species] ? *p.At(array + cell * p.Layout.Species + species) : 0.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Row(int cell, int species) => p.Structure[p.Layout.RowAt + cell * p.Layout.Species + species];
}
