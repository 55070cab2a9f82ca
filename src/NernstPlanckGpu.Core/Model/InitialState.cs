namespace NernstPlanckGpu.Core.Model;

/// <summary>Where the concentrations start from.</summary>
public abstract record InitialState;

/// <summary>One profile per species, indexed like <see cref="PnpProblem.Species"/>.</summary>
/// <param name="Profiles">Profile of each species.</param>
public sealed record ProfilesInitialState(IReadOnlyList<InitialProfile> Profiles) : InitialState;

/// <summary>The last snapshot of an earlier run, interpolated linearly in x and matched by species name.</summary>
/// <param name="Path">Path of the HDF5 file, resolved against the configuration's folder.</param>
public sealed record FileInitialState(string Path) : InitialState;

/// <summary>The steady state of another problem on the same species and regions: this one with overrides.</summary>
/// <param name="Problem">That problem.</param>
public sealed record SteadyInitialState(PnpProblem Problem) : InitialState;

/// <summary>Concentrations cell by cell, exactly, and the charge on the left end: the state of another engine call on the same grid.</summary>
/// <param name="Concentration">Per species, ghosts included, mol/m³; n + 2.</param>
/// <param name="LeftCharge">A D/F at the left end, mol.</param>
/// <param name="Potential">Potential of the left electrode minus that of the right, V.</param>
/// <param name="States">Gates and relative volumes in the order of <c>MembraneLayout</c>; null: their own initial values.</param>
public sealed record CellsInitialState(double[][] Concentration, double LeftCharge, double Potential, double[]? States = null) : InitialState;

/// <summary>Initial profile of one species, mol/m³ against x in m from the left end. Impermeable regions stay empty.</summary>
public abstract record InitialProfile;

/// <summary>The regions' concentrations; a region without them starts from the linear blend of its neighbours times e^(−W/RT).</summary>
public sealed record RegionsProfile : InitialProfile;

/// <summary>Piecewise linear through points, constant outside.</summary>
/// <param name="Position">x, m, ascending.</param>
/// <param name="Concentration">c, mol/m³.</param>
public sealed record TableProfile(IReadOnlyList<double> Position, IReadOnlyList<double> Concentration) : InitialProfile;

/// <summary>c = Base + Peak exp(−(x − Centre)²/(2 Width²)).</summary>
/// <param name="Base">mol/m³.</param>
/// <param name="Peak">mol/m³.</param>
/// <param name="Centre">m.</param>
/// <param name="Width">Standard deviation, m; > 0.</param>
public sealed record GaussianProfile(double Base, double Peak, double Centre, double Width) : InitialProfile;

/// <summary>c = Mean + Amplitude cos(pi Mode x / L), L the length of the stack.</summary>
/// <param name="Mean">mol/m³.</param>
/// <param name="Amplitude">mol/m³; at most Mean.</param>
/// <param name="Mode">Half waves in the stack, ≥ 1.</param>
public sealed record CosineProfile(double Mean, double Amplitude, double Mode) : InitialProfile;

/// <summary>Diffused front: c = (Left + Right)/2 + (Right − Left)/2 erf((x − Centre)/Width).</summary>
/// <param name="Left">mol/m³ far to the left.</param>
/// <param name="Right">mol/m³ far to the right.</param>
/// <param name="Centre">m.</param>
/// <param name="Width">m; > 0 (sqrt(4 D t) of the diffusion that it stands for).</param>
public sealed record ErfProfile(double Left, double Right, double Centre, double Width) : InitialProfile;

/// <summary>A prescribed source s(x, t) of one species, bilinear in the table, constant outside it.</summary>
/// <param name="Position">x, m, ascending, at least one.</param>
/// <param name="Time">t, s, ascending, at least one.</param>
/// <param name="Rate">s in mol/(m³ s); Rate[it][ix].</param>
public sealed record SourceTable(IReadOnlyList<double> Position, IReadOnlyList<double> Time, IReadOnlyList<IReadOnlyList<double>> Rate);
