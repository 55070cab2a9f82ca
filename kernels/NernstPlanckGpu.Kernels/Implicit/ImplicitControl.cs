namespace NernstPlanckGpu.Kernels.Implicit;

/// <summary>One problem's clock, step size and outcome on the device, as doubles in the memory of the batch.</summary>
public unsafe struct ImplicitControl
{
    /// <summary>How many numbers.</summary>
    public const int Length = 15;

    /// <summary>Outcomes by number; the same as the host's.</summary>
    public const int Running = 1, StepTooSmall = 2, NotFinite = 3, Negative = 4, BudgetSpent = 5;

    /// <summary>The potential is to be settled again, or with the span after the corner that was reached.</summary>
    public const int Again = 1, Enters = 2;

    /// <summary>s.</summary>
    public double Time { get; set; }

    /// <summary>s.</summary>
    public double Target { get; set; }

    /// <summary>Proposed next step, s; 0: none yet.</summary>
    public double Proposal { get; set; }

    /// <summary>Last accepted step, s; 0: none since the last corner.</summary>
    public double LastStep { get; set; }

    /// <summary>Its scaled error.</summary>
    public double LastError { get; set; }

    /// <summary>Largest scaled error of an accepted step.</summary>
    public double WorstError { get; set; }

    /// <summary>Largest relative correction of a closed amount.</summary>
    public double MassCorrection { get; set; }

    /// <summary>A D/F at a current-clamped end after the last step, mol.</summary>
    public double Charge { get; set; }

    /// <summary>Accepted steps.</summary>
    public double Accepted { get; set; }

    /// <summary>Rejected steps.</summary>
    public double Rejected { get; set; }

    /// <summary>Evaluations of the right-hand side.</summary>
    public double Evaluations { get; set; }

    /// <summary>Outcome.</summary>
    public int Outcome { get; set; }

    /// <summary>Span between corners that holds.</summary>
    public int Segment { get; set; }

    /// <summary>Spans that are written.</summary>
    public int Segments { get; set; }

    /// <summary>0, or why the potential is to be taken from the charges before the next step.</summary>
    public int Settles { get; set; }

    /// <summary>Reads it.</summary>
    /// <param name="at">First number.</param>
    /// <param name="stride">Elements from a number to the next.</param>
    public static ImplicitControl Load(double* at, int stride) => new()
    {
        Time = at[0],
        Target = at[stride],
        Proposal = at[2 * stride],
        LastStep = at[3 * stride],
        LastError = at[4 * stride],
        WorstError = at[5 * stride],
        MassCorrection = at[6 * stride],
        Charge = at[7 * stride],
        Accepted = at[8 * stride],
        Rejected = at[9 * stride],
        Evaluations = at[10 * stride],
        Outcome = (int)at[11 * stride],
        Segment = (int)at[12 * stride],
        Segments = (int)at[13 * stride],
        Settles = (int)at[14 * stride],
    };

    /// <summary>Writes it.</summary>
    /// <param name="at">First number.</param>
    /// <param name="stride">Elements from a number to the next.</param>
    public readonly void Store(double* at, int stride)
    {
        at[0] = Time;
        at[stride] = Target;
        at[2 * stride] = Proposal;
        at[3 * stride] = LastStep;
        at[4 * stride] = LastError;
        at[5 * stride] = WorstError;
        at[6 * stride] = MassCorrection;
        at[7 * stride] = Charge;
        at[8 * stride] = Accepted;
        at[9 * stride] = Rejected;
        at[10 * stride] = Evaluations;
        at[11 * stride] = Outcome;
        at[12 * stride] = Segment;
        at[13 * stride] = Segments;
        at[14 * stride] = Settles;
    }
}
