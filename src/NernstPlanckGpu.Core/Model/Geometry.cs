namespace NernstPlanckGpu.Core.Model;

/// <summary>
/// Face area A(x) of the stack. x counts from the left end. Planar: per unit area (A = 1). Cylindrical: per unit
/// length, A = 2 pi r. Spherical: A = 4 pi r². r = InnerRadius + x. Table: piecewise linear A(x).
/// </summary>
public abstract record Geometry;

/// <summary>Plane layers; all totals are per m².</summary>
public sealed record PlanarGeometry : Geometry;

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
