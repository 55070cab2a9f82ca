using System.CommandLine;
using System.Reflection;
using NernstPlanckGpu.Cli.Options;
using NernstPlanckGpu.Cli.Running;
using NernstPlanckGpu.Core.Configuration;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu init</c>: writes a starting configuration with comments.</summary>
internal static class InitCommand
{
    private const string ResourcePrefix = "template:";

    /// <summary>Where the templates say that their schema is: beside them.</summary>
    private const string SchemaName = "config.schema.json";

    public static Command Create(CommonOptions options)
    {
        string[] names = TemplateNames();
        var template = new Option<string>("--template")
        {
            Description = "What to start from.",
            HelpName = string.Join('|', names),
            DefaultValueFactory = _ => names[0],
        };
        template.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: { } text }] && !names.Contains(text))
                result.AddError($"--template takes one of {string.Join(", ", names)}, not '{text}'.");
        });
        var file = new Argument<string?>("FILE")
        {
            Description = "The file to write (default: TEMPLATE.json).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("init", "Write a starting configuration with comments.") { file, template, options.Force, options.Quiet };
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(template);
            return Write(name, parsed.GetValue(file) ?? name + ".json", parsed.GetValue(options.Force), parsed.GetValue(options.Quiet));
        });
        return command;
    }

    private static int Write(string template, string path, bool force, bool quiet)
    {
        OutputFile.Prepare(path, force);
        using (Stream source = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourcePrefix + template)!)
        using (FileStream target = File.Create(path))
            source.CopyTo(target);
        string schema = WriteSchema(path);
        if (!quiet)
            Console.Out.WriteLine($"wrote {path}, and {schema} for editors; see what it would cost with 'npgpu validate {path}', compute it with 'npgpu run {path}'");
        return ExitCode.Done;
    }

    /// <summary>The schema beside a configuration, by which an editor completes and explains. One that is there already, and another, is kept.</summary>
    private static string WriteSchema(string configuration)
    {
        string path = Path.Combine(Path.GetDirectoryName(configuration) ?? "", SchemaName);
        string schema = ConfigurationSchema.Generate();
        if (!File.Exists(path))
            File.WriteAllText(path, schema);
        else if (File.ReadAllText(path) != schema)
            Console.Error.WriteLine($"npgpu: {path} is not the schema of this version; renew it with 'npgpu schema > {ShellWord.Quote(path)}', or keep it if it is yours.");
        return path;
    }

    // Membrane first: it is the default.
    private static string[] TemplateNames() =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(name => name[ResourcePrefix.Length..])
            .OrderBy(name => name != "membrane")
            .ThenBy(name => name, StringComparer.Ordinal),
    ];
}
