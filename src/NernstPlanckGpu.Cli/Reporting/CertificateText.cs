using NernstPlanckGpu.Core.Results;

namespace NernstPlanckGpu.Cli.Reporting;

/// <summary>The certificate in three lines; entries of several species are told by the worst of them.</summary>
internal static class CertificateText
{
    public static string ThreeLines(IReadOnlyList<CertificateEntry> certificate)
    {
        if (certificate.Count == 0)
            return "  certificate  none: the run did not start";
        bool holds = certificate.All(entry => entry.Holds);
        string verdict = holds ? $"holds, {certificate.Count} checks" : $"{Terminal.Alarm("VIOLATED")}: {Violations(certificate)}";
        string checkedText = Join(certificate.Where(entry => double.IsFinite(entry.Limit)), entry => $" of {Limit(entry)} allowed");
        string reportedText = Join(certificate.Where(entry => !double.IsFinite(entry.Limit)), _ => "");
        return $"  certificate  {verdict}\n    checked    {checkedText}\n    reported   {reportedText}";
    }

    public static string Violations(IReadOnlyList<CertificateEntry> certificate) => string.Join(
        ", ",
        certificate.Where(entry => !entry.Holds).Select(entry =>
            $"{entry.Name} is {Format(entry, entry.Value)}, {Limit(entry)} allowed ({entry.Meaning})"));

    /// <summary>What to change, a sentence for each violated entry without its full stop; the same remedy is told once.</summary>
    public static IEnumerable<string> Remedies(IReadOnlyList<CertificateEntry> certificate) => certificate
        .Where(entry => !entry.Holds && entry.Remedy.Length > 0)
        .GroupBy(entry => entry.Remedy, entry => entry.Name)
        .Select(group => $"{string.Join(", ", group)}: {group.Key}");

    // A grid's tolerance is thought of in millivolts, however small the error is.
    private static string Format(CertificateEntry entry, double value) =>
        entry.Name == "gridError" && double.IsFinite(value) ? $"{Quantity.Number(1e3 * value)} mV" : Quantity.Format(value, entry.Unit);

    private static string Limit(CertificateEntry entry) => Format(entry, entry.Limit);

    private static string Join(IEnumerable<CertificateEntry> entries, Func<CertificateEntry, string> limit)
    {
        IEnumerable<string> parts = entries
            .GroupBy(entry => entry.Name.Split('_')[0])
            .Select(group => (Name: group.Key, Worst: group.MaxBy(entry => Math.Abs(entry.Value))!))
            .Select(group => $"{group.Name} {Format(group.Worst, group.Worst.Value)}{limit(group.Worst)}");
        string text = string.Join(", ", parts);
        return text.Length > 0 ? text : "nothing";
    }
}
