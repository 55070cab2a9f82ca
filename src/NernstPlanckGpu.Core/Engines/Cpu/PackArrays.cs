using System.Runtime.InteropServices;
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>What problems must share to be packed together.</summary>
internal sealed record PackShape
{
    private readonly string membrane;

    private PackShape(
        int cells, double[] valence, int[] order, int[] interfaceFaces, ActivityKind activity, MembraneLayout? layout, string membrane)
    {
        (Cells, Valence, Order, InterfaceFaces, Activity) = (cells, valence, order, interfaceFaces, activity);
        this.membrane = membrane;
        Place = [.. Enumerable.Range(0, order.Length).Select(s => Array.IndexOf(order, s))];
        Extras = layout is null ? 0 : layout.States + layout.Items.Count + valence.Length;
        var ends = new List<int>();
        var magnitudes = new List<double>();
        for (int s = 0; s < valence.Length; s++)
        {
            if (s == 0 || Math.Abs(valence[s]) != magnitudes[^1])
            {
                magnitudes.Add(Math.Abs(valence[s]));
                ends.Add(s);
            }
            ends[^1] = s + 1;
        }
        (GroupEnd, GroupMagnitude) = ([.. ends], [.. magnitudes]);
    }

    public int Cells { get; }

    /// <summary>Valences in the pack's order of species: equal magnitudes stand together and share one Bernoulli per face.</summary>
    public double[] Valence { get; }

    /// <summary>Order[s]: index of the pack's species s in the problem.</summary>
    public int[] Order { get; }

    /// <summary>Place[s]: index in the pack of the problem's species s.</summary>
    public int[] Place { get; }

    public int[] InterfaceFaces { get; }

    /// <summary>First species after each group of equal |z|.</summary>
    public int[] GroupEnd { get; }

    public double[] GroupMagnitude { get; }

    public ActivityKind Activity { get; }

    public bool IsIdeal => Activity == ActivityKind.Ideal;

    public int Species => Valence.Length;

    /// <summary>What mechanisms integrate beside the cells: their states, what each flux moved, and what permeated of each species.</summary>
    public int Extras { get; }

    public static PackShape Of(DiscreteProblem problem)
    {
        var species = problem.Problem.Species;
        int[] order = [.. Enumerable.Range(0, species.Count).OrderBy(s => Math.Abs(species[s].Valence))];
        MembraneLayout? layout = MembraneLayout.Of(problem.Problem);
        return new(
            problem.Cells, [.. order.Select(s => species[s].Valence)], order, [.. problem.Interfaces.Select(i => i.Face)],
            problem.Problem.Activity.Kind, layout, Membrane(problem, layout));
    }

    // Cells and layout of the mechanisms: what the border of the implicit systems is laid out by.
    private static string Membrane(DiscreteProblem problem, MembraneLayout? layout)
    {
        if (layout is null) return "";
        string items = string.Join(',', layout.Items.Select(item => $"{item.Mechanism}:{item.Species}"));
        return $"{layout.Cells(problem.Grid)}|{items}|{layout.Gates.Count}|{layout.LeftVolumeState}|{layout.RightVolumeState}";
    }

    /// <summary>Text that is equal for equal shapes.</summary>
    public string Key => $"{Cells}|{string.Join(',', Valence)}|{string.Join(',', Order)}|{string.Join(',', InterfaceFaces)}|{Activity}|{membrane}";
}

/// <summary>
/// The memory of a pack: one block, 64-byte aligned. An array has a pad in front (a face left of the first reads as 0)
/// and behind (a lane may run over the end); pads stay 0. A state is one array per species, one for q, and the extras of mechanisms,
/// [extra][problem].
/// </summary>
internal sealed unsafe class PackArrays : IDisposable
{
    /// <summary>Elements in front of index 0.</summary>
    private const int FrontPad = 8;
    private double* block;

    public PackArrays(PackShape shape, int problems)
    {
        Species = shape.Species;
        Cells = shape.Cells;
        Problems = problems;
        int faces = (Cells + 2 + 7) / 8 * 8;
        Stride = FrontPad + faces * problems + 8;
        int items = (shape.InterfaceFaces.Length * Species * problems + 7) / 8 * 8;
        InterfaceStride = items;
        int groups = shape.GroupEnd.Length;
        Groups = groups;
        // With activity coefficients every species has a drive and a Bernoulli function of its own.
        int active = shape.IsIdeal ? 0 : Species, bernoullis = shape.IsIdeal ? groups : Species, interfaceArrays = shape.IsIdeal ? 10 : 13;
        int arrays = 4 * (Species + 1) + Species + 4 + bernoullis + 4 * active;
        Extras = shape.Extras;
        int extras = (Extras * problems + 7) / 8 * 8;
        long total = (long)arrays * Stride + 5L * extras + (long)interfaceArrays * items + 16L * problems + 8 * Species + 8 * groups
            + (long)active * problems;
        block = (double*)NativeMemory.AlignedAlloc((nuint)total * sizeof(double), 64);
        NativeMemory.Clear(block, (nuint)total * sizeof(double));

        double* next = block;
        double* State(int count)
        {
            double* start = next + FrontPad;
            next += (long)count * Stride;
            return start;
        }
        double* Whole()
        {
            double* start = State(Species + 1);
            next += extras;
            return start;
        }
        Start = Whole();
        StageA = Whole();
        StageB = Whole();
        StartRate = Whole();
        Conductance = State(Species);
        Resistance = State(1);
        InverseVolume = State(1);
        Drop = State(1);
        Current = State(1);
        Bernoulli = State(bernoullis);
        LogGamma = State(active);
        Amplitude = State(active);
        Closeness = State(active);
        Drive = State(active);
        double* Items(int count)
        {
            double* start = next;
            next += count;
            return start;
        }
        ExtraRate = Items(extras);
        Interface = Items(interfaceArrays * items);
        Closure = Items(8 * problems);
        Partial = Items(8 * problems);
        Valence = Items(8 * Species);
        GroupOf = (int*)NativeMemory.Alloc((nuint)Species * sizeof(int));
        for (int s = 0; s < Species; s++)
        {
            new Span<double>(Valence + 8 * s, 8).Fill(shape.Valence[s]);
            GroupOf[s] = (shape.IsIdeal ? Array.FindIndex(shape.GroupEnd, end => s < end) : s) * Stride;
        }
        GroupMagnitude = Items(8 * groups);
        for (int g = 0; g < groups; g++) GroupMagnitude[g] = shape.GroupMagnitude[g];
        ActivityWeight = Items(active * problems);
        HasDrives = !shape.IsIdeal;
    }

    public int Species { get; }

    public int Cells { get; }

    public int Problems { get; }

    /// <summary>Elements from one array of a state to the next.</summary>
    public int Stride { get; }

    public int InterfaceStride { get; }

    /// <summary>Number of extras per problem; see <see cref="PackShape.Extras"/>.</summary>
    public int Extras { get; }

    /// <summary>First of a state's extras.</summary>
    public nint FirstExtra => (nint)(Species + 1) * Stride - FrontPad;

    /// <summary>Y_0, the last accepted state.</summary>
    public double* Start { get; private set; }

    public double* StageA { get; private set; }

    public double* StageB { get; private set; }

    /// <summary>F_0.</summary>
    public double* StartRate { get; private set; }

    /// <summary>Fluxes, for passes that do not step: A J per species, then sum z A J. They stand where a stage would.</summary>
    public double* Flux => StageA;

    /// <summary>Drop of the reduced potential per face.</summary>
    public double* Drop { get; }

    /// <summary>sum z A J per face.</summary>
    public double* Current { get; }

    /// <summary>B(|z| drop) per face, one array per group of equal |z|; with activity coefficients B(|drive|), one per species.</summary>
    public double* Bernoulli { get; }

    /// <summary>Offset of each species' group in <see cref="Bernoulli"/>.</summary>
    public int* GroupOf { get; }

    /// <summary>Number of groups of equal |z|.</summary>
    public int Groups { get; }

    /// <summary>Eight partial sums of b q, [8][problem].</summary>
    public double* Partial { get; }

    public double* Conductance { get; }

    public double* Resistance { get; }

    public double* InverseVolume { get; }

    /// <summary>True with activity coefficients: then <see cref="Drive"/> stands for z drop.</summary>
    public bool HasDrives { get; }

    /// <summary>ln gamma per species and cell.</summary>
    public double* LogGamma { get; }

    /// <summary>A or k of <see cref="ActivityConstants"/> per species and cell.</summary>
    public double* Amplitude { get; }

    /// <summary>beta, likewise.</summary>
    public double* Closeness { get; }

    /// <summary>Drive of each species per face, z drop − Δ ln gamma.</summary>
    public double* Drive { get; }

    /// <summary>Weights of the activity model's measure, [species][problem].</summary>
    public double* ActivityWeight { get; }

    /// <summary>Arrays of [interface][species][problem]; see <see cref="InterfacePass{T}"/>.</summary>
    public double* Interface { get; }

    /// <summary>The tenth of them: A J of each item, or its largest coefficient for the spectral bound.</summary>
    public double* InterfaceFlux => Interface + 9L * InterfaceStride;

    /// <summary>Rates of the extras, [extra][problem].</summary>
    public double* ExtraRate { get; }

    /// <summary>Q per problem.</summary>
    public double* Closure { get; }

    /// <summary>z of each species, eight times.</summary>
    public double* Valence { get; }

    public double* GroupMagnitude { get; }

    /// <summary>Drive of a species over one face; drops, or drives, were found.</summary>
    public ScalarLane DriveAt(int species, long face) =>
        HasDrives ? new(Drive[(long)species * Stride + face]) : ScharfetterGummel.Drive<ScalarLane>(new(Valence[8 * species]), new(Drop[face]));

    /// <summary>Exchanges concentrations and q of problem k of a state, or of its rate; species stand in the problem's order.</summary>
    public void Exchange(PackShape shape, int k, double* state, RecordExchange exchange, bool isRate)
    {
        int blocks = Cells + 2;
        (string of, string per) = isRate ? ("rate", " s-1") : ("state", "");
        exchange.Values(
            $"{of}/concentration", "mol m-3" + per, Species * blocks,
            i => ref state[(long)shape.Place[i / blocks] * Stride + i % blocks * Problems + k]);
        exchange.Values($"{of}/charge", "mol" + per, Cells + 1, f => ref state[(long)Species * Stride + f * Problems + k]);
    }

    /// <summary>Lets the two stage states change places.</summary>
    public void SwapStages()
    {
        double* a = StageA;
        StageA = StageB;
        StageB = a;
    }

    /// <summary>After an accepted step: StageA becomes the start and StageB its rate; the old ones are free.</summary>
    public void TakeStages()
    {
        double* start = Start, rate = StartRate;
        Start = StageA;
        StartRate = StageB;
        StageA = start;
        StageB = rate;
    }

    public void Dispose()
    {
        if (block is null) return;
        NativeMemory.AlignedFree(block);
        NativeMemory.Free(GroupOf);
        block = null;
    }
}
