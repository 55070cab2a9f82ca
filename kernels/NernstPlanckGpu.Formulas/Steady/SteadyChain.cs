using System.Runtime.CompilerServices;

namespace NernstPlanckGpu.Formulas.Steady;

/// <summary>What sources give up to a face of what enters at the left end, S_f in J_f = J + S_f.</summary>
public interface ISteadyFeed
{
    /// <summary>S_f, mol/s; 0 at face 0.</summary>
    /// <param name="face">0 … n.</param>
    double At(int face);
}

/// <summary>No sources.</summary>
public readonly struct NoFeed : ISteadyFeed
{
    /// <inheritdoc/>
    public double At(int face) => 0;
}

/// <summary>
/// The steady concentrations and flux of one species in a given potential. In one dimension the flux through a compartment is
/// one number, so the continuity equations are solved exactly, without subtraction: concentrations come out positive and
/// fluxes uniform to the last bit, whatever the barriers. With J_f = a_f c_f − b_f c_(f+1) and J_f = J + S_f, eliminating the cells from the
/// left bath c_0 on keeps
/// <code>J = A c_0 − e c_i − g,    A' = a A/(e + a),   e' = b e/(e + a),   g' = (a g + e S)/(e + a).</code>
/// </summary>
/// <remarks>Faces and cells of one species stand <c>faceStride</c> and <c>stride</c> apart. Checked by the tests of steady states: fluxes uniform, and GHK.</remarks>
public static unsafe class SteadyChain
{
    /// <summary>A species that passes from bath to bath.</summary>
    /// <param name="cells">n.</param>
    /// <param name="left">a per face, m³/s.</param>
    /// <param name="right">b per face, m³/s.</param>
    /// <param name="faceStride">Distance of faces.</param>
    /// <param name="c">Concentrations, baths in the ghosts; mol/m³.</param>
    /// <param name="stride">Distance of cells.</param>
    /// <param name="feed">Sources.</param>
    /// <param name="meeting">Cells up to this one were found from their left neighbours, the others from their right ones.</param>
    /// <returns>J at face 0, mol/s.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Through<TFeed>(int cells, double* left, double* right, int faceStride, double* c, int stride, TFeed feed, out int meeting)
        where TFeed : struct, ISteadyFeed
    {
        double conduct = left[0], escape = right[0], gained = 0;
        for (int f = 1; f <= cells; f++)
        {
            double forward = left[f * faceStride], back = right[f * faceStride], inverse = 1 / (escape + forward);
            gained = (forward * gained + escape * (feed.At(f) - feed.At(0))) * inverse;
            conduct *= forward * inverse;
            escape *= back * inverse;
        }
        double flux = conduct * c[0] - escape * c[(cells + 1) * stride] - gained;
        // From each bath inwards while that adds and does not take away.
        int met = 0;
        while (met < cells && flux + feed.At(met) < 0) met++;
        FromLeft(0, met - 1, left, right, faceStride, c, stride, flux, feed);
        FromRight(cells, met + 1, left, right, faceStride, c, stride, flux, feed);
        meeting = met;
        return flux;
    }

    /// <summary>c_(f+1) = (a c_f − J_f)/b from face to face, to the right.</summary>
    /// <param name="first">First face.</param>
    /// <param name="last">Last face.</param>
    /// <param name="left">a per face, m³/s.</param>
    /// <param name="right">b per face, m³/s.</param>
    /// <param name="faceStride">Distance of faces.</param>
    /// <param name="c">Concentrations, mol/m³.</param>
    /// <param name="stride">Distance of cells.</param>
    /// <param name="flux">J, mol/s.</param>
    /// <param name="feed">Sources.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromLeft<TFeed>(
        int first, int last, double* left, double* right, int faceStride, double* c, int stride, double flux, TFeed feed)
        where TFeed : struct, ISteadyFeed
    {
        for (int f = first; f <= last; f++)
            c[(f + 1) * stride] = (left[f * faceStride] * c[f * stride] - (flux + feed.At(f))) / right[f * faceStride];
    }

    /// <summary>c_f = (J_f + b c_(f+1))/a from face to face, to the left.</summary>
    /// <param name="first">First face, the rightmost.</param>
    /// <param name="last">Last face, the leftmost.</param>
    /// <param name="left">a per face, m³/s.</param>
    /// <param name="right">b per face, m³/s.</param>
    /// <param name="faceStride">Distance of faces.</param>
    /// <param name="c">Concentrations, mol/m³.</param>
    /// <param name="stride">Distance of cells.</param>
    /// <param name="flux">J, mol/s.</param>
    /// <param name="feed">Sources.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromRight<TFeed>(
        int first, int last, double* left, double* right, int faceStride, double* c, int stride, double flux, TFeed feed)
        where TFeed : struct, ISteadyFeed
    {
        for (int f = first; f >= last; f--)
            c[f * stride] = (flux + feed.At(f) + right[f * faceStride] * c[(f + 1) * stride]) / left[f * faceStride];
    }

    /// <summary>
    /// Makes the row of a passing species' flux. A change of the flux is the same at every face, dJ = a dc_f − b dc_(f+1) + g d(drop_f); with
    /// weights w_(f+1) = w_f b_f/a_(f+1) the sum over the faces telescopes, since the baths stay, and dJ = sum w g d(drop)/sum w holds
    /// without the concentrations, however high the barriers.
    /// </summary>
    /// <param name="cells">n.</param>
    /// <param name="left">a per face, m³/s.</param>
    /// <param name="right">b per face, m³/s.</param>
    /// <param name="slope">g per face, mol/s.</param>
    /// <param name="faceStride">Distance of faces.</param>
    /// <param name="weights">Receives w g/sum w per face, mol/s.</param>
    /// <param name="stride">Distance of its numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PassingRow(int cells, double* left, double* right, double* slope, int faceStride, double* weights, int stride)
    {
        double last = 1, sum = 1;
        weights[0] = 1;
        for (int f = 1; f <= cells; f++)
        {
            last *= right[(f - 1) * faceStride] / left[f * faceStride];
            weights[f * stride] = last;
            sum += last;
        }
        double inverse = 1 / sum;
        for (int f = 0; f <= cells; f++) weights[f * stride] *= inverse * slope[f * faceStride];
    }

    /// <summary>Boltzmann's distribution of a conserved amount over cells between which a species moves and which it does not leave.</summary>
    /// <param name="first">First block.</param>
    /// <param name="last">Last block.</param>
    /// <param name="amount">mol.</param>
    /// <param name="left">a per face, m³/s.</param>
    /// <param name="right">b per face, m³/s.</param>
    /// <param name="faceStride">Distance of faces.</param>
    /// <param name="c">Concentrations, mol/m³.</param>
    /// <param name="stride">Distance of cells.</param>
    /// <param name="volumes">Volumes of the blocks, m³.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Closed<TVolumes>(
        int first, int last, double amount, double* left, double* right, int faceStride, double* c, int stride, TVolumes volumes)
        where TVolumes : struct, ISteadyVolumes
    {
        double weight = 1, sum = 0;
        for (int i = first; i <= last; i++)
        {
            if (i > first) weight *= left[(i - 1) * faceStride] / right[(i - 1) * faceStride];
            c[i * stride] = weight;
            sum += weight * volumes.At(i);
        }
        double scale = amount / sum;
        for (int i = first; i <= last; i++) c[i * stride] *= scale;
    }
}

/// <summary>Volumes of the blocks of a compartment.</summary>
public interface ISteadyVolumes
{
    /// <summary>Volume of a cell, or of a reservoir in a ghost, m³.</summary>
    /// <param name="block">0 … n + 1.</param>
    double At(int block);
}
