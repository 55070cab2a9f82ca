using System.Diagnostics;
using System.Globalization;

namespace NernstPlanckGpu.PlantedFaults;

/// <summary>
/// A folder with copies of the sources of Formulas, Core and this project, built as one assembly: quicker than three projects, and nothing
/// of the repository is touched. One fault at a time.
/// </summary>
internal sealed class Mutant : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <AssemblyName>mutant</AssemblyName>
            <RunAnalyzers>false</RunAnalyzers>
            <EnforceCodeStyleInBuild>false</EnforceCodeStyleInBuild>
            <GenerateDocumentationFile>false</GenerateDocumentationFile>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <NoWarn>$(NoWarn);CS0162;CS0168;CS0169;CS0219;CS0414;CS0649</NoWarn>
            <TieredPGO>false</TieredPGO>
          </PropertyGroup>
        </Project>
        """;

    private static readonly string[] Sources =
        ["kernels/NernstPlanckGpu.Formulas", "src/NernstPlanckGpu.Core", "tests/NernstPlanckGpu.PlantedFaults"];

    private static readonly TimeSpan BuildPatience = TimeSpan.FromMinutes(10);

    private readonly string root;
    private readonly string folder = Directory.CreateTempSubdirectory("npgpu-mutant-").FullName;
    private (string Path, string Text)? changed;

    /// <summary>Copies the sources.</summary>
    /// <param name="root">Root of the repository.</param>
    public Mutant(string root)
    {
        this.root = root;
        File.WriteAllText(Path.Combine(folder, "mutant.csproj"), Project);
        foreach (string file in new[] { "Directory.Build.props", "global.json" })
            if (File.Exists(Path.Combine(root, file))) File.Copy(Path.Combine(root, file), Path.Combine(folder, file));
        foreach (string file in Sources.SelectMany(Files))
        {
            string copy = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(root, file), copy);
        }
    }

    /// <summary>Plants a fault in place of the last one; null: none.</summary>
    public void Plant(PlantedFault? fault)
    {
        if (changed is { } last) File.WriteAllText(last.Path, last.Text);
        changed = null;
        if (fault is null) return;
        string path = Path.Combine(folder, fault.File), text = File.ReadAllText(path);
        changed = (path, text);
        File.WriteAllText(path, fault.Plant(text));
    }

    /// <summary>Builds.</summary>
    /// <exception cref="InvalidOperationException">It does not compile: the mutation is none.</exception>
    public void Build()
    {
        (int? exitCode, string output) = Start(
            ["build", Path.Combine(folder, "mutant.csproj"), "-c", "Release", "-v", "q", "-nologo", "-nodeReuse:false"], BuildPatience, _ => { });
        if (exitCode != 0) throw new InvalidOperationException($"the mutant does not compile:\n{output}");
    }

    /// <summary>Runs the probe; its lines come as they are written. The exit code is null where the time was up.</summary>
    /// <param name="patience">Time for all of it.</param>
    /// <param name="patienceOfEach">Time for a row or a run.</param>
    /// <param name="line">Receiver of lines.</param>
    public (int? ExitCode, string Output) Probe(TimeSpan patience, TimeSpan patienceOfEach, Action<string> line) => Start(
        [Path.Combine(folder, "bin", "Release", "net10.0", "mutant.dll"), "probe", root, patienceOfEach.TotalSeconds.ToString(CultureInfo.InvariantCulture)],
        patience, line);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IEnumerable<string> Files(string project) => Directory.EnumerateFiles(Path.Combine(root, project), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
        .Where(path => !path.StartsWith($"{project}/obj/", StringComparison.Ordinal) && !path.StartsWith($"{project}/bin/", StringComparison.Ordinal));

    private (int? ExitCode, string Output) Start(IEnumerable<string> arguments, TimeSpan patience, Action<string> line)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using Process process = Process.Start(start)!;
        var all = new List<string>();
        void Take(string? text, bool tell)
        {
            if (text is null) return;
            lock (all)
            {
                all.Add(text);
                if (tell) line(text);
            }
        }
        process.OutputDataReceived += (_, data) => Take(data.Data, tell: true);
        process.ErrorDataReceived += (_, data) => Take(data.Data, tell: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool ended = process.WaitForExit(patience);
        if (!ended) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        lock (all) return (ended ? process.ExitCode : null, string.Join('\n', all));
    }
}
