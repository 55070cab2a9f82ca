using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NernstPlanckGpu.Cli.Options;

/// <summary>The options that several commands share; each command adds those that mean something to it.</summary>
internal sealed class CommonOptions
{
    public Argument<string> Configuration { get; } = new("CONFIG") { Description = "The configuration, a JSON file." };

    public Option<string?> Output { get; } =
        new("--output", "-o") { Description = "The file to write (default: results/CONFIG.h5).", HelpName = "FILE" };

    public Option<bool> Force { get; } = new("--force") { Description = "Replace an existing output file." };

    public Option<string> Engine { get; } = Choice("--engine", "Who computes.", "auto", "cpu", "cuda", "opencl", "simulator");

    public Option<int?> Device { get; } = new("--device")
    {
        Description = "Device of that engine, as npgpu devices counts them (default: of a job's CUDA devices the process's own, else the first).",
        HelpName = "N",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int device))
                return device;
            result.AddError($"--device takes a whole number from 0, not '{text}'.");
            return null;
        },
    };

    public Option<string> Precision { get; } = Choice("--precision", "Arithmetic of a device: mixed is for explicit steps where double precision is slow.", "double", "mixed");

    public Option<string> Lane { get; } = Choice("--lane", "SIMD lane of the CPU engine.", "auto", "scalar", "256", "512");

    public Option<string[]> Overrides { get; } = new("--set")
    {
        Description = "Override a value of the configuration, such as /regions/1/length=\"5 nm\"; may be repeated.",
        HelpName = "POINTER=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        DefaultValueFactory = _ => [],
    };

    public Option<int> Threads { get; } = new("--threads")
    {
        Description = "Threads of the CPU engine, or beside a device (default: as many as Slurm gives to a task, else all processors).",
        HelpName = "N",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object on the standard output." };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "Print errors only." };

    public Option<string?> Certify { get; } = new("--certify")
    {
        Description = "Certify besides what is always checked: grid solves again with every cell halved and gives the error in mV.",
        HelpName = "grid",
    };

    public CommonOptions()
    {
        Lane.Hidden = true;
        Certify.AcceptOnlyFromAmong("grid");
        Overrides.Validators.Add(CheckOverrides);
        Device.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValue(Engine) is "auto" or "cpu")
                result.AddError("--device says which of an engine's devices: name the engine, --engine cuda, opencl or simulator.");
        });
        Threads.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && !(int.TryParse(text, out int threads) && threads >= 1))
                result.AddError($"--threads takes a whole number of at least 1, not '{text}'.");
        });
    }

    /// <summary>Adds what decides how a configuration is read and computed.</summary>
    public void AddConfigurationTo(Command command)
    {
        command.Arguments.Add(Configuration);
        foreach (Option option in new Option[] { Overrides, Engine, Device, Precision, Threads, Lane, Json, Quiet })
            command.Options.Add(option);
    }

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', values),
            DefaultValueFactory = _ => values[0],
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && !values.Contains(text))
                result.AddError($"{name} takes one of {string.Join(", ", values)}, not '{text}'.");
        });
        return option;
    }

    private static void CheckOverrides(OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (!token.Value.StartsWith('/') || !token.Value.Contains('='))
                result.AddError($"--set takes /json/pointer=value, such as --set /regions/1/length=\"5 nm\", not '{token.Value}'.");
        }
    }
}
