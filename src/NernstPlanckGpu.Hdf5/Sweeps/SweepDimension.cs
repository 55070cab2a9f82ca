namespace NernstPlanckGpu.Hdf5.Sweeps;

/// <summary>A dimension behind <c>point</c> of a sweep file's datasets.</summary>
/// <param name="name">Path of its scale without the first slash: <c>x</c>, <c>traces/time</c>.</param>
/// <param name="length">Its length at the start.</param>
/// <param name="isGrowing">Points differ in it: it grows to the longest, and its scale counts.</param>
internal sealed class SweepDimension(string name, int length, bool isGrowing)
{
    /// <summary>Path of its scale without the first slash.</summary>
    internal string Path { get; } = name;

    /// <summary>Name of its scale.</summary>
    internal string Name { get; } = name[(name.LastIndexOf('/') + 1)..];

    /// <summary>Its length in the file.</summary>
    internal int Length { get; set; } = length;

    /// <summary>Points differ in it.</summary>
    internal bool IsGrowing { get; } = isGrowing;
}
