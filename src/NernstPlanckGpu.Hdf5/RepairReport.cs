namespace NernstPlanckGpu.Hdf5;

/// <summary>What <see cref="RunFile.Repair"/> found and did.</summary>
/// <param name="Snapshots">Complete snapshots in the file.</param>
/// <param name="TraceSamples">Complete trace samples in the file.</param>
/// <param name="FlagsCleared">The mark of the killed writer was set, and is taken out.</param>
/// <param name="DroppedRows">Rows of datasets that belonged to an incomplete snapshot or sample, and are taken out.</param>
public sealed record RepairReport(int Snapshots, int TraceSamples, bool FlagsCleared, int DroppedRows);
