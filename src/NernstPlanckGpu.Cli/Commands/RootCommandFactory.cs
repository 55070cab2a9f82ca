using System.CommandLine;
using NernstPlanckGpu.Cli.Options;

namespace NernstPlanckGpu.Cli.Commands;

/// <summary>The tree of commands.</summary>
internal static class RootCommandFactory
{
    public static RootCommand Create()
    {
        var options = new CommonOptions();
        return new RootCommand("Solves the one-dimensional Poisson-Nernst-Planck equations through a stack of layers.")
        {
            RunCommand.Create(options),
            SweepCommand.Create(options),
            ResumeCommand.Create(options),
            MergeCommand.Create(options),
            StatusCommand.Create(options),
            ValidateCommand.Create(options),
            VerifyCommand.Create(options),
            ReportCommand.Create(options),
            DevicesCommand.Create(options),
            SchemaCommand.Create(),
            IonsCommand.Create(options),
            InitCommand.Create(options),
        };
    }
}
