namespace NernstPlanckGpu.Core.Results.Runs;

/// <summary>
/// Reversal potential, conductances and rectification of a current–voltage curve: by measuring between its points, or linear between them.
/// </summary>
internal sealed class CurveAnalysis
{
    private const int MostRefinements = 30;
    private readonly double[] voltages, currents, slopes;
    private readonly IEnumerator<double[]> rounds;
    private IReadOnlyList<(double Current, double Slope)?> measured = [];

    /// <summary>Begins an analysis that measures; <see cref="Next"/> carries it on.</summary>
    /// <param name="voltages">V, monotone.</param>
    /// <param name="currents">A/m².</param>
    /// <param name="slopes">dI/dV, S/m².</param>
    public CurveAnalysis(double[] voltages, double[] currents, double[] slopes)
        : this(voltages, currents, slopes, measures: true)
    {
    }

    private CurveAnalysis(double[] voltages, double[] currents, double[] slopes, bool measures)
    {
        (this.voltages, this.currents, this.slopes) = (voltages, currents, slopes);
        rounds = FindReversal(measures).Concat(FindRectification(measures)).GetEnumerator();
    }

    /// <summary>Voltage without current, V; not a number when the curve does not cross 0.</summary>
    public double Reversal { get; private set; } = double.NaN;

    /// <summary>−I(V_rev + a)/I(V_rev − a) with the largest a that the curve has on both sides; 1 for an ohmic membrane.</summary>
    public double Rectification { get; private set; } = double.NaN;

    /// <summary>An analysis that is through, linear between the points.</summary>
    public static CurveAnalysis BetweenPoints(double[] voltages, double[] currents, double[] slopes)
    {
        var analysis = new CurveAnalysis(voltages, currents, slopes, measures: false);
        _ = analysis.Next([]);
        return analysis;
    }

    /// <summary>Goes on until more has to be measured.</summary>
    /// <param name="measured">Current and slope at the voltages that were asked for last, or null where there are none.</param>
    /// <returns>Voltages to measure at, V; none once it is through.</returns>
    public double[] Next(IReadOnlyList<(double Current, double Slope)?> measured)
    {
        this.measured = measured;
        return rounds.MoveNext() ? rounds.Current : [];
    }

    public IReadOnlyList<ResultEntry> Results =>
    [
        new("reversalPotential", Reversal, "V", "voltage at which no current flows; none when the curve does not cross it"),
        new("slopeConductanceAtReversal", SlopeAtReversal, "S m-2", "derivative of the current by the voltage there, per reference area"),
        new("rectification", Rectification, "1", "outward over inward current at equal distances from the reversal potential, the largest that the curve has"),
    ];

    /// <summary>Name of the slope, as a trace or as a curve.</summary>
    public static TraceColumn Slope { get; } = new("slopeConductance", "S m-2", "derivative of the current by the voltage, per reference area");

    public ResultCurve SlopeCurve => new(Slope.Name, Slope.Unit, Slope.Meaning, slopes);

    public ResultCurve Chord => new("chordConductance", "S m-2", "current over voltage minus reversal potential",
        [.. voltages.Select((v, i) => Math.Abs(v - Reversal) > 1e-9 ? currents[i] / (v - Reversal) : double.IsNaN(Reversal) ? double.NaN : slopes[i])]);

    private double SlopeAtReversal { get; set; } = double.NaN;

    /// <summary>Slopes by differences: of the parabola through three neighbours, and at the ends of the last two points.</summary>
    public static double[] Differences(double[] x, double[] y)
    {
        var slope = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            int before = Math.Max(i - 1, 0), after = Math.Min(i + 1, x.Length - 1);
            if (before == after) slope[i] = double.NaN;
            else if (before == i || after == i) slope[i] = (y[after] - y[before]) / (x[after] - x[before]);
            else
            {
                double h = x[i] - x[before], k = x[after] - x[i];
                slope[i] = ((y[i] - y[before]) / h * k + (y[after] - y[i]) / k * h) / (h + k);
            }
        }
        return slope;
    }

    // Newton's method on the exact slope, kept within the bracket of two points; linear without a measurement.
    private IEnumerable<double[]> FindReversal(bool measures)
    {
        int i = Enumerable.Range(0, Math.Max(0, currents.Length - 1)).FirstOrDefault(j => currents[j] == 0 || currents[j] * currents[j + 1] <= 0, -1);
        if (i < 0) yield break;
        double low = voltages[i], high = voltages[i + 1], atLow = currents[i], atHigh = currents[i + 1];
        Reversal = atLow == atHigh ? low : low - atLow * (high - low) / (atHigh - atLow);
        SlopeAtReversal = slopes[i] + (slopes[i + 1] - slopes[i]) * (Reversal - low) / (high - low);
        for (int round = 0; measures && round < MostRefinements; round++)
        {
            yield return [Reversal];
            if (measured[0] is not var (current, slope)) yield break;
            SlopeAtReversal = slope;
            if (Math.Sign(current) == Math.Sign(atLow)) low = Reversal; else high = Reversal;
            double next = Reversal - current / slope;
            if (!(next >= Math.Min(low, high) && next <= Math.Max(low, high))) next = 0.5 * (low + high);
            bool isThere = Math.Abs(next - Reversal) <= 1e-14 + 1e-15 * Math.Abs(Reversal);
            Reversal = next;
            if (isThere) yield break;
        }
    }

    private IEnumerable<double[]> FindRectification(bool measures)
    {
        if (double.IsNaN(Reversal) || voltages.Length < 2) yield break;
        double reach = Math.Min(voltages.Max() - Reversal, Reversal - voltages.Min());
        if (!(reach > 1e-6)) yield break;
        double[] outwardInward = [Reversal + reach, Reversal - reach];
        if (measures) yield return outwardInward;
        double?[] current = measures ? [.. measured.Select(one => one?.Current)] : [.. outwardInward.Select(voltage => (double?)Between(voltage))];
        if (current is [{ } outward, { } inward] && inward != 0) Rectification = -outward / inward;
    }

    private double Between(double voltage)
    {
        int j = Enumerable.Range(0, voltages.Length - 1).First(k =>
            (voltage - voltages[k]) * (voltage - voltages[k + 1]) <= 1e-18 || k == voltages.Length - 2);
        return currents[j] + (currents[j + 1] - currents[j]) * (voltage - voltages[j]) / (voltages[j + 1] - voltages[j]);
    }
}
