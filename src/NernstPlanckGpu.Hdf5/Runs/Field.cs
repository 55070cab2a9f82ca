namespace NernstPlanckGpu.Hdf5.Runs;

/// <summary>What every dataset says of itself: name, unit, meaning, and the scales of its axes.</summary>
/// <param name="Name">Name in its group.</param>
/// <param name="Unit">UDUNITS unit; "1" for none.</param>
/// <param name="Meaning">Long name.</param>
/// <param name="Axes">Scale of each dimension; none for a scalar.</param>
internal sealed record Field(string Name, string Unit, string Meaning, params string[] Axes);
