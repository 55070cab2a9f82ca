namespace NernstPlanckGpu.Core.Model;

/// <summary>One Poisson–Nernst–Planck initial–boundary value problem, validated, in SI, not yet discretised.</summary>
public sealed record PnpProblem
{
    /// <summary>Absolute temperature, K; > 0.</summary>
    public required double Temperature { get; init; }

    /// <summary>Face area along x.</summary>
    public Geometry Geometry { get; init; } = new PlanarGeometry();

    /// <summary>Species, at least one.</summary>
    public required IReadOnlyList<Species> Species { get; init; }

    /// <summary>Layers from left (inside) to right (outside), at least one.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>Left end (inside).</summary>
    public required Boundary Left { get; init; }

    /// <summary>Right end (outside).</summary>
    public required Boundary Right { get; init; }

    /// <summary>Initial state.</summary>
    public required InitialState Initial { get; init; }

    /// <summary>Source per species, or null for none; indexed like <see cref="Species"/> when present.</summary>
    public IReadOnlyList<SourceTable?>? Sources { get; init; }

    /// <summary>Some species has a source.</summary>
    public bool HasSources => Sources?.Any(source => source is not null) == true;

    /// <summary>
    /// Largest change of the potential (anywhere, V) that halving every cell may still make: the grid is refined until it is met.
    /// Null: the grid is taken as built.
    /// </summary>
    public double? GridTolerance { get; init; }

    /// <summary>Mechanisms of the one membrane region; it has a neighbour on each side where there are any.</summary>
    public IReadOnlyList<Mechanism> Mechanisms { get; init; } = [];

    /// <summary>Activity coefficients.</summary>
    public ActivityModel Activity { get; init; } = ActivityModel.Ideal;

    /// <summary>Length of the stack, m.</summary>
    public double Length => Regions.Sum(region => region.Length);

    /// <summary>The same with its left electrode a voltage above the right one's potential at time 0; both ends impose a potential.</summary>
    /// <param name="voltage">V.</param>
    public PnpProblem AtVoltage(double voltage)
    {
        double right = Right.Electric.Electrode!.At(0);
        return this with { Left = Left with { Electric = Left.Electric.WithElectrode(new ConstantWaveform(right + voltage)) } };
    }
}
