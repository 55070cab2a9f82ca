using NernstPlanckGpu.GpuSuite;
using Xunit.Abstractions;
using Xunit.Sdk;

// Runs the tests of an assembly beside this program whose class names begin with one of the given prefixes, and with none that stands after a minus:
//
//   dotnet NernstPlanckGpu.GpuSuite.dll ASSEMBLY PREFIX... [-PREFIX]...
//
// One line per failed test, per reason of skipping and per class; closes with "N passed, N failed, N skipped".
// Exit code: 0 all passed, 1 some failed or none was found, 2 usage.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: dotnet NernstPlanckGpu.GpuSuite.dll ASSEMBLY PREFIX... [-PREFIX]...");
    return 2;
}
string path = Path.Combine(AppContext.BaseDirectory, args[0] + ".dll");
using var framework = new XunitTestFramework(new Silence());
ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(new ReflectionAssemblyInfo(System.Reflection.Assembly.LoadFrom(path)));
bool Is(ITestCase testCase, string prefix) => testCase.TestMethod.TestClass.Class.Name.StartsWith(prefix, StringComparison.Ordinal);
ILookup<bool, string> prefixes = args.Skip(1).ToLookup(prefix => prefix.StartsWith('-'), prefix => prefix.TrimStart('-'));
using var discovered = new Discovered(testCase => prefixes[false].Any(prefix => Is(testCase, prefix)) && !prefixes[true].Any(prefix => Is(testCase, prefix)));
discoverer.Find(false, discovered, new Options());
discovered.Finished.Wait();
using var tally = new Tally();
// One after the other: a test measures nothing, but the device is one and the CPU may have few cores.
using ITestFrameworkExecutor executor = framework.GetExecutor(System.Reflection.AssemblyName.GetAssemblyName(path));
executor.RunTests(discovered.Cases, tally, new Options { ["xunit.execution.DisableParallelization"] = true });
tally.Finished.Wait();
return tally.Report();
