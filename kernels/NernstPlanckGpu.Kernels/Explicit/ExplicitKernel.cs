using ILGPU;

namespace NernstPlanckGpu.Kernels.Explicit;

/// <summary>Where the numbers of a group's problem are kept.</summary>
public interface IResidence<TCells>
    where TCells : struct, ICells
{
    /// <summary>The thread's cells.</summary>
    static abstract TCells Cells(in BatchViews batch, in BatchShape shape, int problem);

    /// <summary>What the threads tell each other by.</summary>
    static abstract GroupMemory Memory(in BatchViews batch, in BatchShape shape);
}

/// <summary>One cell per thread, in registers; the rest in the group's own memory.</summary>
public readonly struct InRegisters<TSpecies> : IResidence<RegisterCells<TSpecies>>
    where TSpecies : struct, ISpeciesList
{
    /// <inheritdoc/>
    public static RegisterCells<TSpecies> Cells(in BatchViews batch, in BatchShape shape, int problem) => new(Group.IdxX, shape.Row);

    /// <inheritdoc/>
    public static GroupMemory Memory(in BatchViews batch, in BatchShape shape) => new(SharedMemory.GetDynamic<double>(), shape, Group.IdxX, Group.DimX);
}

/// <summary>
/// As <see cref="InRegisters{TSpecies}"/>, with memory of a fixed size: for OpenCL, where ILGPU 1.5.3 keeps the address of memory whose size the
/// launch gives in a variable that all groups share, so that each works in the memory of another.
/// </summary>
public readonly struct InRegistersFixed<TSpecies> : IResidence<RegisterCells<TSpecies>>
    where TSpecies : struct, ISpeciesList
{
    /// <summary>Numbers of the group's memory; OpenCL devices have 32 KiB at least.</summary>
    public const int Words = 3072;

    /// <inheritdoc/>
    public static RegisterCells<TSpecies> Cells(in BatchViews batch, in BatchShape shape, int problem) => new(Group.IdxX, shape.Row);

    /// <inheritdoc/>
    public static GroupMemory Memory(in BatchViews batch, in BatchShape shape) => new(SharedMemory.Allocate<double>(Words), shape, Group.IdxX, Group.DimX);
}

/// <summary>Everything in the memory of the device: for problems of any size.</summary>
/// <typeparam name="TThreads">Threads of a problem.</typeparam>
public readonly struct InMemory<TThreads> : IResidence<MemoryCells<TThreads>>
    where TThreads : struct, IThreads
{
    /// <summary>Numbers of workspace for each group.</summary>
    /// <param name="shape">Shape.</param>
    /// <param name="threads">Threads of a group.</param>
    public static int Words(in BatchShape shape, int threads) => MemoryCells<TThreads>.Words(shape) + GroupMemory.Words(shape, threads);

    /// <inheritdoc/>
    public static MemoryCells<TThreads> Cells(in BatchViews batch, in BatchShape shape, int problem) =>
        new(batch, batch.Workspace.SubView((long)Grid.IdxX * Words(shape, TThreads.Count), MemoryCells<TThreads>.Words(shape)), problem, shape);

    /// <inheritdoc/>
    public static GroupMemory Memory(in BatchViews batch, in BatchShape shape) => new(
        batch.Workspace.SubView(((long)Grid.IdxX * Words(shape, TThreads.Count)) + MemoryCells<TThreads>.Words(shape), GroupMemory.Words(shape, TThreads.Count)),
        shape, TThreads.Index, TThreads.Count);
}

/// <summary>
/// Steps the problems of a batch, a group of threads to each. Groups take the next problem from a queue when they are done with one, so
/// that a slow one holds nobody up but itself, and come back to the host after a budget of evaluations.
/// </summary>
public static class ExplicitKernel
{
    /// <summary>The kernel.</summary>
    /// <param name="batch">Batch.</param>
    /// <param name="shape">Shape.</param>
    /// <param name="budget">Evaluations per problem after which it is put back.</param>
    public static void Run<TStepper, TResidence, TCells>(BatchViews batch, BatchShape shape, long budget)
        where TStepper : struct, IStepper
        where TResidence : struct, IResidence<TCells>
        where TCells : struct, ICells
    {
        ref ProblemClock clock = ref SharedMemory.Allocate<ProblemClock>();
        ref int next = ref SharedMemory.Allocate<int>();
        GroupMemory memory = TResidence.Memory(batch, shape);
        // The queue is asked at the end of a turn, so that the whole group is together where the loop begins again.
        for (int place = Next<TCells>(batch, ref next); place < batch.Order.IntLength; place = Next<TCells>(batch, ref next))
        {
            int problem = batch.Order[place];
            if (TCells.Thread == 0) clock = batch.Clocks[problem];
            TCells.Barrier();
            var group = new GroupProblem<TCells>(
                new Site(batch, shape, problem, memory, batch.Circuits[problem].Kind, batch.FirstSegment[problem] + clock.Segment),
                TResidence.Cells(batch, shape, problem));
            group.Load();
            TStepper.Advance(ref group, ref clock, budget);
            group.Store();
            if (TCells.Thread == 0) Put(batch, problem, ref clock);
        }
    }

    private static void Put(in BatchViews batch, int problem, ref ProblemClock clock)
    {
        if (clock.Outcome == ClockOutcome.Running && clock.Time >= clock.Target) clock.Outcome = ClockOutcome.Done;
        batch.Clocks[problem] = clock;
    }

    private static int Next<TCells>(in BatchViews batch, ref int next)
        where TCells : struct, ICells
    {
        if (TCells.Thread == 0) next = Atomic.Add(ref batch.Queue[0], 1);
        TCells.Barrier();
        int place = next;
        TCells.Barrier();
        return place;
    }
}
