using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Certificates;
using NernstPlanckGpu.Core.Units;
using static System.FormattableString;

namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>What a grid's refinement came to.</summary>
/// <param name="Change">Largest change of the potential by the last halving of all cells, V.</param>
/// <param name="Error">Estimated error that is left on the finer grid, a third of it (second order), V.</param>
/// <param name="Cells">Cells of the grid before the last halving, then of the grid taken.</param>
internal sealed record GridEstimate(double Change, double Error, (int Coarse, int Fine) Cells);

/// <summary>
/// Halves every cell until the potential changes nowhere by more than the tolerance: of the steady state in the modes about one, of
/// the initial steady state where there is one, and of a run in time at five of its output times.
/// </summary>
internal static class GridRefinement
{
    private const int MostCells = 20_000;

    /// <summary>Moments of a run in time at which grids are compared.</summary>
    private const int Moments = 5;

    public static (DiscreteProblem Discrete, GridEstimate? Estimate) Discretise(RunConfiguration configuration, IEngine engine)
    {
        PnpProblem problem = configuration.Problem;
        if (problem.GridTolerance is not { } tolerance) return (Discretiser.Discretise(problem), null);
        Grid grid = GridBuilder.Build(problem, GridBuilder.Coarse);
        double[][] coarse = Potentials(configuration, engine, grid);
        while (true)
        {
            Grid finer = Halve(grid);
            double[][] fine = Potentials(configuration, engine, finer);
            double change = Change(coarse, fine);
            if (change <= tolerance)
                return (Discretiser.Discretise(problem, finer), new(change, change / 3, (grid.Cells, finer.Cells)));
            if (2 * finer.Cells > MostCells)
            {
                string reached = Invariant($"{finer.Cells} cells still change the potential by {change * 1e3:g3} mV");
                throw new GridRefinementException($"{reached}; write a larger tolerance, or give the regions a grid of their own");
            }
            (grid, coarse) = (finer, fine);
        }
    }

    /// <summary>Solves on a grid and on one with every cell halved. By second order the grid's error is four thirds of what that changes.</summary>
    /// <param name="configuration">Run.</param>
    /// <param name="engine">Engine for both.</param>
    /// <param name="grid">The run's grid.</param>
    public static CertificateEntry Certify(RunConfiguration configuration, IEngine engine, Grid grid)
    {
        double? tolerance = configuration.Problem.GridTolerance;
        try
        {
            double change = Change(Potentials(configuration, engine, grid), Potentials(configuration, engine, Halve(grid)));
            return CertificateEntries.GridError(4 * change / 3, tolerance);
        }
        catch (GridRefinementException exception)
        {
            // What was asked to be certified is not: a violation, and the run's own results are kept.
            CertificateEntry entry = CertificateEntries.GridError(double.NaN, tolerance ?? 0);
            return entry with { Meaning = $"{entry.Meaning}; not known: {exception.Message}" };
        }
    }

    private static double Change(double[][] coarse, double[][] fine)
    {
        double change = 0;
        for (int moment = 0; moment < coarse.Length; moment++)
            for (int f = 0; f < coarse[moment].Length; f++) change = Math.Max(change, Math.Abs(coarse[moment][f] - fine[moment][2 * f]));
        return change;
    }

    private static Grid Halve(Grid grid)
    {
        var faces = new double[2 * grid.Cells + 1];
        for (int i = 0; i < grid.Cells; i++)
        {
            faces[2 * i] = grid.Faces[i];
            faces[2 * i + 1] = 0.5 * (grid.Faces[i] + grid.Faces[i + 1]);
        }
        faces[^1] = grid.Faces[^1];
        return new(faces, [.. grid.RegionOfCell.SelectMany(region => new[] { region, region })]);
    }

    // The potential at the faces of the grid, V, at each moment that counts.
    private static double[][] Potentials(RunConfiguration configuration, IEngine engine, Grid grid)
    {
        PnpProblem problem = configuration.Problem;
        DiscreteProblem discrete = Discretiser.Discretise(problem, grid);
        if (configuration.Mode == RunMode.CurrentVoltage)
        {
            double[] ends = [configuration.CurrentVoltage!.Voltages[0], configuration.CurrentVoltage.Voltages[^1]];
            using ISteadyState curve = engine.Steady(discrete);
            return [.. ends.Select(v => Faces(discrete, Found(curve, curve.SolveAt(v, default), discrete)))];
        }
        if (configuration.Mode != RunMode.Transient)
        {
            using ISteadyState steady = engine.Steady(discrete);
            return [Faces(discrete, Found(steady, steady.Solve(default), discrete))];
        }
        return InTime(configuration, engine, discrete);
    }

    private static double[][] InTime(RunConfiguration configuration, IEngine engine, DiscreteProblem discrete)
    {
        var context = new RunContext(configuration, engine, discrete, null);
        InitialSteadyState.Resolved initial = InitialSteadyState.Resolve(context, default);
        if (initial.Context is not { } ready) throw NotFound(discrete, initial.Failure!, "the initial steady state");
        TimeSettings time = configuration.Time with
        {
            Integrator = IntegratorKind.Rodas4,
            Step = null,
            RelativeTolerance = Math.Min(1e-5, configuration.Time.RelativeTolerance),
        };
        using IBatch batch = engine.Start([ready.Discrete], time);
        var state = new StateView(ready.Discrete);
        var times = configuration.Output.SnapshotTimes;
        var all = new List<double[]>();
        foreach (int index in Enumerable.Range(0, Moments).Select(m => m * (times.Count - 1) / (Moments - 1)).Distinct())
        {
            batch.Advance([times[index]], null, default);
            if (batch.Status(0) is { Outcome: not Outcome.Done } status)
                throw new GridRefinementException(Invariant($"the run on {discrete.Cells} cells stopped at t = {status.Time:g4} s: {status.Detail ?? "no more is known"}"), status.Outcome);
            batch.Read(0, state);
            all.Add(Faces(ready.Discrete, state));
        }
        return [.. all];
    }

    private static StateView Found(ISteadyState steady, SteadyResult result, DiscreteProblem discrete)
    {
        if (!result.IsFound) throw NotFound(discrete, result, "the steady state");
        var state = new StateView(discrete);
        steady.Read(state);
        return state;
    }

    private static GridRefinementException NotFound(DiscreteProblem discrete, SteadyResult result, string what) =>
        new($"{what} on {discrete.Cells} cells: {result.Detail}", result.Outcome);

    // Potential at the faces against that of the right end: half a cell's drop from the centre before, with that face's displacement.
    private static double[] Faces(DiscreteProblem discrete, StateView state)
    {
        double volt = PhysicalConstants.ThermalVoltage(discrete.Problem.Temperature), scale = volt * Discretiser.ResistanceScale(discrete.Problem);
        AreaProfile area = AreaProfile.Of(discrete.Problem.Geometry);
        double[] resistance = discrete.Resistances(), centres = discrete.Centres(), faces = discrete.Grid.Faces;
        var potential = new double[faces.Length];
        double centre = 0;
        for (int f = discrete.Cells; f >= 1; f--)
        {
            // centre: that of the cell right of the face (0 for the right end itself).
            double whole = volt * resistance[f] * state.Charge[f];
            double leftHalf = area.Resistance(centres[f - 1], faces[f]) / discrete.Problem.Regions[discrete.Grid.RegionOfCell[f - 1]].Permittivity;
            potential[f] = centre + whole - scale * leftHalf * state.Charge[f];
            centre += whole;
        }
        potential[0] = centre + volt * resistance[0] * state.Charge[0];
        return potential;
    }
}
