using System.Globalization;

namespace NernstPlanckGpu.Cli.Slurm;

/// <summary>Time limits as sbatch writes them: minutes, minutes:seconds, hours:minutes:seconds, days-hours[:minutes[:seconds]].</summary>
internal static class SlurmTime
{
    /// <summary>Seconds before the end of its time at which a task is told to save its work.</summary>
    public const int Warning = 120;

    // Slurm looks once a minute, so that the warning may come a minute early.
    private const int Shortest = Warning + 60 + 120;

    /// <summary>What is wrong with a limit; null when nothing is.</summary>
    public static string? Problem(string text)
    {
        if (text is "0" or "UNLIMITED" or "INFINITE")
            return null;
        return Seconds(text) switch
        {
            null => "write minutes, minutes:seconds, hours:minutes:seconds or days-hours, such as 2:00:00 or 1-12.",
            < Shortest => $"too short, since a task saves its work {Warning} s before the end (to within a minute); give {Shortest / 60} minutes or more.",
            _ => null,
        };
    }

    private static long? Seconds(string text)
    {
        string[] dayAndRest = text.Split('-');
        bool hasDays = dayAndRest.Length == 2;
        string[] words = [.. hasDays ? [dayAndRest[0]] : Array.Empty<string>(), .. dayAndRest[^1].Split(':')];
        long[] numbers = [.. words.Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1L)];
        if (dayAndRest.Length > 2 || numbers.Any(number => number < 0))
            return null;
        return (hasDays, numbers) switch
        {
            (true, [var days, .. { Length: >= 1 and <= 3 } rest]) => (((((days * 24) + rest[0]) * 60) + rest.ElementAtOrDefault(1)) * 60) + rest.ElementAtOrDefault(2),
            (false, [var minutes]) => minutes * 60,
            (false, [var minutes, var seconds]) => (minutes * 60) + seconds,
            (false, [var hours, var minutes, var seconds]) => (((hours * 60) + minutes) * 60) + seconds,
            _ => null,
        };
    }
}
