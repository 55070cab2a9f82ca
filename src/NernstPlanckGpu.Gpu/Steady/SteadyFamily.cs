#if WITH_ILGPU
using NernstPlanckGpu.Core.Discretisation;
using NernstPlanckGpu.Core.Engines.Cpu.Implicit;
using NernstPlanckGpu.Core.Model;

namespace NernstPlanckGpu.Gpu.Steady;

/// <summary>
/// Problems that differ in the values at their ends and in their initial concentrations alone, as on a surface over voltages and
/// baths: they share one set of constants on the device.
/// </summary>
/// <param name="First">A problem of it.</param>
/// <param name="Group">Its structure.</param>
internal sealed record SteadyFamily(DiscreteProblem First, SteadyGroup Group)
{
    /// <summary>Writes the constants into a place of an interleaved array.</summary>
    /// <param name="target">Receiver.</param>
    /// <param name="set">Place.</param>
    /// <param name="sets">Places.</param>
    public unsafe void Load(double[] target, int set, int sets)
    {
        var layout = Group.Layout;
        using var arrays = new ImplicitArrays(Group.Shape, 1, 0, separateFaces: false);
        arrays.Load(First, 0);
        Copy(arrays.Conductance, 0, layout.FieldAt);
        Copy(arrays.InverseResistance, layout.FieldAt, layout.Cells + 1);
        Copy(arrays.Volume, layout.VolumeAt, layout.Blocks);
        Copy(arrays.FixedCharge, layout.FixedChargeAt, layout.Blocks);
        Copy(arrays.Interface, layout.InterfaceAt, 6 * layout.Interfaces * layout.Species);
        Copy(arrays.Valence, layout.ValenceAt, layout.Species);

        void Copy(double* source, int at, int count)
        {
            for (int i = 0; i < count; i++) target[(long)(at + i) * sets + set] = source[i];
        }
    }

    /// <summary>y of the two end faces, mol.</summary>
    public (double Left, double Right) EndFields { get; } = Fields(First.Resistances());

    /// <summary>Volumes of the cells; null where no species keeps an amount.</summary>
    public double[]? Volumes { get; } =
        Group.Parts.Any(part => part[3] is Kernels.Steady.SteadyLayout.Closed or Kernels.Steady.SteadyLayout.Inert) ? First.Volumes() : null;

    private static (double Left, double Right) Fields(double[] resistance) =>
        (resistance[0] > 0 ? 1 / resistance[0] : 0, resistance[^1] > 0 ? 1 / resistance[^1] : 0);

    /// <summary>Whether two problems are of one family.</summary>
    internal sealed class Comparer : IEqualityComparer<DiscreteProblem>
    {
        public bool Equals(DiscreteProblem? x, DiscreteProblem? y)
        {
            if (ReferenceEquals(x, y)) return true;
            if (x is null || y is null) return false;
            PnpProblem a = x.Problem, b = y.Problem;
            return a.Temperature == b.Temperature && a.Geometry == b.Geometry && AreSame(x.Grid, y.Grid) && AreSame(a.Species, b.Species)
                && a.Regions.Count == b.Regions.Count && a.Regions.Zip(b.Regions, AreSame).All(same => same)
                && AreAlike(a.Left, b.Left) && AreAlike(a.Right, b.Right);
        }

        public int GetHashCode(DiscreteProblem obj)
        {
            var hash = default(HashCode);
            hash.Add(obj.Problem.Temperature);
            foreach (Species species in obj.Problem.Species) hash.Add(species.Diffusivity);
            foreach (Region region in obj.Problem.Regions)
            {
                hash.Add(region.Length);
                hash.Add(region.Permittivity);
                hash.Add(region.FixedCharge);
                foreach (double barrier in region.Barrier) hash.Add(barrier);
                foreach (double factor in region.DiffusivityFactor) hash.Add(factor);
            }
            return hash.ToHashCode();
        }

        private static bool AreSame(Grid a, Grid b) =>
            ReferenceEquals(a, b) || (a.Faces.SequenceEqual(b.Faces) && a.RegionOfCell.SequenceEqual(b.RegionOfCell));

        private static bool AreSame(IReadOnlyList<Species> a, IReadOnlyList<Species> b) =>
            ReferenceEquals(a, b) || a.Select(s => (s.Valence, s.Diffusivity)).SequenceEqual(b.Select(s => (s.Valence, s.Diffusivity)));

        private static bool AreSame(Region a, Region b) =>
            ReferenceEquals(a, b) || (a.Permittivity == b.Permittivity && a.FixedCharge == b.FixedCharge && a.Impermeable.SequenceEqual(b.Impermeable)
                && a.DiffusivityFactor.SequenceEqual(b.DiffusivityFactor) && a.Barrier.SequenceEqual(b.Barrier));

        // The same conditions, whatever their values.
        private static bool AreAlike(Boundary a, Boundary b)
        {
            if (a.Electric.GetType() != b.Electric.GetType()) return false;
            for (int s = 0; s < a.Ions.Count; s++) if (a.Ions[s].GetType() != b.Ions[s].GetType()) return false;
            return true;
        }
    }
}
#endif
