namespace NernstPlanckGpu.Report.Thinning;

/// <summary>Size of the profiles of a file.</summary>
/// <param name="Points">Points of a sweep; 1 for a run.</param>
/// <param name="Places">Snapshots of each.</param>
/// <param name="Cells">Cells of each.</param>
/// <param name="Values">Numbers per snapshot and cell.</param>
/// <param name="Samples">Samples of the traces that are carried with the profiles of a point.</param>
/// <param name="Traces">Traces of them.</param>
internal readonly record struct ProfileSize(int Points, int Places, int Cells, int Values, int Samples = 0, int Traces = 0)
{
    /// <summary>Samples that are kept for every snapshot at most: traces are finer than snapshots.</summary>
    private const int SamplesPerPlace = 4;

    /// <summary>Bytes of a point beside its numbers, in numbers of single precision: names and brackets of its arrays.</summary>
    internal const double Beside = 40;

    /// <summary>Numbers of a point.</summary>
    internal double PerPoint => ((double)Places * Cells * Values) + ((double)Samples * Traces);

    /// <summary>With so many snapshots and cells at most.</summary>
    internal ProfileSize AtMost(int places, int cells) => this with
    {
        Places = Math.Min(Places, places),
        Cells = Math.Min(Cells, cells),
        Samples = (int)Math.Min(Samples, (long)places * SamplesPerPlace),
    };
}

/// <summary>How much of the profiles a page carries.</summary>
/// <param name="Points">Points.</param>
/// <param name="Places">Snapshots of each.</param>
/// <param name="Cells">Cells of each.</param>
/// <param name="Single">In single precision.</param>
/// <param name="Samples">Samples of the traces of each.</param>
internal readonly record struct Detail(int Points, int Places, int Cells, bool Single, int Samples = 0)
{
    /// <summary>Points that a sweep should carry before their profiles are carried in more detail.</summary>
    internal const int WantedPoints = 500;

    /// <summary>Snapshots and cells, from all to what still shows a shape; single precision from the second on.</summary>
    private static readonly (int Places, int Cells)[] Levels =
    [
        (int.MaxValue, int.MaxValue), (int.MaxValue, int.MaxValue), (400, 1000), (200, 800), (100, 400), (50, 400), (50, 200), (25, 200),
        (25, 100), (10, 100), (10, 60), (5, 60), (2, 60), (2, 30),
    ];

    /// <summary>The most detailed that fits: all in double precision; else single precision, then fewer snapshots and cells until enough points fit.</summary>
    /// <param name="size">What there is.</param>
    /// <param name="room">Bytes.</param>
    /// <param name="bytesEach">Bytes that a number takes, by precision (single or not).</param>
    /// <returns>Null where not one point fits.</returns>
    internal static Detail? Choose(ProfileSize size, long room, Func<bool, double> bytesEach)
    {
        if (size.Points == 0 || size.PerPoint == 0)
            return null;
        Detail? last = null;
        for (int level = 0; level < Levels.Length; level++)
        {
            bool single = level > 0;
            ProfileSize kept = size.AtMost(Levels[level].Places, Levels[level].Cells);
            int fits = (int)Math.Min(size.Points, room / ((kept.PerPoint + ProfileSize.Beside) * bytesEach(single)));
            if (fits > 0)
                last = new Detail(fits, kept.Places, kept.Cells, single, kept.Samples);
            if (fits >= (single ? Math.Min(size.Points, WantedPoints) : size.Points))
                return last;
        }

        return last;
    }
}
