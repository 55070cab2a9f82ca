using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas;
using NernstPlanckGpu.Formulas.Lanes;

namespace NernstPlanckGpu.Core.Engines.Cpu;

/// <summary>
/// The ghost cells of one problem in a pack: baths are set to their value, reservoirs fill and empty, prescribed fluxes are
/// put at the end faces. Addresses count elements in a pack's arrays.
/// </summary>
internal sealed unsafe class Ends
{
    private readonly record struct Bath(int Address, int Species, DriveState Drive);

    private readonly record struct Prescribed(int Face, int Cell, int Sign, int Species, double Valence, DriveState Drive);

    private readonly record struct Reservoir(int Address, int Face, int Species, int Sign, double InverseVolume, double Start, double Valence)
    {
        /// <summary>Where a state has its volume over the initial one; −1: it is constant.</summary>
        public nint Volume { get; init; } = -1;

        /// <summary>K of the end face, where the volume changes.</summary>
        public double Conductance { get; init; }
    }

    private readonly List<Bath> baths = [];
    private readonly List<Prescribed> fluxes = [];
    private readonly List<Reservoir> reservoirs = [];
    private readonly int stride;
    private readonly double[] through;

    public Ends(DiscreteProblem problem, double[] areas, PackShape shape, int stride, int problems, int k)
    {
        this.stride = stride;
        for (int s = 0; s < shape.Species; s++)
        {
            int original = shape.Order[s];
            Add(problem.Problem.Left.Ions[original], s, k, k, +1, problem.LeftGhostInverseVolume[original], areas[0]);
            int ghost = (problem.Cells + 1) * problems + k, face = problem.Cells * problems + k;
            Add(problem.Problem.Right.Ions[original], s, ghost, face, -1, problem.RightGhostInverseVolume[original], areas[^1]);
        }

        through = new double[reservoirs.Count];

        void Add(IonBoundary ion, int s, int ghost, int face, int side, double inverseVolume, double area)
        {
            switch (ion)
            {
                case BathBoundary bath: baths.Add(new(ghost, s, new(bath.Concentration, 1))); break;
                case FluxBoundary flux: fluxes.Add(new(face, ghost + side * problems, side, s, shape.Valence[s], new(flux.Flux, area))); break;
                case ReservoirBoundary reservoir:
                    reservoirs.Add(new(ghost, face, s, -side, inverseVolume, reservoir.Concentration, shape.Valence[s])); break;
            }
        }
    }

    /// <summary>
    /// Takes the end faces of reservoirs whose volume changes out of the passes over all faces. Such a ghost holds its amount over the
    /// initial volume, so that amounts stay linear in the state, and the flux is that of the amount over the volume.
    /// </summary>
    /// <param name="a">Arrays, with the conductances.</param>
    /// <param name="leftVolume">Where a state has the left reservoir's relative volume; −1: it is constant.</param>
    /// <param name="rightVolume">The same on the right.</param>
    public void TakeEndFaces(PackArrays a, nint leftVolume, nint rightVolume)
    {
        for (int i = 0; i < reservoirs.Count; i++)
        {
            Reservoir r = reservoirs[i];
            nint volume = r.Sign < 0 ? leftVolume : rightVolume;
            if (volume < 0) continue;
            ref double conductance = ref a.Conductance[(long)r.Species * stride + r.Face];
            reservoirs[i] = r with { Volume = volume, Conductance = conductance };
            conductance = 0;
        }
    }

    /// <summary>Enters the pieces that hold from a time on; returns the next corner.</summary>
    public double Enter(double time)
    {
        double corner = double.PositiveInfinity;
        foreach (Bath bath in baths) corner = Math.Min(corner, bath.Drive.Enter(time));
        foreach (Prescribed flux in fluxes) corner = Math.Min(corner, flux.Drive.Enter(time));
        return corner;
    }

    /// <summary>Sets the baths of a state.</summary>
    public void SetBaths(double* state, double time)
    {
        for (int i = 0; i < baths.Count; i++)
            state[(long)baths[i].Species * stride + baths[i].Address] = baths[i].Drive.At(time);
    }

    /// <summary>Empties the bath ghosts, so that they count for no error.</summary>
    public void ClearBaths(double* state)
    {
        for (int i = 0; i < baths.Count; i++) state[(long)baths[i].Species * stride + baths[i].Address] = 0;
    }

    /// <summary>Notes what flows between the stack and its reservoirs; drops (or drives) and Bernoulli functions of the state are known.</summary>
    public void Evaluate(PackArrays a, double* state)
    {
        for (int i = 0; i < reservoirs.Count; i++)
        {
            Reservoir r = reservoirs[i];
            (double left, double right, double conductance) = AtFace(a, r, state);
            ScalarLane drive = a.DriveAt(r.Species, r.Face);
            through[i] = ScharfetterGummel.Flux(
                new ScalarLane(conductance), new(a.Bernoulli[r.Face + a.GroupOf[r.Species]]), drive, new(left), new(right)).Value;
        }
    }

    // Concentrations on both sides of an end face, and its K.
    private (double Left, double Right, double Conductance) AtFace(PackArrays a, in Reservoir r, double* state)
    {
        long offset = (long)r.Species * stride + r.Face;
        double left = state[offset], right = state[offset + a.Problems];
        if (r.Volume < 0) return (left, right, a.Conductance[offset]);
        return r.Sign < 0 ? (left / state[r.Volume], right, r.Conductance) : (left, right / state[r.Volume], r.Conductance);
    }

    /// <summary>Fills reservoirs and moves prescribed fluxes: target += factor · rate for the species, and sum z A J for the charge.</summary>
    public void Move(PackArrays a, double* target, double factor, double time)
    {
        for (int i = 0; i < reservoirs.Count; i++)
        {
            Reservoir r = reservoirs[i];
            double* c = target + (long)r.Species * stride;
            c[r.Address] += factor * (r.Sign * through[i] * r.InverseVolume);
            if (r.Volume < 0) continue;
            int cell = r.Address - r.Sign * a.Problems;
            c[cell] -= factor * (r.Sign * through[i] * a.InverseVolume[cell]);
            a.Current[r.Face] += r.Valence * through[i];
        }
        for (int i = 0; i < fluxes.Count; i++)
        {
            Prescribed flux = fluxes[i];
            double rate = flux.Drive.At(time), moved = factor * rate;
            int cell = flux.Cell;
            target[(long)flux.Species * stride + cell] += flux.Sign * moved * a.InverseVolume[cell];
            a.Current[flux.Face] += flux.Valence * rate;
        }
    }

    /// <summary>Puts prescribed fluxes and those of reservoirs that swell, and what they add to sum z A J, into the flux arrays.</summary>
    public void Store(PackArrays a, double time)
    {
        for (int i = 0; i < reservoirs.Count; i++)
        {
            Reservoir r = reservoirs[i];
            if (r.Volume < 0) continue;
            a.Flux[(long)r.Species * stride + r.Face] = through[i];
            a.Flux[(long)a.Species * stride + r.Face] += r.Valence * through[i];
        }
        for (int i = 0; i < fluxes.Count; i++)
        {
            double value = fluxes[i].Drive.At(time);
            a.Flux[(long)fluxes[i].Species * stride + fluxes[i].Face] = value;
            a.Flux[(long)a.Species * stride + fluxes[i].Face] += fluxes[i].Valence * value;
        }
    }

    /// <summary>Charge over F that the reservoirs of an end took up since the start, mol.</summary>
    public double ReservoirCharge(double* state, bool leftEnd)
    {
        double sum = 0;
        for (int i = 0; i < reservoirs.Count; i++)
        {
            Reservoir r = reservoirs[i];
            if ((r.Sign < 0) != leftEnd) continue;
            sum += r.Valence * (state[(long)r.Species * stride + r.Address] - r.Start) / r.InverseVolume;
        }
        return sum;
    }

    /// <summary>sum z A J of reservoir species through an end.</summary>
    public double ReservoirCurrent(bool leftEnd)
    {
        double sum = 0;
        for (int i = 0; i < reservoirs.Count; i++)
        {
            Reservoir r = reservoirs[i];
            if ((r.Sign < 0) == leftEnd) sum += r.Valence * through[i];
        }
        return sum;
    }

    /// <summary>Puts coefficients and relaxation rates of the end faces of reservoirs that swell into the flux arrays, for the bound.</summary>
    public void Coefficients(PackArrays a, double* state)
    {
        for (int i = 0; i < reservoirs.Count; i++)
        {
            Reservoir r = reservoirs[i];
            if (r.Volume < 0) continue;
            (double left, double right, double conductance) = AtFace(a, r, state);
            var valence = new ScalarLane(r.Valence);
            ScalarLane largest = ScharfetterGummel.LargestCoefficient(
                new ScalarLane(conductance), new(a.Bernoulli[r.Face + a.GroupOf[r.Species]]), a.DriveAt(r.Species, r.Face));
            a.Flux[(long)r.Species * stride + r.Face] = largest.Value;
            a.Flux[(long)a.Species * stride + r.Face] +=
                SpectralBound.Relaxation(valence, largest, new(left), new(right), new ScalarLane(a.Resistance[r.Face])).Value;
        }
    }

    /// <summary>Largest outflow rate of a reservoir, from the coefficients in the flux arrays, 1/s.</summary>
    public double ReservoirOutflow(PackArrays a, double* state)
    {
        double largest = 0;
        for (int i = 0; i < reservoirs.Count; i++)
        {
            Reservoir r = reservoirs[i];
            double volume = r.Volume < 0 ? 1 : state[r.Volume];
            largest = Math.Max(largest, a.Flux[(long)r.Species * stride + r.Face] * r.InverseVolume / volume);
        }
        return largest;
    }
}
