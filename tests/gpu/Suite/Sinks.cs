using Xunit.Abstractions;

namespace NernstPlanckGpu.GpuSuite;

/// <summary>Hears nothing.</summary>
internal sealed class Silence : IMessageSink
{
    public bool OnMessage(IMessageSinkMessage message) => true;
}

/// <summary>The framework's options by name; what is not given has the framework's default.</summary>
internal sealed class Options : Dictionary<string, object>, ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    public TValue GetValue<TValue>(string name) => TryGetValue(name, out object? value) ? (TValue)value : default!;

    public void SetValue<TValue>(string name, TValue value) => this[name] = value!;
}

/// <summary>Tests of the wanted classes.</summary>
internal sealed class Discovered(Func<ITestCase, bool> isWanted) : IMessageSink, IDisposable
{
    public List<ITestCase> Cases { get; } = [];

    public ManualResetEventSlim Finished { get; } = new();

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestCaseDiscoveryMessage found && isWanted(found.TestCase)) Cases.Add(found.TestCase);
        if (message is IDiscoveryCompleteMessage) Finished.Set();
        return true;
    }

    public void Dispose() => Finished.Dispose();
}

/// <summary>Counts, and says what failed and what was skipped.</summary>
internal sealed class Tally : IMessageSink, IDisposable
{
    private readonly SortedDictionary<string, int> reasons = new(StringComparer.Ordinal);
    private readonly Lock sync = new();
    private int passed, failed, skipped;

    public ManualResetEventSlim Finished { get; } = new();

    public bool OnMessage(IMessageSinkMessage message)
    {
        lock (sync)
        {
            switch (message)
            {
                case ITestPassed: passed++; break;
                case ITestSkipped skip:
                    skipped++;
                    string reason = $"{skip.TestClass.Class.Name}: {skip.Reason}";
                    reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                    break;
                case ITestFailed fail: Failed(fail.Test.DisplayName, fail); break;
                case ITestCleanupFailure fail: Failed(fail.Test.DisplayName, fail); break;
                case ITestClassCleanupFailure fail: Failed(fail.TestClass.Class.Name, fail); break;
                case IErrorMessage fail: Failed("error", fail); break;
                case ITestClassFinished end when end.TestsRun > 0:
                    Console.WriteLine($"{end.TestClass.Class.Name}: {end.TestsRun - end.TestsFailed - end.TestsSkipped} of {end.TestsRun} passed, {end.TestsSkipped} skipped, {end.ExecutionTime:f1} s");
                    break;
                default: break;
            }
        }
        if (message is ITestAssemblyFinished) Finished.Set();
        return true;
    }

    /// <summary>Says why tests were skipped, and closes; the exit code.</summary>
    public int Report()
    {
        foreach ((string reason, int count) in reasons) Console.WriteLine($"skipped {count}: {reason}");
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 && passed + skipped > 0 ? 0 : 1;
    }

    public void Dispose() => Finished.Dispose();

    private void Failed(string name, IFailureInformation failure)
    {
        failed++;
        Console.WriteLine($"FAILED {name}: {string.Join(" / ", failure.Messages)}");
        Console.WriteLine(failure.StackTraces.FirstOrDefault());
    }
}
