namespace NernstPlanckGpu.Core.Model;

/// <summary>
/// Face area A(x) of the stack. x counts from the left end. Planar: A constant (1: per unit area). Cylindrical: per unit
/// length, A = 2 pi r. Spherical: A = 4 pi r². r = InnerRadius + x. Table: piecewise linear A(x).
/// </summary>
public abstract record Geometry;

/// <summary>Plane layers.</summary>
/// <param name="Area">Area A of every face, m²; 1: all totals are per m².</param>
public sealed record PlanarGeometry(double Area = 1) : Geometry;

/// <summary>Coaxial shells; the left end lies at the inner radius.</summary>
/// <param name="InnerRadius">Radius of the left end, m; ≥ 0 (0: the axis, where nothing passes).</param>
public sealed record CylindricalGeometry(double InnerRadius) : Geometry;

/// <summary>Concentric shells; the left end lies at the inner radius.</summary>
/// <param name="InnerRadius">Radius of the left end, m; ≥ 0 (0: the centre, where nothing passes).</param>
public sealed record SphericalGeometry(double InnerRadius) : Geometry;

/// <summary>A channel of varying cross-section, piecewise linear between the points and constant outside.</summary>
/// <param name="Position">x, m, ascending.</param>
/// <param name="Area">A(x), m²; > 0.</param>
public sealed record TableGeometry(IReadOnlyList<double> Position, IReadOnlyList<double> Area) : Geometry;
