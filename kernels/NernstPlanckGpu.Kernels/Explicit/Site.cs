using System.Runtime.CompilerServices;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>A problem in the hands of a group, as its actions see it.</summary>
/// <param name="Batch">Batch.</param>
/// <param name="Shape">Shape.</param>
/// <param name="Problem">Index of the problem.</param>
/// <param name="Memory">The group's memory.</param>
/// <param name="Circuit">A <see cref="CircuitKind"/>.</param>
/// <param name="Segment">Index of the segment that holds.</param>
public readonly record struct Site(BatchViews Batch, BatchShape Shape, int Problem, GroupMemory Memory, int Circuit, int Segment)
{
    /// <summary>First number of a row of the state: c of a species, or q after the last.</summary>
    public long StateRow(int unknown) => (((long)Problem * (Shape.Species + 1)) + unknown) * Shape.Row;

    /// <summary>First number of a row of <see cref="BatchViews.Faces"/>.</summary>
    public long FaceRow(int which) => ((4L * Problem) + which) * Shape.Row;

    /// <summary>End that a cell is the ghost of: 0 left, 1 right, −1 none.</summary>
    public int SideOf(int cell) => cell == 0 ? 0 : cell == Shape.Cells + 1 ? 1 : -1;

    /// <summary>What an end does with a species, an <see cref="EndKind"/>.</summary>
    public int EndOf(int side, int species) => Batch.Ends[(((2L * Problem) + side) * Shape.Species) + species];

    /// <summary>1/V of a ghost, 1/m³.</summary>
    public double GhostInverseVolume(int side, int species) => Batch.Ghosts[(((4L * Problem) + (2 * side)) * Shape.Species) + species];

    /// <summary>Concentration that a reservoir started with, mol/m³.</summary>
    public double ReservoirStart(int side, int species) => Batch.Ghosts[(((4L * Problem) + (2 * side) + 1) * Shape.Species) + species];

    /// <summary>z.</summary>
    public double Valence(int species) => Batch.Valence[species];

    /// <summary>A drive of the segment.</summary>
    public DriveRecord Drive(int drive) => Batch.Drives[((long)Segment * Shape.Drives) + drive];

    /// <summary>What an end gives of a species at the time of a state: its concentration or its flux.</summary>
    public double EndValue(int state, int side, int species) => Memory.DriveValue(state, 2 + (side * Shape.Species) + species);

    /// <summary>
    /// The first threads find the drives of a state; a barrier later all know them. Of a current clamp it is what flowed since the start of
    /// the step.
    /// </summary>
    /// <param name="state">0 or 1.</param>
    /// <param name="from">Start of the step, s.</param>
    /// <param name="time">Time of the state, s.</param>
    public void TellDrives(int state, double from, double time)
    {
        GroupMemory memory = Memory;
        for (int drive = memory.Thread; drive < Shape.Drives; drive += memory.Threads)
        {
            DriveRecord record = Drive(drive);
            bool flows = drive == 0 && Circuit == (int)CircuitKind.CurrentClamp;
            memory.DriveValue(state, drive) = flows ? record.Integral(from, time) : record.At(time);
        }
    }

    /// <summary>True for a ghost that is a bath.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsBath(int side, int species) => side >= 0 && EndOf(side, species) == (int)EndKind.Bath;

    /// <summary>True for a ghost that is a reservoir.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsReservoir(int side, int species) => side >= 0 && EndOf(side, species) == (int)EndKind.Reservoir;

    /// <summary>True where a wall's charge is given.</summary>
    public bool IsSurfaceCharge => Circuit >= (int)CircuitKind.LeftSurfaceCharge;

    /// <summary>Charge over F that a reservoir took up of a species since the start, mol; 0 where there is none.</summary>
    public double ReservoirCharge(int side, int species, double concentration) => IsReservoir(side, species)
        ? Valence(species) * (concentration - ReservoirStart(side, species)) / GhostInverseVolume(side, species)
        : 0;

    /// <summary>Tells the group the charges of the ends that a cell knows.</summary>
    /// <param name="cell">Cell.</param>
    /// <param name="charge">q of its right face.</param>
    /// <param name="reservoir">What the reservoir took up where the cell is its ghost.</param>
    public void TellEndCharge(int cell, double charge, double reservoir)
    {
        if (!IsSurfaceCharge) return;
        GroupMemory memory = Memory;
        if (cell == 0) memory.EndCharge(0) = charge - reservoir;
        if (cell == Shape.Cells) memory.EndCharge(1) = charge;
        if (cell == Shape.Cells + 1) memory.EndCharge(2) = reservoir;
    }
}
