using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Configuration;

/// <summary>What is wrong in a configuration, where, and what to write instead.</summary>
/// <param name="File">File as it was named, or <c>--set</c> for an override.</param>
/// <param name="Line">Line from 1; 0 when there is no position.</param>
/// <param name="Column">Column from 1, in characters; 0 when there is no position.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) of the value or key; empty for the whole document.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
[SuppressMessage("Naming", "CA1720", Justification = "A JSON pointer is what RFC 6901 calls it.")]
public sealed record ConfigurationError(string File, int Line, int Column, string Pointer, string Message, string Remedy)
{
    /// <summary>One line: <c>file:line:column: /json/pointer: what is wrong; what to write instead</c>. "/" stands for the whole document.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}") : File;
        return OneLine($"{place}: {(Pointer.Length == 0 ? "/" : Pointer)}: {Message}; {Remedy}");
    }

    /// <summary>Control characters (a key may hold any) as spaces, so that an error stays on its line.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(symbol => char.IsControl(symbol) ? ' ' : symbol));
}

/// <summary>A configuration, or all of its errors.</summary>
/// <param name="Configuration">The run; null when there are errors.</param>
/// <param name="Errors">Errors in the order of the file; empty when the run can start.</param>
public sealed record ConfigurationResult(RunConfiguration? Configuration, IReadOnlyList<ConfigurationError> Errors)
{
    /// <summary>True for a sweep, which is no single run: the only error says so, and <see cref="Sweeps.SweepPlan"/> reads the file.</summary>
    public bool IsSweep { get; init; }
}
