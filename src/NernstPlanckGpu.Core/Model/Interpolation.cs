namespace NernstPlanckGpu.Core.Model;

/// <summary>Linear interpolation in ascending tables, constant outside.</summary>
public static class Interpolation
{
    /// <summary>Value at <paramref name="x"/>.</summary>
    /// <param name="position">Ascending positions, at least one.</param>
    /// <param name="value">Values there.</param>
    /// <param name="x">Where to interpolate.</param>
    public static double Linear(IReadOnlyList<double> position, IReadOnlyList<double> value, double x)
    {
        (int i, double share) = Locate(position, x);
        return share == 0 ? value[i] : (1 - share) * value[i] + share * value[i + 1];
    }

    /// <summary>Index i and share s with x = (1 − s) position[i] + s position[i + 1], clamped to the ends.</summary>
    /// <param name="position">Ascending positions, at least one.</param>
    /// <param name="x">Where.</param>
    public static (int Index, double Share) Locate(IReadOnlyList<double> position, double x)
    {
        if (x <= position[0]) return (0, 0);
        int last = position.Count - 1;
        if (x >= position[last]) return (last, 0);
        int low = 0, high = last;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (position[middle] <= x) low = middle;
            else high = middle;
        }
        return (low, (x - position[low]) / (position[high] - position[low]));
    }
}
