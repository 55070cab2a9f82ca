using System.Numerics;
using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Formulas.Implicit;

namespace NernstPlanckGpu.Core.Engines.Cpu.Implicit;

/// <summary>
/// The answer of a steady state to a small voltage e^(iωt): the linearised equations iω M u = dF/du u + dF/dv v in concentrations and
/// reduced potential, u = (c_1 … c_S, psi) per cell. Everything is balanced as a flux, the charge q = A D/F too: with the coefficients of
/// <see cref="ImplicitArrays"/> the fluxes j = (J_1 … J_S, q) through face f and what cell i keeps of them are
/// <code>j_f = A_f u_f − B_f u_(f+1),   A = [a, g; 0, y],   B = [b, g; 0, y],   j_(i−1) − j_i = S_i u_i,   S = [iωV, 0; −V z, 0].</code>
/// What lies left of a cell acts on it as j_f = s − E u. Going one cell to the right is the block elimination of that cell,
/// <code>D = A + E,   E' = S' + E D⁻¹ B,   s' = A D⁻¹ s,</code>
/// but it never takes b off b + iωV: where nothing passes, E keeps its factor iω or e^(−barrier), however small beside a and b
/// (elimination of the rows j_(i−1) − j_i loses both: 1e-16 D/h² is a leak of 1e-5/s). E D⁻¹ B and s' have a second form each, for I − E D⁻¹ = A D⁻¹:
/// the one whose terms are smaller is taken, entry by entry. Without it a bath behind a barrier would spoil what the barrier let through.
/// </summary>
/// <remarks>The scheme is the state reduction of Grassmann, Taksar and Heyman, Oper. Res. 33, 1107 (1985), for blocks. Checked by
/// <c>AdmittanceTests</c>.</remarks>
internal sealed unsafe class SmallSignal
{
    private readonly int size, cells;
    private readonly double[] left, right, slope, field, volume, valence;
    private readonly End leftEnd, rightEnd;

    /// <summary>What an end does: a row is held (a bath's concentration, an electrode's potential) or passes a flux to a store.</summary>
    /// <param name="Reservoirs">Volume per species, m³; 0 where the ghost's concentration is held.</param>
    /// <param name="Stern">1/b of the Stern layer, mol; 0 without one.</param>
    private sealed record End(double[] Reservoirs, double Stern)
    {
        public static End Of(ElectricEnd electric, IEnumerable<IonEnd> ions) =>
            new([.. ions.Select(ion => ion.Volume)], electric.Kind == ElectricKind.Stern ? 1 / electric.SternResistance : 0);

        public bool Holds(int row) => (row < Reservoirs.Length ? Reservoirs[row] : Stern) == 0;

        public bool HoldsAll => Stern == 0 && Reservoirs.All(v => v == 0);

        /// <summary>Flux into the store per unknown.</summary>
        public Complex Store(int row, double omega) => row < Reservoirs.Length ? new Complex(0, omega * Reservoirs[row]) : Stern;
    }

    /// <summary>Copies the coefficients of a steady state.</summary>
    /// <param name="a">Arrays of one problem whose faces are linearised about the state.</param>
    /// <param name="ends">Its ends; both impose an electrode potential.</param>
    public SmallSignal(ImplicitArrays a, EndRows ends)
    {
        (size, cells, valence) = (a.Size, a.Cells, a.Shape.Valence);
        int faces = (a.Cells + 1) * a.Species;
        left = new ReadOnlySpan<double>(a.Left, faces).ToArray();
        right = new ReadOnlySpan<double>(a.Right, faces).ToArray();
        slope = new ReadOnlySpan<double>(a.Slope, faces).ToArray();
        field = new ReadOnlySpan<double>(a.InverseResistance, a.Cells + 1).ToArray();
        volume = new ReadOnlySpan<double>(a.Volume, a.Blocks).ToArray();
        leftEnd = End.Of(ends.Left, ends.LeftIons);
        rightEnd = End.Of(ends.Right, ends.RightIons);
    }

    /// <summary>What mechanisms move through the membrane per reduced potential of the left electrode.</summary>
    /// <param name="LeftCell">Cell that they take from.</param>
    /// <param name="RightCell">Cell that they give to.</param>
    /// <param name="Flux">A J per species, mol/s.</param>
    public sealed record MembraneResponse(int LeftCell, int RightCell, Complex[] Flux);

    /// <summary>Total current over F (ionic and displacement, to the right) per reduced potential of the left electrode, mol/s.</summary>
    /// <param name="omega">ω, rad/s; > 0.</param>
    /// <param name="membrane">What mechanisms answer; null for none.</param>
    public Complex CurrentPerVoltage(double omega, MembraneResponse? membrane = null)
    {
        var line = new Line(size);
        for (int r = 0; r < size; r++)
        {
            bool isPotential = r == size - 1;
            Complex store = leftEnd.Holds(r) ? 1 : leftEnd.Store(r, omega);
            line.E[r * size + r] = store;
            line.S[r] = isPotential ? store : 0;
        }
        for (int f = 0; f <= cells; f++)
        {
            if (membrane is not null) Inject(line, f, membrane);
            Pass(line, f);
            // The ghost's volume is 0.
            for (int s = 0; s < size - 1; s++)
            {
                line.E[s * size + s] += new Complex(0, omega * volume[f + 1]);
                line.E[(size - 1) * size + s] -= volume[f + 1] * valence[s];
            }
        }
        if (!rightEnd.HoldsAll) Close(line, omega);
        Complex current = new Complex(0, omega) * line.S[size - 1];
        for (int s = 0; s < size - 1; s++) current += valence[s] * line.S[s];
        return current;
    }

    // A source in a cell joins what comes from its left.
    private static void Inject(Line line, int cell, MembraneResponse membrane)
    {
        if (cell != membrane.LeftCell && cell != membrane.RightCell) return;
        for (int s = 0; s < membrane.Flux.Length; s++) line.S[s] += cell == membrane.LeftCell ? -membrane.Flux[s] : membrane.Flux[s];
    }

    // E and s of the cell left of a face become those of the cell right of it, without what that one keeps.
    private void Pass(Line line, int f)
    {
        int psi = size - 1, at = f * psi;
        Complex[] d = line.D;
        line.E.CopyTo(d, 0);
        for (int r = 0; r < size; r++)
        {
            if (f == 0 && leftEnd.Holds(r)) continue;
            d[r * size + r] += Own(left, f, r);
            if (r < psi) d[r * size + psi] += slope[at + r];
        }
        line.Decompose();
        for (int c = 0; c < size; c++)
        {
            Array.Clear(line.Column);
            for (int r = 0; r < size; r++)
                if (f > 0 || !leftEnd.Holds(r)) line.Column[r] = Inflow(f, r, c);
            line.Substitute(line.Column);
            for (int r = 0; r < size; r++) line.Next[r * size + c] = Choose(line, f, r, Inflow(f, r, c), line.Column, isSource: false);
        }
        line.S.CopyTo(line.Column, 0);
        line.Substitute(line.Column);
        for (int r = 0; r < size; r++) line.S[r] = Choose(line, f, r, line.S[r], line.Column, isSource: true);
        line.Swap();
    }

    // Row r of E x, which is B − A x, for x = D⁻¹ B; of A x, which is s − E x, for x = D⁻¹ s.
    private Complex Choose(Line line, int f, int r, Complex given, Complex[] x, bool isSource)
    {
        int psi = size - 1;
        double own = Own(left, f, r), drift = r < psi ? slope[f * psi + r] : 0;
        Complex through = own * x[r] + drift * x[psi], kept = 0;
        if (f == 0 && leftEnd.Holds(r)) return isSource ? through : given - through;
        double throughSize = Math.Abs(own) * Size(x[r]) + Math.Abs(drift) * Size(x[psi]), keptSize = 0;
        for (int k = 0; k < size; k++)
        {
            Complex term = line.E[r * size + k] * x[k];
            kept += term;
            keptSize += Size(term);
        }
        return isSource
            ? throughSize < Size(given) + keptSize ? through : given - kept
            : keptSize < Size(given) + throughSize ? kept : given - through;
    }

    // The right end: s becomes the fluxes through it.
    private void Close(Line line, double omega)
    {
        for (int r = 0; r < size; r++)
        {
            bool holds = rightEnd.Holds(r);
            line.Column[r] = holds ? 0 : line.S[r];
            for (int c = 0; c < size; c++) line.D[r * size + c] = holds ? (r == c ? 1 : 0) : line.E[r * size + c];
            if (!holds) line.D[r * size + r] += rightEnd.Store(r, omega);
        }
        line.Decompose();
        line.Substitute(line.Column);
        for (int r = 0; r < size; r++)
        {
            if (rightEnd.Holds(r)) for (int c = 0; c < size; c++) line.S[r] -= line.E[r * size + c] * line.Column[c];
            else line.S[r] = rightEnd.Store(r, omega) * line.Column[r];
        }
    }

    // Diagonal of A or B.
    private double Own(double[] coefficient, int f, int r) => r < size - 1 ? coefficient[f * (size - 1) + r] : field[f];

    private double Inflow(int f, int r, int c) => r == c ? Own(right, f, r) : c == size - 1 ? slope[f * (size - 1) + r] : 0;

    private static double Size(Complex z) => Math.Abs(z.Real) + Math.Abs(z.Imaginary);

    /// <summary>What stands left of a face, and room for one elimination.</summary>
    private sealed class Line(int size)
    {
        public Complex[] E { get; private set; } = new Complex[size * size];

        public Complex[] Next { get; private set; } = new Complex[size * size];

        public Complex[] S { get; } = new Complex[size];

        public Complex[] D { get; } = new Complex[size * size];

        public Complex[] Column { get; } = new Complex[size];

        public void Swap() => (E, Next) = (Next, E);

        /// <summary>Triangular factors of D in place, no rows exchanged; the diagonal holds reciprocal pivots.</summary>
        public void Decompose()
        {
            for (int p = 0; p < size; p++)
            {
                Complex inverse = D[p * size + p] = 1 / D[p * size + p];
                for (int r = p + 1; r < size; r++)
                {
                    Complex multiple = D[r * size + p] *= inverse;
                    for (int c = p + 1; c < size; c++) D[r * size + c] -= multiple * D[p * size + c];
                }
            }
        }

        /// <summary>Solves in place.</summary>
        public void Substitute(Complex[] x)
        {
            for (int r = 1; r < size; r++)
                for (int c = 0; c < r; c++) x[r] -= D[r * size + c] * x[c];
            for (int r = size - 1; r >= 0; r--)
            {
                for (int c = r + 1; c < size; c++) x[r] -= D[r * size + c] * x[c];
                x[r] *= D[r * size + r];
            }
        }
    }
}
