using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results.Certificates;

/// <summary>
/// Free energy of a passive system, which never rises:
/// <code>F = Σ V [RT c (ln c − 1) + W c + f_ex] + ½ Σ q² ∫dx/(A eps) + Stern layers − Σ electrodes phi Q − Σ baths mu N,</code>
/// q = A D, Q the charge that an electrode's source gave to its end, N what the system holds of an ion that has a bath. Passive: constant
/// electrodes, no mechanisms or sources, and each ion has a bath at one end at most. Tests: FreeEnergyTests.
/// </summary>
/// <remarks>
/// The exponentially fitted flux has the sign of the electrochemical potential's difference, so that the scheme's own fluxes never raise F.
/// Sources: Bessemoulin-Chatard, Numer. Math. 121, 637 (2012); Kilic, Bazant and Ajdari, Phys. Rev. E 75, 021502 (2007), eq. 2.
/// </remarks>
internal sealed class FreeEnergy
{
    private readonly DiscreteProblem problem;
    private readonly PnpProblem model;
    private readonly IntegralForm form;
    private readonly ExcessEnergy excess;
    private readonly double[] volume;
    private readonly double thermal;
    private readonly double[] bathPotential;
    private readonly (bool Left, bool Right)[] bath;
    private readonly double[] c;

    /// <summary>Takes a problem for which there is no <see cref="Obstacle"/>.</summary>
    /// <param name="problem">Problem.</param>
    /// <param name="form">Its integrals.</param>
    public FreeEnergy(DiscreteProblem problem, IntegralForm form)
    {
        (this.problem, this.form, model) = (problem, form, problem.Problem);
        (volume, excess, c) = (problem.Volumes(), new(model), new double[problem.Species]);
        thermal = PhysicalConstants.GasConstant * model.Temperature;
        bath = [.. Enumerable.Range(0, problem.Species).Select(s => (model.Left.Ions[s] is BathBoundary, model.Right.Ions[s] is BathBoundary))];
        (double[] left, double[] right) = (Baths(model.Left, 0), Baths(model.Right, model.Regions.Count - 1));
        bathPotential = [.. bath.Select((of, s) => of.Item1 ? left[s] : right[s])];
    }

    /// <summary>F, and the sum of its parts' sizes, which it is rounded with, J.</summary>
    /// <param name="Value">F, J.</param>
    /// <param name="Sizes">J.</param>
    public readonly record struct Energy(double Value, double Sizes);

    /// <summary>What keeps a problem from having such an energy.</summary>
    public static EnergyObstacle Obstacle(PnpProblem model)
    {
        if (model.Mechanisms.Count > 0) return EnergyObstacle.Mechanisms;
        if (model.HasSources) return EnergyObstacle.Sources;
        if (!IsPassive(model.Left) || !IsPassive(model.Right)) return EnergyObstacle.DrivingEnd;
        for (int s = 0; s < model.Species.Count; s++)
            if (model.Left.Ions[s] is BathBoundary && model.Right.Ions[s] is BathBoundary) return EnergyObstacle.BathsAtBothEnds;
        bool hasReservoir = model.Left.Ions.Concat(model.Right.Ions).Any(ion => ion is ReservoirBoundary);
        if (model.Activity.Kind != ActivityKind.Ideal && (hasReservoir || !ExcessEnergy.Exists(model))) return EnergyObstacle.ActivityCoefficients;
        return EnergyObstacle.None;
    }

    /// <summary>F of a state.</summary>
    /// <param name="state">State.</param>
    public Energy Of(StateView state)
    {
        CompensatedSum sum = default;
        double sizes = 0;
        void Add(double part)
        {
            sum.Add(part);
            sizes += Math.Abs(part);
        }
        for (int s = 0; s < c.Length; s++) AddIons(state, s, Add);
        if (model.Activity.Kind != ActivityKind.Ideal) AddExcess(state, Add);
        double volt = PhysicalConstants.ThermalVoltage(model.Temperature) * PhysicalConstants.Faraday;
        for (int f = 0; f <= problem.Cells; f++) Add(0.5 * form.Elastance(f) * state.Charge[f] * state.Charge[f]);
        Add(0.5 * volt * problem.SternResistance.Left * state.Charge[0] * state.Charge[0]);
        Add(0.5 * volt * problem.SternResistance.Right * state.Charge[^1] * state.Charge[^1]);
        AddSource(state, model.Left, true, Add);
        AddSource(state, model.Right, false, Add);
        return new(sum.Value, sizes);
    }

    private void AddIons(StateView state, int s, Action<double> add)
    {
        double[] of = state.Concentration[s];
        for (int i = 0; i < problem.Cells; i++)
            add(volume[i] * (Mixing(of[i + 1]) + (model.Regions[problem.Grid.RegionOfCell[i]].Barrier[s] - bathPotential[s]) * of[i + 1]));
        if (model.Left.Ions[s] is ReservoirBoundary) AddReservoir(of[0], 1 / problem.LeftGhostInverseVolume[s], model.Regions[0]);
        if (model.Right.Ions[s] is ReservoirBoundary) AddReservoir(of[^1], 1 / problem.RightGhostInverseVolume[s], model.Regions[^1]);

        void AddReservoir(double held, double room, Region beside) =>
            add(room * (Mixing(held) + (beside.Barrier[s] - bathPotential[s]) * held));
    }

    // RT c (ln c − 1); a concentration that is negative by rounding counts as none.
    private double Mixing(double concentration) => concentration > 0 ? thermal * concentration * (Math.Log(concentration) - 1) : 0;

    private void AddExcess(StateView state, Action<double> add)
    {
        for (int i = 0; i < problem.Cells; i++)
        {
            for (int s = 0; s < c.Length; s++) c[s] = state.Concentration[s][i + 1];
            add(volume[i] * excess.Density(problem.Grid.RegionOfCell[i], c));
        }
    }

    // Work of the source of an electrode: what came to the end from outside, less the ions of a reservoir, and with those of a bath.
    private void AddSource(StateView state, Boundary end, bool isLeft, Action<double> add)
    {
        if (end.Electric.Electrode is not { } electrode) return;
        double given = isLeft ? state.Charge[0] : -state.Charge[^1], potential = PhysicalConstants.Faraday * electrode.At(0);
        add(-potential * given);
        for (int s = 0; s < c.Length; s++)
        {
            double valence = model.Species[s].Valence;
            add(potential * valence * ReservoirAmount.Of(problem, state, s, isLeft));
            if (isLeft ? bath[s].Left : bath[s].Right) add(-potential * valence * Amount(state, s));
        }
    }

    private double Amount(StateView state, int s) => HeldAmount.Of(problem, volume, state.Concentration[s], s, state.RelativeVolume);

    // mu of the baths of an end, J/mol; 0 for ions without.
    private double[] Baths(Boundary end, int region)
    {
        double[] held = [.. end.Ions.Select(ion => ion is BathBoundary one ? one.Concentration.At(0) : 0)];
        return [.. held.Select((value, s) => end.Ions[s] is BathBoundary
            ? thermal * Math.Log(value) + model.Regions[region].Barrier[s] + excess.Potential(region, held, s) : 0)];
    }

    private static bool IsPassive(Boundary end)
    {
        bool isShut = end.Ions.All(ion => ion is BlockedBoundary);
        bool isElectric = end.Electric switch
        {
            PotentialBoundary one => IsConstant(one.Potential),
            // Ions would pass the layer's drop, which no charge counts.
            SternBoundary one => IsConstant(one.Potential) && isShut,
            SurfaceChargeBoundary one => IsConstant(one.ChargeDensity),
            CurrentBoundary one => IsConstant(one.CurrentDensity) && one.CurrentDensity.At(0) == 0,
            _ => false,
        };
        return isElectric && end.Ions.All(ion => ion switch
        {
            BathBoundary one => IsConstant(one.Concentration) && one.Concentration.At(0) > 0,
            FluxBoundary one => IsConstant(one.Flux) && one.Flux.At(0) == 0,
            _ => true,
        });
    }

    private static bool IsConstant(Waveform waveform) =>
        waveform.PieceFrom(0) is { Slope: 0, Amplitude: 0 } && double.IsPositiveInfinity(waveform.NextCorner(0));
}
