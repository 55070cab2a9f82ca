namespace NernstPlanckGpu.Core.Engines;

/// <summary>How the CPU engine runs.</summary>
/// <param name="Threads">Threads over problems; 0: all processors.</param>
/// <param name="Lane">Lane: "auto", "scalar", "256" or "512".</param>
/// <param name="AcrossProblems">Lanes across problems (true) or across cells (false); null: whichever fits the sizes.</param>
public sealed record EngineOptions(int Threads = 0, string Lane = "auto", bool? AcrossProblems = null)
{
    /// <summary>Threads that there are then.</summary>
    public int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;
}
