using System.CommandLine;
using NernstPlanckGpu.Core.Configuration;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary><c>npgpu schema</c>: prints the JSON schema of a configuration.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Print the JSON schema (draft-07) of a configuration.");
        command.SetAction(_ =>
        {
            Console.Out.Write(ConfigurationSchema.Generate());
            return ExitCode.Done;
        });
        return command;
    }
}
