using NernstPlanckGpu.Core.Model;
using NernstPlanckGpu.Core.Theory;

namespace NernstPlanckGpu.Core.Discretisation;

/// <summary>Integrals of the face area A(x) that the finite volumes need, in closed form for each geometry.</summary>
public abstract class AreaProfile
{
    /// <summary>Profile of a geometry.</summary>
    /// <param name="geometry">Geometry.</param>
    public static AreaProfile Of(Geometry geometry) => geometry switch
    {
        PlanarGeometry plane => new Planar(plane.Area),
        CylindricalGeometry cylinder => new Cylindrical(cylinder.InnerRadius),
        SphericalGeometry sphere => new Spherical(sphere.InnerRadius),
        TableGeometry table => new Tabulated(table),
        _ => throw new ArgumentException($"geometry {geometry.GetType().Name} has no area profile", nameof(geometry)),
    };

    /// <summary>A(x), m² (cylindrical: per m of length).</summary>
    /// <param name="x">Position from the left end, m.</param>
    public abstract double Area(double x);

    /// <summary>Volume between two positions, ∫A dx, m³.</summary>
    /// <param name="from">m.</param>
    /// <param name="to">m.</param>
    public abstract double Volume(double from, double to);

    /// <summary>Series resistance between two positions, ∫dx/A, 1/m; infinite from an axis or a centre.</summary>
    /// <param name="from">m.</param>
    /// <param name="to">m.</param>
    public abstract double Resistance(double from, double to);

    private sealed class Planar(double area) : AreaProfile
    {
        public override double Area(double x) => area;

        public override double Volume(double from, double to) => area * (to - from);

        public override double Resistance(double from, double to) => (to - from) / area;
    }

    // A = 2 pi r: ∫A = pi (r2² − r1²), ∫1/A = ln(r2/r1)/(2 pi). LogP1 keeps thin shells exact.
    private sealed class Cylindrical(double innerRadius) : AreaProfile
    {
        public override double Area(double x) => 2 * Math.PI * (innerRadius + x);

        public override double Volume(double from, double to) => Math.PI * (to - from) * (2 * innerRadius + from + to);

        public override double Resistance(double from, double to) =>
            innerRadius + from == 0 ? double.PositiveInfinity : SpecialFunctions.LogP1((to - from) / (innerRadius + from)) / (2 * Math.PI);
    }

    // A = 4 pi r²: ∫A = 4/3 pi (r2³ − r1³), ∫1/A = (1/r1 − 1/r2)/(4 pi).
    private sealed class Spherical(double innerRadius) : AreaProfile
    {
        public override double Area(double x) => 4 * Math.PI * (innerRadius + x) * (innerRadius + x);

        public override double Volume(double from, double to)
        {
            double inner = innerRadius + from, outer = innerRadius + to;
            return 4.0 / 3.0 * Math.PI * (to - from) * (outer * outer + outer * inner + inner * inner);
        }

        public override double Resistance(double from, double to) =>
            (to - from) / (4 * Math.PI * (innerRadius + from) * (innerRadius + to));
    }

    private sealed class Tabulated(TableGeometry table) : AreaProfile
    {
        public override double Area(double x)
        {
            IReadOnlyList<double> position = table.Position, area = table.Area;
            if (x <= position[0]) return area[0];
            for (int i = 1; i < position.Count; i++)
            {
                if (x <= position[i])
                    return area[i - 1] + (area[i] - area[i - 1]) * (x - position[i - 1]) / (position[i] - position[i - 1]);
            }
            return area[^1];
        }

        public override double Volume(double from, double to) => Sum(from, to, (a, b, dx) => 0.5 * (a + b) * dx);

        public override double Resistance(double from, double to) => Sum(from, to, (a, b, dx) => dx / a * LogRatio(b / a - 1));

        // Sums a rule over the linear pieces between two positions.
        private double Sum(double from, double to, Func<double, double, double, double> rule)
        {
            double sum = 0, left = from;
            foreach (double corner in table.Position.Where(p => p > from && p < to).Append(to))
            {
                sum += rule(Area(left), Area(corner), corner - left);
                left = corner;
            }
            return sum;
        }

        // ln(1 + e)/e, 1 at e = 0.
        private static double LogRatio(double e) => e == 0 ? 1 : SpecialFunctions.LogP1(e) / e;
    }
}
