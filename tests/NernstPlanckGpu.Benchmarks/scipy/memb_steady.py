"""The steady current of MEMB without finite volumes: collocation per layer, and finite volumes only as the check.

1. scipy's solve_bvp (fourth-order collocation, adaptive mesh) on the three layers at once, each mapped to [0, 1]: unknowns
   c_i, phi and the displacement per layer, the three fluxes as parameters; at the interfaces phi, the displacement and
   ln c + W/RT are continuous.
2. The program's finite volumes on grids refined 1, 2, 4, 8 times, extrapolated to cells of no size (Richardson).

Sign: V_m = -70 mV, inside (left) minus outside; the current is positive from left to right.

    python3 memb_steady.py [--permittivity 74] [--tolerance 1e-9]

Prints one JSON object. Exit code 3 without numpy and scipy.
"""
import argparse
import json
import sys

try:
    import numpy as np
    from scipy.integrate import solve_bvp
    from scipy.sparse import bmat, coo_matrix, csc_matrix, diags
    from scipy.sparse.linalg import splu
    import memb as m
except ImportError as missing:
    print(f"skipped: {missing}", file=sys.stderr)
    sys.exit(3)

NANOMETRE, SCALE = 1e-9, 100.0  # of x and of c, mol/m^3
THERMAL = m.R * m.TEMPERATURE / m.F
FLUX_SCALE = m.DIFFUSIVITY.mean() * m.MEMBRANE_FACTOR * SCALE / NANOMETRE  # mol/(m^2 s)


class Layers:
    """The three layers on [0, 1]; state per layer: c (3), phi, displacement (in F SCALE nm); parameters: fluxes."""

    def __init__(self, permittivity):
        self.length = np.array(m.LENGTHS) / NANOMETRE
        eps = np.array([permittivity, m.PERMITTIVITY_MEMBRANE, permittivity])
        self.field = m.F * SCALE * NANOMETRE**2 / (m.EPS0 * eps * THERMAL)  # -dphi/dx over the displacement
        factor = np.array([1.0, m.MEMBRANE_FACTOR, 1.0])
        self.mobility = m.DIFFUSIVITY[None, :] * factor[:, None] * SCALE / NANOMETRE / FLUX_SCALE
        self.partition = np.exp(-m.BARRIER / (m.R * m.TEMPERATURE))  # membrane over water

    def slopes(self, x, y, flux):
        out = np.empty_like(y)
        for k, length in enumerate(self.length):
            c, displacement = y[5 * k:5 * k + 3], y[5 * k + 4]
            minus_field = -self.field[k] * displacement  # dphi/dx
            drift = m.VALENCE[:, None] * c * minus_field
            out[5 * k:5 * k + 3] = length * (-flux[:, None] / self.mobility[k][:, None] - drift)
            out[5 * k + 3] = length * minus_field
            out[5 * k + 4] = length * (m.VALENCE @ c)
        return out

    def conditions(self, a, b, flux):
        left, right = slice(0, 5), slice(5, 10)
        return np.concatenate([
            a[0:3] - m.INSIDE / SCALE, [a[3] - m.POTENTIAL / THERMAL], b[10:13] - m.OUTSIDE / SCALE, [b[13]],
            a[5:8] - b[0:3] * self.partition, a[8:10] - b[3:5], a[10:13] - b[5:8] / self.partition, a[13:15] - b[8:10]])

    def solve(self, tolerance):
        """Total current, A/m^2, and the nodes that it took."""
        x = 0.5 - 0.5 * np.cos(np.pi * np.linspace(0, 1, 161))
        y = np.zeros((15, len(x)))
        for k, (c, phi) in enumerate([(m.INSIDE, m.POTENTIAL), (None, None), (m.OUTSIDE, 0.0)]):
            if c is None:
                y[5:8] = (m.INSIDE[:, None] * (1 - x) + m.OUTSIDE[:, None] * x) / SCALE * self.partition
                y[8] = m.POTENTIAL / THERMAL * (1 - x)
            else:
                y[5 * k:5 * k + 3] = c[:, None] / SCALE
                y[5 * k + 3] = phi / THERMAL
        y[4::5] = m.POTENTIAL / THERMAL / self.field[1] / self.length[1]
        solution = solve_bvp(self.slopes, self.conditions, x, y, p=np.zeros(3), tol=tolerance, bc_tol=1e-12, max_nodes=200000)
        if not solution.success:
            raise RuntimeError(solution.message)
        return m.F * FLUX_SCALE * float(m.VALENCE @ solution.p), len(solution.x)


def finite_volumes(permittivity, refinement):
    """Current of the program's equations: Newton in (c, drops), by implicit Euler steps that grow without bound."""
    model = m.Memb(permittivity, refinement)
    n = model.n
    c = model.initial()
    drop = model.drops(c)
    step = 1e-9
    for _ in range(60):
        moved, drop, size = newton_step(model, c, drop, step)
        c, step = moved, step * (10 if size < 1 else 1)
        if step > 1e6 and size < 1e-10:
            break
    current = m.F * (m.VALENCE @ model.flux(c, drop))
    if np.ptp(current) > 1e-7 * abs(current).max():
        raise RuntimeError(f"not steady: the current varies by {np.ptp(current)} A/m^2")
    return float(np.median(current))


def newton_step(model, c, drop, step):
    """One Newton step of one implicit Euler step. Rows: continuity per species, Gauss's law, the clamp."""
    n = model.n
    J = model.flux(c, drop)
    left, right, by_drop = model.derivatives(c, drop)
    difference = csc_matrix(diags([-np.ones(n), np.ones(n)], [0, 1], shape=(n, n + 1)))
    blocks, residual = [], []
    for i, z in enumerate(m.VALENCE):
        to_flux = diags([left[i, 1:], -right[i, :n]], [-1, 0], shape=(n + 1, n))
        row = [None] * 4
        row[i] = difference @ to_flux + diags(model.sizes / step)
        row[3] = difference @ diags(by_drop[i])
        blocks.append(row)
        residual.append(np.diff(J[i]))
    gauss = difference @ diags(1 / model.b)
    blocks.append([diags(-z * model.sizes) for z in m.VALENCE] + [gauss])
    residual.append(np.diff(drop / model.b) - model.sizes * (m.VALENCE @ c))
    zero = coo_matrix((1, n))
    blocks.append([zero, zero, zero, csc_matrix(np.ones((1, n + 1)))])
    residual.append([drop.sum() - m.POTENTIAL / model.thermal])
    change = splu(csc_matrix(bmat(blocks))).solve(-np.concatenate(residual))
    delta = change[:3 * n].reshape(3, n)
    share = min(1.0, 0.9 / max(1e-300, np.max(-delta / c)))  # no concentration falls below a tenth of itself
    return c + share * delta, drop + share * change[3 * n:], max(np.max(np.abs(delta / c)), np.max(np.abs(change[3 * n:])))


def richardson(values):
    """Limit of a sequence on grids halved each time, errors in even powers of the cell size, and its own error estimate."""
    table = [list(values)]
    for k in range(1, len(values)):
        last = table[-1]
        table.append([b + (b - a) / (4**k - 1) for a, b in zip(last, last[1:])])
    return table[-1][-1], abs(table[-1][-1] - table[-2][-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--permittivity", type=float, default=74.0, help="of the water")
    parser.add_argument("--tolerance", type=float, default=1e-9, help="of solve_bvp")
    options = parser.parse_args()
    layers = Layers(options.permittivity)
    rough, _ = layers.solve(100 * options.tolerance)
    current, nodes = layers.solve(options.tolerance)
    volumes = [finite_volumes(options.permittivity, r) for r in (1, 2, 4, 8)]
    limit, spread = richardson(volumes)
    print(json.dumps({
        "permittivity": options.permittivity, "currentDensity": current, "nodes": nodes, "changeFromTolerance100": current - rough,
        "finiteVolumes": volumes, "richardson": limit, "richardsonSpread": spread, "difference": current - limit}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
