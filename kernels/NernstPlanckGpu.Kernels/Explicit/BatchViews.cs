using ILGPU;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>What the problems of a batch share. Cells and ghosts are n + 2 per row; the face of index f lies between cells f and f + 1.</summary>
/// <param name="Cells">n.</param>
/// <param name="Species">S, ordered by |z| so that neighbours share a Bernoulli function.</param>
/// <param name="Interfaces">Faces where something jumps.</param>
/// <param name="RelativeTolerance">rtol.</param>
/// <param name="AbsoluteTolerance">atol, mol/m³.</param>
/// <param name="FixedStep">Given step, s; 0: none.</param>
/// <param name="MaximumSteps">Accepted and rejected steps after which a problem ends.</param>
public readonly record struct BatchShape(
    int Cells, int Species, int Interfaces, double RelativeTolerance, double AbsoluteTolerance, double FixedStep, long MaximumSteps)
{
    /// <summary>Cells and ghosts.</summary>
    public int Row => Cells + 2;

    /// <summary>Drives of a segment: two of the electrical ends, then S of the left end and S of the right.</summary>
    public int Drives => 2 + 2 * Species;
}

/// <summary>What closes the circuit.</summary>
public enum CircuitKind
{
    /// <summary>The potential difference of the electrodes is given: drive 0 less drive 1.</summary>
    VoltageClamp,

    /// <summary>The total current over F is given: drive 0, mol/s.</summary>
    CurrentClamp,

    /// <summary>The charge of the left wall over F is given: drive 0, mol.</summary>
    LeftSurfaceCharge,

    /// <summary>The charge of the right wall over F is given: drive 0, mol.</summary>
    RightSurfaceCharge,
}

/// <summary>What an end does with a species.</summary>
public enum EndKind
{
    /// <summary>Nothing passes.</summary>
    Blocked,

    /// <summary>The concentration is given: a drive, mol/m³.</summary>
    Bath,

    /// <summary>The flux times the area is given: a drive, mol/s.</summary>
    Flux,

    /// <summary>A well-mixed finite volume.</summary>
    Reservoir,
}

/// <summary>The circuit of a problem.</summary>
/// <param name="Kind">A <see cref="CircuitKind"/>.</param>
/// <param name="InverseWeight">1/sum w, mol.</param>
public readonly record struct CircuitConstants(int Kind, double InverseWeight);

/// <summary>A smooth piece of a waveform and the time that it counts from; see <see cref="Formulas.Drive{T}"/>.</summary>
/// <param name="Origin">s.</param>
/// <param name="Value">Offset.</param>
/// <param name="Slope">Rate, 1/s.</param>
/// <param name="Amplitude">Of the sine.</param>
/// <param name="AngularFrequency">rad/s.</param>
/// <param name="Phase">rad.</param>
public readonly record struct DriveRecord(
    double Origin, double Value, double Slope, double Amplitude, double AngularFrequency, double Phase)
{
    /// <summary>Value at a time, s.</summary>
    /// <param name="time">s.</param>
    public double At(double time) => Slope == 0 && Amplitude == 0 ? Value : Piece.At(new(time - Origin)).Value;

    /// <summary>Integral between two times, s.</summary>
    /// <param name="from">s.</param>
    /// <param name="to">s.</param>
    public double Integral(double from, double to) =>
        Piece.IntegralTo(new(to - Origin)).Value - Piece.IntegralTo(new(from - Origin)).Value;

    private Formulas.Drive<DeviceLane> Piece => new(new(Value), new(Slope), new(Amplitude), new(AngularFrequency), new(Phase));
}

/// <summary>Constants of a face of unlike halves for one species; see <see cref="Formulas.InterfaceFlux"/>.</summary>
/// <param name="LeftConductance">K_L, m³/s.</param>
/// <param name="RightConductance">K_R, m³/s.</param>
/// <param name="LeftShare">−z b_L: u_L per charge, 1/mol.</param>
/// <param name="RightShare">−z b_R, 1/mol.</param>
/// <param name="Partition">e^(−w/2).</param>
/// <param name="InversePartition">e^(w/2).</param>
public readonly record struct InterfaceRecord(
    double LeftConductance, double RightConductance, double LeftShare, double RightShare, double Partition, double InversePartition);

/// <summary>Coefficients of a stage of rkc2; see <see cref="Formulas.Chebyshev{T}"/>.</summary>
/// <param name="Rest">1 − mu − nu.</param>
/// <param name="Mu">mu.</param>
/// <param name="Nu">nu.</param>
/// <param name="MuTilde">mu~.</param>
/// <param name="GammaTilde">gamma~.</param>
/// <param name="Time">c, in steps.</param>
public readonly record struct StageRecord(double Rest, double Mu, double Nu, double MuTilde, double GammaTilde, double Time);

/// <summary>A stretch of time in which every drive of a problem is smooth.</summary>
/// <param name="End">When it ends, s.</param>
/// <param name="IsLast">1 for the last one that the host has prepared: there the problem waits for more.</param>
public readonly record struct SegmentRecord(double End, int IsLast);

/// <summary>
/// A batch in the memory of the device. Rows of a problem lie one after the other, so that the threads of its group read neighbours.
/// </summary>
public readonly record struct BatchViews
{
    /// <summary>c per species, then q = A D/F − Q per face; [problem][S + 1][n + 2].</summary>
    public ArrayView<double> State { get; init; }

    /// <summary>K of faces, m³/s; [problem][S][n + 2], 0 where none passes.</summary>
    public ArrayView<double> Conductance { get; init; }

    /// <summary>b of faces, 1/mol; w, with the Stern layers; 1/V, 0 of ghosts; and the fixed charge, mol/m³; [problem][4][n + 2].</summary>
    public ArrayView<double> Faces { get; init; }

    /// <summary>1/V of ghosts, 0: infinite; then the concentrations that reservoirs started with; [problem][2 · side + what][S] as [left 1/V, left start, right 1/V, right start].</summary>
    public ArrayView<double> Ghosts { get; init; }

    /// <summary>An <see cref="EndKind"/>; [problem][left, right][S].</summary>
    public ArrayView<int> Ends { get; init; }

    /// <summary>Constants; [problem][interface][S].</summary>
    public ArrayView<InterfaceRecord> Interfaces { get; init; }

    /// <summary>Index of the interface at a face, −1: none; [n + 2], of the whole batch.</summary>
    public ArrayView<int> InterfaceOfFace { get; init; }

    /// <summary>z; [S], of the whole batch.</summary>
    public ArrayView<double> Valence { get; init; }

    /// <summary>Circuits; [problem].</summary>
    public ArrayView<CircuitConstants> Circuits { get; init; }

    /// <summary>First segment of each problem; [problem].</summary>
    public ArrayView<int> FirstSegment { get; init; }

    /// <summary>Segments.</summary>
    public ArrayView<SegmentRecord> Segments { get; init; }

    /// <summary>Drives; [segment][drive].</summary>
    public ArrayView<DriveRecord> Drives { get; init; }

    /// <summary>Stages of rkc2, those of 2 stages first; those of s begin at s (s − 1)/2 − 1.</summary>
    public ArrayView<StageRecord> Stages { get; init; }

    /// <summary>Stability interval of s stages at s.</summary>
    public ArrayView<double> Stability { get; init; }

    /// <summary>Clock of each problem; [problem].</summary>
    public ArrayView<ProblemClock> Clocks { get; init; }

    /// <summary>A J of the faces of states that were gathered, mol/s; [problem][S][n + 2].</summary>
    public ArrayView<double> Fluxes { get; init; }

    /// <summary>Problems in the order in which they are begun.</summary>
    public ArrayView<int> Order { get; init; }

    /// <summary>[0]: how many of them were begun.</summary>
    public ArrayView<int> Queue { get; init; }

    /// <summary>Working memory of the groups where a group's own does not suffice; [group][<see cref="InMemory{TThreads}.Words"/>].</summary>
    public ArrayView<double> Workspace { get; init; }
}
