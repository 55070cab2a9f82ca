using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>A right configuration with a cell inside (reservoirs) and a bath outside, to put mechanisms into.</summary>
internal static class NeuronSample
{
    private const string Text =
        """
        {
          "temperature": "16.3 degC",
          "species": [ { "name": "K" }, { "name": "Na" }, { "name": "Cl" }, { "name": "A", "valence": -1, "diffusivity": 1e-9 }, { "name": "glucose", "valence": 0, "diffusivity": 6e-10 } ],
          "regions": [
            { "name": "inside", "length": "10 nm", "permittivity": 78.5, "concentration": { "K": 140, "Na": 12, "Cl": 11, "A": 141 } },
            { "name": "membrane", "length": "5 nm", "permittivity": 2, "membrane": true, "impermeable": [ "K", "Na", "Cl", "A" ] },
            { "name": "outside", "length": "10 nm", "permittivity": 78.5, "concentration": { "K": 5, "Na": 145, "Cl": 150, "glucose": 5 } }
          ],
          "boundaries": {
            "left": { "electric": { "current": 0 }, "ions": { "reservoir": { "depth": "3 um" } } },
            "right": { "electric": { "potential": 0 }, "ions": "bath" }
          },
          "initial": "regions",
          "mechanisms": [MECHANISMS],
          "activity": "ideal",
          "time": { "end": "1 s" }
        }
        """;

    /// <summary>The sample with the items of its list of mechanisms, and parts replaced, each of which must be there.</summary>
    public static string With(string mechanisms, params (string Part, string Replacement)[] changes)
    {
        var text = Text;
        foreach (var (part, replacement) in changes)
        {
            Xunit.Assert.Contains(part, text, StringComparison.Ordinal);
            text = text.Replace(part, replacement, StringComparison.Ordinal);
        }

        return text.Replace("MECHANISMS", mechanisms, StringComparison.Ordinal);
    }

    /// <summary>The mechanisms of the sample with these.</summary>
    public static IReadOnlyList<Mechanism> Read(string mechanisms, params (string Part, string Replacement)[] changes) =>
        Sample.Read(With(mechanisms, changes)).Problem.Mechanisms;

    /// <summary>The only error of a text in which § marks its place.</summary>
    public static ConfigurationError OnlyError(string marked)
    {
        var (text, line, column) = Sample.Unmark(marked);
        var error = Xunit.Assert.Single(Sample.Errors(text));
        Xunit.Assert.Equal((line, column), (error.Line, error.Column));
        return error;
    }
}
