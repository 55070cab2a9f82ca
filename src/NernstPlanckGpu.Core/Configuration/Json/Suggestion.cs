namespace NernstPlanckGpu.Core.Configuration.Json;

/// <summary>Finds what a mistyped word was meant to be.</summary>
internal static class Suggestion
{
    private const int LongestWord = 64;

    /// <summary>The candidate nearest to <paramref name="word"/>, or null when none is near.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var bestDistance = int.MaxValue;
        if (word.Length > LongestWord)
            return null;
        foreach (var candidate in candidates.Where(candidate => candidate.Length <= LongestWord))
        {
            var distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best is not null && bestDistance <= Math.Max(1, Math.Min(word.Length, best.Length) / 3 + 1)
            && bestDistance < word.Length ? best : null;
    }

    /// <summary>Remedy for an unknown word: the nearest one, or all of them.</summary>
    public static string Remedy(string word, IReadOnlyCollection<string> candidates) =>
        Closest(word, candidates) is { } closest
            ? $"did you mean \"{closest}\"?"
            : candidates.Count == 0 ? "remove it" : $"write one of {string.Join(", ", candidates.Select(candidate => $"\"{candidate}\""))}";

    /// <summary>Remedy for a species that is not declared.</summary>
    public static string SpeciesRemedy(string word, IReadOnlyCollection<string> candidates) =>
        Closest(word, candidates) is { } closest
            ? $"did you mean \"{closest}\"? Otherwise declare it in /species"
            : $"{Remedy(word, [.. candidates.Distinct(StringComparer.Ordinal)])}, or declare it in /species";

    /// <summary>Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.</summary>
    private static int Distance(string left, string right)
    {
        var distance = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var least = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    least = Math.Min(least, distance[i - 2, j - 2] + 1);
                distance[i, j] = least;
            }
        }

        return distance[left.Length, right.Length];
    }
}
