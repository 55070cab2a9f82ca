using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>
/// Arrays that follow from a problem. What a thread asked for last is kept: setting up one problem asks for the same arrays several times, and a
/// batch, which has many, keeps none.
/// </summary>
internal sealed class ProblemArrays
{
    [ThreadStatic]
    private static ProblemArrays? latest;

    private readonly DiscreteProblem problem;

    private ProblemArrays(DiscreteProblem problem) => this.problem = problem;

    /// <summary>Those of a problem.</summary>
    public static ProblemArrays Of(DiscreteProblem problem) => latest is { } known && ReferenceEquals(known.problem, problem) ? known : latest = new(problem);

    /// <summary>Keeps faces that were built with a problem.</summary>
    public static void Keep(DiscreteProblem problem, FaceBuilder faces) => latest = new(problem) { Faces = faces };

    /// <summary>See <see cref="DiscreteProblem.Conductance"/> and <see cref="DiscreteProblem.Resistances"/>.</summary>
    public FaceBuilder Faces { get => field ??= new FaceBuilder(problem.Problem, problem.Grid).Build(); private init; }

    /// <summary>See <see cref="DiscreteProblem.FaceAreas"/>.</summary>
    public double[] FaceAreas => field ??= [.. problem.Grid.Faces.Select(AreaProfile.Of(problem.Problem.Geometry).Area)];

    /// <summary>See <see cref="DiscreteProblem.Volumes"/>.</summary>
    public double[] Volumes => field ??= MakeVolumes();

    /// <summary>See <see cref="DiscreteProblem.InitialConcentration"/>.</summary>
    public double[][] Initial => field ??= InitialConcentrations.Of(problem.Problem, problem.Grid);

    private double[] MakeVolumes()
    {
        AreaProfile area = AreaProfile.Of(problem.Problem.Geometry);
        double[] faces = problem.Grid.Faces, volumes = new double[problem.Cells];
        for (int i = 0; i < volumes.Length; i++) volumes[i] = area.Volume(faces[i], faces[i + 1]);
        return volumes;
    }
}
