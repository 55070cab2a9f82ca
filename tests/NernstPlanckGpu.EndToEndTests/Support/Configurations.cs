namespace NernstPlanckGpu.EndToEndTests.Support;

/// <summary>Configurations for tests, and ways to break them.</summary>
internal static class Configurations
{
    /// <summary>A small valid run: two baths around a membrane, a few milliseconds of computing.</summary>
    public const string Valid = """
        {
          "schemaVersion": 1,
          "title": "Test",
          "temperature": "37 degC",
          "geometry": { "kind": "planar" },
          "species": [
            { "name": "K", "valence": 1, "diffusivity": "1.957e-9 m^2/s" },
            { "name": "Na" },
            { "name": "Cl" },
            { "name": "A", "valence": -1, "diffusivity": "1e-9 m^2/s" }
          ],
          "regions": [
            {
              "name": "inside", "length": "5 nm", "permittivity": 78.5,
              "concentration": { "K": "140 mM", "Na": "12 mM", "Cl": "10 mM", "A": "142 mM" }
            },
            {
              "name": "membrane", "length": "4 nm", "permittivity": 2, "membrane": true, "impermeable": ["A"],
              "diffusivityFactor": { "K": 1 }, "barrier": { "K": "45 kJ/mol", "Na": "52 kJ/mol", "Cl": "47 kJ/mol" }
            },
            {
              "name": "outside", "length": "5 nm", "permittivity": 78.5,
              "concentration": { "K": "5 mM", "Na": "145 mM", "Cl": "150 mM", "A": "0 mM" }
            }
          ],
          "boundaries": {
            "left": { "electric": { "potential": "-70 mV" }, "ions": "bath" },
            "right": { "electric": { "potential": "0 mV" }, "ions": "bath" }
          },
          "initial": "regions",
          "mechanisms": [],
          "activity": "ideal",
          "time": { "end": "1 ns", "integrator": "auto", "relativeTolerance": 1e-4 },
          "output": { "snapshots": { "count": 5, "spacing": "log" }, "traces": ["membranePotential", "currentDensity"] }
        }
        """;

    /// <summary>A run that takes minutes with explicit steps: for what happens on the way.</summary>
    public static string Long => Replace("\"end\": \"1 ns\", \"integrator\": \"auto\"", "\"end\": \"1 s\", \"integrator\": \"rkc2\"");

    /// <summary>The valid configuration with one piece of text replaced.</summary>
    public static string Replace(string text, string replacement)
    {
        int at = Valid.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"the valid configuration has no {text}");
        return Valid[..at] + replacement + Valid[(at + text.Length)..];
    }
}
