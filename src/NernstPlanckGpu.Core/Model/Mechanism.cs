namespace NernstPlanckGpu.Core.Model;

/// <summary>Which concentrations and which voltage a mechanism sees.</summary>
public enum MechanismView
{
    /// <summary>
    /// Those of the two ends of the stack (baths, or reservoirs): what an electrode and a flame photometer would tell. The membrane
    /// potential is phi(left end) − phi(right end).
    /// </summary>
    Ends,

    /// <summary>Those of the two cells beside the membrane, within the Debye layers.</summary>
    Faces,
}

/// <summary>
/// A transport through the membrane that the Nernst–Planck flux does not describe. It adds to each species that it moves one flux, the
/// same on every face of the membrane region, both end faces included. Fluxes count positive from left (inside) to right (outside),
/// per area of the membrane's left face. Species are given by their index in <see cref="PnpProblem.Species"/>.
/// </summary>
/// <remarks>
/// Potential and concentrations are always seen at the same two places, so a mechanism without a pump has no flux where PNP has none: seen
/// across the whole membrane potential but with the concentrations within the Debye layers, a leak would reverse 1 to 2 mV beside Nernst's
/// potential.
/// </remarks>
public abstract record Mechanism
{
    /// <summary>Name, unique in the problem: heads its traces.</summary>
    public required string Name { get; init; }

    /// <summary>What it sees.</summary>
    public MechanismView View { get; init; } = MechanismView.Ends;

    /// <summary>Key of its kind in a configuration.</summary>
    public abstract string Kind { get; }

    /// <summary>Indices of the species that it moves, in the order of its fluxes.</summary>
    public abstract IReadOnlyList<int> MovedSpecies { get; }
}

/// <summary>
/// A pore that is always open, with the constant-field flux of Goldman, Hodgkin and Katz,
/// <code>J = P [B(−zu) c_in − B(zu) c_out],   u = F V/RT,   B(x) = x/(e^x − 1).</code>
/// </summary>
public sealed record GoldmanLeak : Mechanism
{
    /// <inheritdoc/>
    public override string Kind => "leak";

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovedSpecies => [Species];

    /// <summary>Species that passes.</summary>
    public required int Species { get; init; }

    /// <summary>Permeability P, m/s; ≥ 0.</summary>
    public required Waveform Permeability { get; init; }
}

/// <summary>A pore that is always open, with a current linear in the voltage: z F J = g (V − E). The species is charged.</summary>
public sealed record OhmicLeak : Mechanism
{
    /// <inheritdoc/>
    public override string Kind => "leak";

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovedSpecies => [Species];

    /// <summary>Species that passes; its valence is not 0.</summary>
    public required int Species { get; init; }

    /// <summary>Conductance g, S/m²; ≥ 0.</summary>
    public required Waveform Conductance { get; init; }

    /// <summary>Reversal potential E, V; null: the Nernst potential of the concentrations that it sees.</summary>
    public Waveform? Reversal { get; init; }
}

/// <summary>
/// The Na/K-ATPase: 3 Na out for 2 K in per cycle, with
/// <code>J = rate · (Na_in/(Na_in + K_Na))³ · (K_out/(K_out + K_K))² · ATP/(ATP + K_ATP)</code>
/// cycles per area; a factor whose constant is not given is 1. Inside is the left. One charge leaves per cycle.
/// </summary>
public sealed record SodiumPotassiumPump : Mechanism
{
    /// <inheritdoc/>
    public override string Kind => "pump";

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovedSpecies => [Sodium, Potassium];

    /// <summary>Sodium within a cycle.</summary>
    public const int SodiumPerCycle = 3;

    /// <summary>Potassium within a cycle.</summary>
    public const int PotassiumPerCycle = 2;

    /// <summary>Index of the ion that leaves.</summary>
    public required int Sodium { get; init; }

    /// <summary>Index of the ion that enters.</summary>
    public required int Potassium { get; init; }

    /// <summary>Cycles per area and time at saturation, mol/(m² s); ≥ 0.</summary>
    public required Waveform Rate { get; init; }

    /// <summary>Sodium inside at half occupation of a site, mol/m³; null: no dependence.</summary>
    public double? SodiumHalf { get; init; }

    /// <summary>Potassium outside at half occupation of a site, mol/m³; null: no dependence.</summary>
    public double? PotassiumHalf { get; init; }

    /// <summary>ATP inside, mol/m³; null: no dependence. Given together with <see cref="AtpHalf"/>.</summary>
    public Waveform? Atp { get; init; }

    /// <summary>ATP at half speed, mol/m³.</summary>
    public double? AtpHalf { get; init; }
}

/// <summary>
/// A voltage-gated channel after Hodgkin and Huxley: z F J = g Π gate^exponent (V − E), with
/// <code>d gate/dt = speed [alpha(V) (1 − gate) − beta(V) gate].</code>
/// </summary>
public sealed record GatedChannel : Mechanism
{
    /// <inheritdoc/>
    public override string Kind => "channel";

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovedSpecies => [Species];

    /// <summary>Species that passes; its valence is not 0.</summary>
    public required int Species { get; init; }

    /// <summary>Conductance with all gates open, S/m²; ≥ 0.</summary>
    public required Waveform Conductance { get; init; }

    /// <summary>Reversal potential E, V; null: the Nernst potential of the concentrations that it sees.</summary>
    public Waveform? Reversal { get; init; }

    /// <summary>Gates, at least one.</summary>
    public required IReadOnlyList<Gate> Gates { get; init; }
}

/// <summary>A gate of a channel.</summary>
/// <param name="Name">Name, as "m".</param>
/// <param name="Exponent">Number of like gates in a channel, ≥ 1.</param>
/// <param name="Opening">alpha(V).</param>
/// <param name="Closing">beta(V).</param>
/// <param name="Speed">Temperature factor on both rates, Q10^((T − T_rates)/10 K); > 0.</param>
/// <param name="Initial">Open fraction at the start, 0 to 1; null: alpha/(alpha + beta) at the initial voltage.</param>
public sealed record Gate(string Name, int Exponent, GateRate Opening, GateRate Closing, double Speed = 1, double? Initial = null);

/// <summary>Form of a gate's rate; x = (V − midpoint)/scale.</summary>
public enum GateRateForm
{
    /// <summary>rate · e^x.</summary>
    Exponential,

    /// <summary>rate/(1 + e^(−x)).</summary>
    Sigmoid,

    /// <summary>rate · x/(1 − e^(−x)); rate at the midpoint.</summary>
    Linoid,
}

/// <summary>A rate of a gate as a function of the voltage (the three forms of Hodgkin and Huxley, J. Physiol. 117, 500, 1952).</summary>
/// <param name="Form">Form.</param>
/// <param name="Rate">1/s; ≥ 0.</param>
/// <param name="Midpoint">V.</param>
/// <param name="Scale">V; not 0, negative for a rate that falls with the voltage.</param>
public sealed record GateRate(GateRateForm Form, double Rate, double Midpoint, double Scale);

/// <summary>
/// A carrier that moves several ions together, driven by their common electrochemical gradient (KCC2: K and Cl, one each),
/// <code>J = rate · Σ n_i [ln(c_in/c_out)_i + z_i F V/RT]</code>
/// turns per area; each ion moves n_i J outward. At equilibrium it stops, whatever its rate.
/// </summary>
public sealed record Cotransporter : Mechanism
{
    /// <inheritdoc/>
    public override string Kind => "cotransport";

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovedSpecies => [.. Ions.Select(ion => ion.Species)];

    /// <summary>Ions and how many of each pass per turn (negative: the other way).</summary>
    public required IReadOnlyList<(int Species, int Count)> Ions { get; init; }

    /// <summary>Turns per area and time for a gradient of RT, mol/(m² s); ≥ 0.</summary>
    public required Waveform Rate { get; init; }
}

/// <summary>
/// Osmosis: water follows the difference of the concentrations of all species at the two ends, and the reservoirs' volumes with it,
/// <code>d(depth)/dt = L_p RT (Σ c_in − Σ c_out)</code>
/// for a reservoir inside, and the opposite for one outside. The membrane's area stays.
/// </summary>
public sealed record WaterFlux : Mechanism
{
    /// <inheritdoc/>
    public override string Kind => "waterFlux";

    /// <inheritdoc/>
    public override IReadOnlyList<int> MovedSpecies => [];

    /// <summary>Hydraulic permeability L_p, m/(s Pa); ≥ 0.</summary>
    public required Waveform HydraulicPermeability { get; init; }

    /// <summary>Volume of the reservoir inside, over its initial one, at which the cell bursts; null: never.</summary>
    public double? BurstRatio { get; init; }
}
