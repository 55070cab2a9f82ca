namespace NernstPlanckGpu.Formulas.Implicit;

/// <summary>What an end asks of the potential.</summary>
public enum ElectricKind
{
    /// <summary>psi = v.</summary>
    Potential,

    /// <summary>q into the stack = (v − psi)/Stern resistance.</summary>
    Stern,

    /// <summary>q into the stack = sigma A/F, plus what the end's reservoirs took up.</summary>
    Charge,

    /// <summary>dq/dt = I − sum z A J through the end.</summary>
    Current,

    /// <summary>psi = 0: a wall of given charge opposite another, whose charge Gauss's law then gives.</summary>
    Gauge,

    /// <summary>No area: psi is that of the neighbouring cell.</summary>
    Axis,
}

/// <summary>What an end asks of a species.</summary>
public enum IonKind
{
    /// <summary>Nothing passes.</summary>
    Closed,

    /// <summary>The ghost's concentration is prescribed.</summary>
    Bath,

    /// <summary>The flux is prescribed.</summary>
    Flux,

    /// <summary>The ghost is a well-mixed volume.</summary>
    Reservoir,
}

/// <summary>
/// One end of one problem in the memory of an <see cref="ImplicitView"/>: its electrical kind, the resistance of its Stern layer, per species
/// kind, volume and start of a reservoir, and what is prescribed per species and for the potential: values, or their rates.
/// </summary>
/// <param name="at">First number.</param>
/// <param name="stride">Elements from a number to the next.</param>
/// <param name="species">Number of species.</param>
public readonly unsafe struct EndView(double* at, int stride, int species)
{
    /// <summary>Numbers of both ends.</summary>
    /// <param name="species">Number of species.</param>
    public static int Length(int species) => 2 * (4 * species + 3);

    /// <summary>The left end.</summary>
    /// <param name="a">Memory.</param>
    public static EndView Left(ImplicitView a) => new(a.Ends, a.Stride, a.Species);

    /// <summary>The right end.</summary>
    /// <param name="a">Memory.</param>
    public static EndView Right(ImplicitView a) => new(a.Ends + (4 * a.Species + 3) * a.Stride, a.Stride, a.Species);

    /// <summary>Electrical condition.</summary>
    public ElectricKind Kind
    {
        get => (ElectricKind)(int)at[0];
        set => at[0] = (int)value;
    }

    /// <summary>b of the Stern layer, 1/mol.</summary>
    public double SternResistance
    {
        get => at[stride];
        set => at[stride] = value;
    }

    /// <summary>Prescribed potential (reduced), charge (mol) or current (mol/s), or its rate per second.</summary>
    public double Electric
    {
        get => at[(2 + 4 * species) * stride];
        set => at[(2 + 4 * species) * stride] = value;
    }

    /// <summary>Condition of a species.</summary>
    /// <param name="s">Species.</param>
    public IonKind Ion(int s) => (IonKind)(int)at[(2 + s) * stride];

    /// <summary>Volume of a reservoir, m³; 0 otherwise.</summary>
    /// <param name="s">Species.</param>
    public double Volume(int s) => at[(2 + species + s) * stride];

    /// <summary>Initial concentration of a reservoir, mol/m³: its charge counts from there.</summary>
    /// <param name="s">Species.</param>
    public double Start(int s) => at[(2 + 2 * species + s) * stride];

    /// <summary>Prescribed concentration (mol/m³) or flux (mol/s to the right), or its rate per second.</summary>
    /// <param name="s">Species.</param>
    public double Prescribed(int s) => at[(2 + 3 * species + s) * stride];

    /// <summary>True of a reservoir.</summary>
    /// <param name="s">Species.</param>
    public bool IsReservoir(int s) => Volume(s) > 0;

    /// <summary>Writes a species' condition.</summary>
    /// <param name="s">Species.</param>
    /// <param name="kind">Condition.</param>
    /// <param name="volume">Volume of a reservoir, m³, or 0.</param>
    /// <param name="start">Its initial concentration, mol/m³.</param>
    public void Load(int s, IonKind kind, double volume, double start)
    {
        at[(2 + s) * stride] = (int)kind;
        at[(2 + species + s) * stride] = volume;
        at[(2 + 2 * species + s) * stride] = start;
    }

    /// <summary>Writes what is prescribed for a species or the potential.</summary>
    /// <param name="s">Species; S for the potential's row.</param>
    /// <param name="value">Value, or its rate.</param>
    public void Prescribe(int s, double value) => at[(2 + 3 * species + s) * stride] = value;
}
