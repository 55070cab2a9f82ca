namespace NernstPlanckGpu.EndToEndTests.Support;

/// <summary>Where things lie: the root of the checkout and the program as built beside these tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The built program, in the configuration (Debug or Release) of these tests.</summary>
    public static string Program { get; } =
        Path.Combine(Root, "src", "NernstPlanckGpu.Cli", "bin", Configuration(), "net10.0", "npgpu.dll");

    /// <summary>run.sh has set up this checkout: it may be started without a build of minutes.</summary>
    public static bool IsBuiltByRunScript => File.Exists(Path.Combine(Root, ".npgpu", "built-program"));

    /// <summary>The dotnet that runs these tests.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
        ?? (Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet");

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "NernstPlanckGpu.sln")))
                return folder;
        }

        throw new InvalidOperationException("The tests do not lie in a checkout.");
    }

    private static string Configuration() =>
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
}
