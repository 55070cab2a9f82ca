using System.Reflection;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Engines.Cpu;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results;
using Xunit;

namespace NernstPlanckGpu.UnitTests.Engines;

/// <summary>A problem that is saved and restored goes on with the same bits, whatever it is restored into; a record of another problem is refused.</summary>
public class RecordTests
{
    private const int Count = 5;

    private static readonly EngineOptions[] Engines =
    [
        new(1, "scalar"), new(1, "256", true), new(1, "512", false), new(1, "512", true), new(1, "256", false), new(2),
    ];

    private static readonly IntegratorKind[] Integrators = [IntegratorKind.Euler, IntegratorKind.Rkc2, IntegratorKind.Rodas4, IntegratorKind.Rodas5];

    public static TheoryData<string, int, IntegratorKind, double?> Cases()
    {
        var data = new TheoryData<string, int, IntegratorKind, double?>();
        foreach (IntegratorKind integrator in Integrators)
        {
            foreach (string kind in RecordProblems.Kinds) data.Add(kind, 7, integrator, null);
            foreach (int cells in new[] { 1, 2, 3, 29 }) data.Add("waveforms", cells, integrator, null);
            // Euler takes more than the 4096 steps after which it restores Gauss's law.
            data.Add("currentLeft", 7, integrator, integrator == IntegratorKind.Euler ? 2e-12 : 7e-12);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_relay_gives_the_bits_of_a_straight_run(string kind, int cells, IntegratorKind integrator, double? step)
    {
        var settings = new TimeSettings { End = RecordProblems.End, Integrator = integrator, Step = step };
        DiscreteProblem[] problems = [.. Enumerable.Range(0, Count).Select(i => Discretiser.Discretise(RecordProblems.Create(kind, cells, i)))];
        // The second target is a corner.
        double[][] targets = [.. Enumerable.Range(0, Count).Select(i => new[] { 2.7e-9 * (1 + 0.03 * i), 5 * (RecordProblems.Period(i) / 2), RecordProblems.End })];
        (ProblemStatus Status, StateView State)[][] straight = [.. problems.Select((problem, i) => Straight(problem, settings, targets[i]))];
        Assert.True(
            straight.All(run => run[^1].Status.Outcome == Expected(kind, integrator)), string.Join("; ", straight.Select(run => run[^1].Status)));

        using var relay = new Relay(problems, settings);
        for (int part = 0; part < 3; part++)
        {
            relay.RunTo([.. targets.Select(of => of[part])]);
            for (int i = 0; i < Count; i++)
            {
                (ProblemStatus status, StateView state) = relay.Look(i);
                string where = $"problem {i} at target {part} after {relay.Legs} legs";
                Assert.True(straight[i][part].Status == status, $"{where}: {straight[i][part].Status} against {status}");
                StateViews.AssertSame(straight[i][part].State, state, where);
            }
        }
        Assert.True(relay.Legs >= 6, $"{relay.Legs} legs");
    }

    private static Outcome Expected(string kind, IntegratorKind integrator) => kind switch
    {
        "burst" => Outcome.Burst,
        "failure" => Outcome.NotFinite,
        _ => Outcome.Done,
    };

    private static (ProblemStatus Status, StateView State)[] Straight(DiscreteProblem problem, TimeSettings settings, double[] targets)
    {
        using IBatch batch = new CpuEngine(Engines[0]).Start([problem], settings);
        return [.. targets.Select(target =>
        {
            batch.Advance([target], null, CancellationToken.None);
            var state = new StateView(problem);
            batch.Read(0, state);
            return (batch.Status(0), state);
        })];
    }

    /// <summary>Problems that are interrupted after more and more steps, each time to go on in another engine, in another order, beside a stranger.</summary>
    private sealed class Relay : IDisposable
    {
        private readonly DiscreteProblem[] problems;
        private readonly TimeSettings settings;
        private IBatch batch;

        public Relay(DiscreteProblem[] problems, TimeSettings settings)
        {
            (this.problems, this.settings) = (problems, settings);
            batch = Start();
        }

        /// <summary>Batches so far.</summary>
        public int Legs { get; private set; } = 1;

        public void RunTo(double[] targets)
        {
            for (int pause = 1, next = 2; ; (pause, next) = (next, pause + next))
            {
                Leg(targets, pause);
                bool interrupted = Enumerable.Range(0, Count).Any(i => batch.Status(Place(i)).Outcome == Outcome.Interrupted);
                PassOn();
                if (!interrupted) return;
            }
        }

        public (ProblemStatus Status, StateView State) Look(int i)
        {
            var state = new StateView(problems[i]);
            batch.Read(Place(i), state);
            return (batch.Status(Place(i)), state);
        }

        public void Dispose() => batch.Dispose();

        // The stranger, last, begins anew in every leg.
        private int Place(int i) => (i + Legs) % Count;

        private void Leg(double[] targets, int pause)
        {
            var inOrder = new double[Count + 1];
            for (int i = 0; i < Count; i++) inOrder[Place(i)] = targets[i];
            inOrder[Count] = RecordProblems.End;
            using var source = new CancellationTokenSource();
            int steps = 0;
            batch.Advance(inOrder, _ => { if (Interlocked.Increment(ref steps) == pause) source.Cancel(); }, source.Token);
        }

        private void PassOn()
        {
            // To look in between must disturb nothing.
            if (Legs % 2 == 0) Look(Legs % Count);
            EngineRecord[] records = [.. problems.Select((_, i) => Saved(batch, Place(i)))];
            batch.Dispose();
            Legs++;
            batch = Start();
            for (int i = 0; i < Count; i++)
            {
                batch.Restore(Place(i), Copy(records[i]));
                AssertSame(records[i], Saved(batch, Place(i)));
            }
        }

        private IBatch Start()
        {
            var inOrder = new DiscreteProblem[Count + 1];
            for (int i = 0; i < Count; i++) inOrder[Place(i)] = problems[i];
            inOrder[Count] = problems[0];
            return new CpuEngine(Engines[Legs % Engines.Length]).Start(inOrder, settings);
        }
    }

    private static EngineRecord Saved(IBatch batch, int problem)
    {
        var record = new EngineRecord();
        batch.Save(problem, record);
        return record;
    }

    private static EngineRecord Copy(EngineRecord record, Func<RecordEntry, RecordEntry?>? change = null)
    {
        var copy = new EngineRecord();
        foreach (RecordEntry entry in record.Entries.Reverse())
            if ((change is null ? entry : change(entry)) is { } kept) copy.Add(kept.Name, kept.Unit, kept.Values);
        return copy;
    }

    private static void AssertSame(EngineRecord expected, EngineRecord actual)
    {
        Assert.Equal(expected.Entries.Select(entry => (entry.Name, entry.Unit)), actual.Entries.Select(entry => (entry.Name, entry.Unit)));
        foreach ((RecordEntry one, RecordEntry other) in expected.Entries.Zip(actual.Entries))
            Assert.True(Bits(one).SequenceEqual(Bits(other)), one.Name);

        static IEnumerable<long> Bits(RecordEntry entry) => entry.Values.Select(BitConverter.DoubleToInt64Bits);
    }

    [Fact]
    public void A_clock_forgets_nothing_but_what_is_made_anew()
    {
        DiscreteProblem problem = Discretiser.Discretise(RecordProblems.Create("waveforms", 3, 0));
        (ProblemControl saved, ProblemControl restored) = (new(0, problem), new(0, problem));
        PropertyInfo[] properties = [.. typeof(ProblemControl).GetProperties().Where(property => property.CanWrite)];
        for (int i = 0; i < properties.Length; i++) properties[i].SetValue(saved, Value(properties[i].PropertyType, i + 2));
        var record = new EngineRecord();
        RecordExchange.Save(record, saved.Exchange);
        RecordExchange.Restore(record, restored.Exchange);

        string[] madeAnew = [nameof(ProblemControl.Target), nameof(ProblemControl.Corner), nameof(ProblemControl.Step)];
        foreach (PropertyInfo property in properties)
            Assert.True(madeAnew.Contains(property.Name) != Equals(property.GetValue(saved), property.GetValue(restored)), property.Name);

        static object Value(Type type, int i) => type == typeof(bool) ? false : type == typeof(string) ? $"text {i}"
            : type == typeof(Outcome) ? Outcome.Negative : Convert.ChangeType(i, type);
    }

    public static TheoryData<string, string, int, IntegratorKind, string> Strangers() => new()
    {
        { "another integrator", "waveforms", 7, IntegratorKind.Rodas4, "problem/integrator is Rodas4, not Rkc2" },
        { "more cells", "waveforms", 8, IntegratorKind.Rkc2, "problem/cells is 8, not 7" },
        { "more species", "mechanisms", 7, IntegratorKind.Rkc2, "problem/species is 5, not 3" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public void A_record_of_another_problem_is_refused(string what, string kind, int cells, IntegratorKind integrator, string reason)
    {
        EngineRecord record = HalfWay(kind, cells, integrator);
        var settings = new TimeSettings { End = RecordProblems.End, Integrator = IntegratorKind.Rkc2 };
        using IBatch batch = new CpuEngine(new(1)).Start([Discretiser.Discretise(RecordProblems.Create("waveforms", 7, 0))], settings);
        var refusal = Assert.Throws<EngineRecordException>(() => batch.Restore(0, record));
        Assert.True(reason == refusal.Message, $"{what}: {refusal.Message}");
    }

    [Fact]
    public void A_record_without_its_mechanisms_is_refused()
    {
        EngineRecord record = HalfWay("mechanisms", 7, IntegratorKind.Rodas4);
        PnpProblem problem = RecordProblems.Create("mechanisms", 7, 0);
        DiscreteProblem without = Discretiser.Discretise(problem with { Mechanisms = [.. problem.Mechanisms.Where(m => m is not GatedChannel)] });
        using IBatch batch = new CpuEngine(new(1)).Start([without], new() { End = 1, Integrator = IntegratorKind.Rodas4 });
        var refusal = Assert.Throws<EngineRecordException>(() => batch.Restore(0, record));
        Assert.Equal("problem/mechanismStates is 5, not 2", refusal.Message);
    }

    [Theory]
    [InlineData("waveforms", IntegratorKind.Euler)]
    [InlineData("currentLeft", IntegratorKind.Rkc2)]
    [InlineData("mechanismsAtRest", IntegratorKind.Rkc2)]
    [InlineData("mechanismsAtRest", IntegratorKind.Rodas4)]
    public void What_is_missing_or_wrong_is_named_and_nothing_is_changed(string kind, IntegratorKind integrator)
    {
        EngineRecord record = HalfWay(kind, 7, integrator);
        var settings = new TimeSettings { End = RecordProblems.End, Integrator = integrator };
        using IBatch batch = new CpuEngine(new(1)).Start([Discretiser.Discretise(RecordProblems.Create(kind, 7, 0))], settings);
        EngineRecord fresh = Saved(batch, 0);
        foreach (string name in record.Entries.Select(entry => entry.Name))
        {
            bool isText = name is "problem/integrator" or "control/detail";
            Refuses(entry => null, $"{name} is missing");
            Refuses(entry => entry with { Unit = "bar" }, $"{name} is in bar, not in ");
            Refuses(entry => entry with { Values = [.. entry.Values, 1] }, isText ? $"{name} is not a text" : $"{name} has ");

            void Refuses(Func<RecordEntry, RecordEntry?> change, string reason)
            {
                var refusal = Assert.Throws<EngineRecordException>(() => batch.Restore(0, Copy(record, entry => entry.Name == name ? change(entry) : entry)));
                Assert.StartsWith(reason, refusal.Message, StringComparison.Ordinal);
            }
        }
        AssertSame(fresh, Saved(batch, 0));
        batch.Restore(0, record);
        AssertSame(record, Saved(batch, 0));
    }

    private static EngineRecord HalfWay(string kind, int cells, IntegratorKind integrator)
    {
        var settings = new TimeSettings { End = RecordProblems.End, Integrator = integrator };
        using IBatch batch = new CpuEngine(new(1)).Start([Discretiser.Discretise(RecordProblems.Create(kind, cells, 0))], settings);
        batch.Advance([RecordProblems.End / 2], null, CancellationToken.None);
        return Saved(batch, 0);
    }
}
