using NernstPlanckGpu.Core.Configuration;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.UnitTests.Configuration;

namespace NernstPlanckGpu.UnitTests.Engines.Suite;

/// <summary>The problems of the configurations that come with the program, as runs that are short enough for every engine.</summary>
internal static class ConfigurationAgreement
{
    /// <summary>Names under <c>configs/</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "bench/memb", "blocking-electrodes", "charged-membrane", "cyclic-voltammetry", "debye-layer", "donnan", "free-diffusion",
        "iv-potassium", "liquid-junction", "liquid-junction-hcl-kcl", "membrane-capacitor", "resting-membrane",
    ];

    /// <summary>The problem of a configuration, from its regions' concentrations where it starts from a steady state.</summary>
    public static DiscreteProblem Problem(string name)
    {
        ConfigurationResult read = ConfigurationReader.Read(Path.Combine(Repository.Root, "configs", $"{name}.json"), []);
        RunConfiguration configuration = read.Configuration ?? throw new InvalidOperationException(string.Join("; ", read.Errors));
        PnpProblem problem = configuration.Problem;
        if (problem.Initial is not ProfilesInitialState)
            problem = problem with { Initial = new ProfilesInitialState([.. problem.Species.Select(_ => new RegionsProfile())]) };
        return Discretiser.Discretise(problem);
    }
}
