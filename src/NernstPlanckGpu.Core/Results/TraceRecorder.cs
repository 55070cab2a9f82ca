using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Results.Membrane;
using NernstPlanckGpu.Core.Units;

namespace NernstPlanckGpu.Core.Results;

/// <summary>The traces that a run asked for, evaluated from a state.</summary>
internal sealed class TraceRecorder
{
    private readonly List<(TraceColumn Column, Func<StateView, double, double> Value)> traces = [];
    private readonly double[] values;

    public TraceRecorder(RunConfiguration configuration, DiscreteProblem problem, FieldReconstruction field)
    {
        var species = configuration.Problem.Species;
        foreach (string name in configuration.Output.Traces)
        {
            if (MembraneTraces.Has(name))
            {
                traces.AddRange(MembraneTraces.Columns(name, problem, field));
                continue;
            }
            var (_, unit, meaning) = OutputSettings.TraceNames.First(trace => trace.Name == name);
            if (name is "leftConcentration" or "rightConcentration" or "speciesCurrentDensity")
            {
                bool left = name == "leftConcentration";
                for (int s = 0; s < species.Count; s++)
                {
                    int index = s;
                    Add($"{name}_{species[s].Name}", unit, $"{meaning.Replace(", per species", "", StringComparison.Ordinal)}: {species[s].Name}",
                        name == "speciesCurrentDensity"
                            ? (state, _) => field.IonicCurrent(state, index)
                            : (state, _) => field.EndConcentration(state, index, left));
                }
                continue;
            }
            Add(name, unit, meaning, name switch
            {
                "membranePotential" => (state, time) => MembranePotential(field, state, time),
                "currentDensity" => (state, _) => CurrentDensity(field, state),
                "ionicCurrentDensity" => (state, _) => Enumerable.Range(0, species.Count).Sum(s => field.IonicCurrent(state, s)),
                "displacementCurrentDensity" => (state, _) =>
                    CurrentDensity(field, state) - Enumerable.Range(0, species.Count).Sum(s => field.IonicCurrent(state, s)),
                "leftCharge" => (state, _) => field.LeftCharge(state),
                _ => throw new ArgumentException($"no trace \"{name}\"", nameof(configuration)),
            });
        }
        values = new double[traces.Count];
    }

    public IReadOnlyList<TraceColumn> Columns => [.. traces.Select(trace => trace.Column)];

    public static double MembranePotential(FieldReconstruction field, StateView state, double time)
    {
        (double left, double right) = field.EndPotentials(state, time);
        return left - right;
    }

    public static double CurrentDensity(FieldReconstruction field, StateView state) =>
        PhysicalConstants.Faraday * state.TotalCurrent / field.ReferenceArea;

    public TraceSample Sample(StateView state, double time)
    {
        for (int i = 0; i < values.Length; i++) values[i] = traces[i].Value(state, time);
        return new(time, values);
    }

    private void Add(string name, string unit, string meaning, Func<StateView, double, double> value) =>
        traces.Add((new(name, unit, meaning), value));
}
