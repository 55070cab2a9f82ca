using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NernstPlanckGpu.UnitTests.Messages;

/// <summary>The program's own source, with and without its optional packages, ready to be asked what a name means.</summary>
internal static class SourceTree
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>Assemblies that are not looked into: the program's own, which is read as source, and the packages that a build may lack.</summary>
    private static readonly string[] Left = ["NernstPlanckGpu", "npgpu", "ILGPU", "HDF.PInvoke"];

    private static readonly string[] WithPackages = ["WITH_ILGPU", "WITH_HDF_PINVOKE"];

    /// <summary>Compilations, and the files to look at in each, so that every line is alive in one: without the packages only what depends on them.</summary>
    public static IReadOnlyList<(CSharpCompilation Compilation, IReadOnlyList<SyntaxTree> Trees)> Compilations(string root)
    {
        var (whole, without) = (Compilation(root, WithPackages), Compilation(root, []));
        return
        [
            (whole, [.. whole.SyntaxTrees.Where(tree => tree.FilePath.Length > 0)]),
            (without, [.. without.SyntaxTrees.Where(tree => tree.FilePath.Length > 0 && tree.GetRoot().ContainsDirectives && tree.ToString().Contains("#if ", StringComparison.Ordinal))]),
        ];
    }

    private static CSharpCompilation Compilation(string root, string[] symbols)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: symbols);
        var trees = Files(root).Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, Path.GetRelativePath(root, path).Replace('\\', '/')));
        var usings = CSharpSyntaxTree.ParseText(ImplicitUsings, options);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Left.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("source", [.. trees, usings], references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true));
    }

    private static IEnumerable<string> Files(string root) => new[] { "kernels", "src" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);
}
