using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Model;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Configuration;

/// <summary>A right configuration that tests change.</summary>
internal static class Sample
{
    public const string Text =
        """
        {
          // comments are read
          "title": "Sample",
          "temperature": "25 degC",
          "geometry": { "kind": "planar" },
          "species": [
            { "name": "K" },
            { "name": "Cl", "valence": -1, "diffusivity": "2.032e-9 m^2/s" },
            { "name": "A", "valence": -1, "diffusivity": 1e-9 },
          ],
          "diffusivityScaling": "none",
          "grid": { "firstCell": "0.1 nm", "growth": 1.2 },
          "regions": [
            { "name": "inside", "length": "10 nm", "permittivity": 78.5, "concentration": { "K": "150 mM", "Cl": "100 mM", "A": "40 mM" }, "fixedCharge": "-10 mM" },
            { "name": "membrane", "length": "5 nm", "permittivity": 2, "membrane": true, "impermeable": ["A"],
              "diffusivityFactor": { "K": 1e-3 }, "barrier": "10 kJ/mol", "grid": { "cells": 20, "grading": "none" } },
            { "name": "outside", "length": "10 nm", "permittivity": "water", "concentration": { "K": "5 mM", "Cl": "5 mM" } }
          ],
          "boundaries": {
            "left": { "electric": { "potential": "-70 mV" }, "ions": { "default": "bath", "A": "blocked" } },
            "right": { "electric": { "stern": { "potential": 0, "capacitance": "0.2 F/m^2" } }, "ions": "bath" }
          },
          "initial": "regions",
          "mechanisms": [],
          "activity": "ideal",
          "mode": "transient",
          "time": { "end": "1 us", "integrator": "rkc2", "relativeTolerance": 1e-5, "absoluteTolerance": "1 uM", "maximumSteps": 1000 },
          "output": { "snapshots": { "count": 11, "spacing": "linear" }, "traces": ["membranePotential", "leftCharge"] }
        }
        """;

    /// <summary>The sample with a part replaced; the part must be there.</summary>
    public static string With(string part, string replacement)
    {
        Assert.Contains(part, Text, StringComparison.Ordinal);
        var at = Text.IndexOf(part, StringComparison.Ordinal);
        return Text[..at] + replacement + Text[(at + part.Length)..];
    }

    /// <summary>The sample without time and output, and with something else in the place of its mode.</summary>
    public static string WithoutTime(string mode)
    {
        var time = Text.IndexOf(",\n  \"time\"", StringComparison.Ordinal);
        return (Text[..time] + "\n}").Replace("\"mode\": \"transient\"", mode, StringComparison.Ordinal);
    }

    /// <summary>Takes the mark § out of a text, and says where it stood.</summary>
    public static (string Text, int Line, int Column) Unmark(string marked)
    {
        var at = marked.IndexOf('§', StringComparison.Ordinal);
        Assert.True(at >= 0, "no mark");
        var before = marked[..at];
        return (before + marked[(at + 1)..], before.Count(symbol => symbol == '\n') + 1, at - before.LastIndexOf('\n'));
    }

    public static RunConfiguration Read(string text, params string[] overrides)
    {
        var result = ConfigurationReader.Parse(text, "sample.json", overrides);
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }

    public static IReadOnlyList<ConfigurationError> Errors(string text, params string[] overrides)
    {
        var result = ConfigurationReader.Parse(text, "sample.json", overrides);
        Assert.Null(result.Configuration);
        return result.Errors;
    }
}
