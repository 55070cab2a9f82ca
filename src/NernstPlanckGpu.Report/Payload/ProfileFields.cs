namespace NernstPlanckGpu.Report.Payload;

/// <summary>A field that the page shows as profiles.</summary>
/// <param name="Name">Dataset.</param>
/// <param name="PerSpecies">One profile per species.</param>
/// <param name="AtFaces">At the faces; else at the cells.</param>
internal sealed record ProfileField(string Name, bool PerSpecies, bool AtFaces)
{
    /// <summary>The fields of the page.</summary>
    internal static readonly ProfileField[] All =
    [
        new("concentration", true, false), new("potential", false, false), new("charge_density", false, false), new("flux", true, true),
    ];

    /// <summary>Lines of numbers per snapshot.</summary>
    internal int Lines(int species) => PerSpecies ? species : 1;

    /// <summary>The chosen numbers of some lines of all cells or faces.</summary>
    /// <param name="all">Lines, row-major.</param>
    /// <param name="lines">Which lines.</param>
    /// <param name="length">Length of a line.</param>
    /// <param name="chosen">Which of a line.</param>
    internal static double[] Pick(double[] all, IReadOnlyList<int> lines, int length, int[] chosen)
    {
        double[] picked = new double[lines.Count * chosen.Length];
        for (int line = 0; line < lines.Count; line++)
        {
            for (int i = 0; i < chosen.Length; i++)
                picked[(line * chosen.Length) + i] = all[(lines[line] * length) + chosen[i]];
        }

        return picked;
    }
}
