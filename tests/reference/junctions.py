"""Makes junctions.json: liquid junctions whose PNP potential is not Henderson's. Needs numpy and scipy.

    python3 junctions.py > junctions.json

Nothing of the program is used, nor its scheme:
- free diffusion: full PNP by lines in (c, displacement), central fluxes (no Scharfetter-Gummel) on the smooth map
  x = a sinh(s), scipy's Radau with an analytic sparse Jacobian; grids of 400, 800, 1600 cells extrapolated (Richardson);
- its electroneutral limit: the self-similar problem in x/sqrt(t), by solve_bvp;
- the layer with fixed ends (Planck regime): full steady PNP by solve_bvp, and its electroneutral limit by solve_bvp.
"""
import json
import sys

import numpy as np
from scipy.integrate import solve_bvp, solve_ivp
from scipy.sparse import bmat, csc_matrix, diags
from scipy.special import erf

F, R, EPS0 = 96485.33212, 8.314462618, 8.8541878128e-12  # CODATA 2018
TEMPERATURE, PERMITTIVITY = 298.15, 78.5
THERMAL = R * TEMPERATURE / F
EPS = EPS0 * PERMITTIVITY
HALF, FRONT, LAYER = 20e-6, 2e-9, 1e-6
TIMES = [1e-8, 1e-7, 1e-6, 1e-5, 1e-4]

HCL_KCL = [("H", 1, 9.311e-9, 100, 0), ("K", 1, 1.957e-9, 0, 100), ("Cl", -1, 2.032e-9, 100, 100)]
PIPETTE = [
    ("K", 1, 1.957e-9, 140, 3.5), ("Na", 1, 1.334e-9, 15, 145), ("Ca", 2, 0.792e-9, 0.1, 2), ("Mg", 2, 0.706e-9, 2, 1),
    ("Cl", -1, 2.032e-9, 19.2, 149.5), ("gluconate", -1, 0.646e-9, 130, 0), ("HEPES", -1, 0.587e-9, 10, 5)]


class Junction:
    def __init__(self, ions):
        self.names = [ion[0] for ion in ions]
        self.z, self.D, self.left, self.right = (np.array([ion[k] for ion in ions], float) for k in (1, 2, 3, 4))
        self.count = len(ions)
        for side in (self.left, self.right):
            assert abs(self.z @ side) < 1e-12

    def henderson(self):
        mean = self.z**2 * self.D
        left, right, drift = mean @ self.left, mean @ self.right, (self.z * self.D) @ (self.right - self.left)
        average = 1 / left if abs(right / left - 1) < 1e-12 else np.log(right / left) / (right - left)
        return -THERMAL * drift * average

    def planck(self):
        """Univalent ions of equal total concentration on both sides: the GHK form. None otherwise."""
        if np.any(np.abs(self.z) != 1) or abs(self.left.sum() - self.right.sum()) > 1e-12:
            return None
        cation = self.z > 0
        p = self.D * np.where(cation, self.left, self.right)
        q = self.D * np.where(cation, self.right, self.left)
        return THERMAL * np.log(p.sum() / q.sum())

    # Free diffusion

    def grid(self, cells):
        end = np.arcsinh(HALF / 5e-9)
        s = np.linspace(-end, end, 2 * cells + 1)
        x = 5e-9 * np.sinh(s)
        x[0], x[-1] = -HALF, HALF
        return x[0::2], x[1::2]  # faces, centres

    def free(self, cells, tolerance):
        """Potential of the right end against the left one at TIMES, V; and the state at the last."""
        faces, centres = self.grid(cells)
        volume, gap = np.diff(faces), np.diff(centres)
        n, m = cells, self.count
        z, D = self.z[:, None], self.D[:, None]
        difference = diags([np.ones(n - 1), -np.ones(n - 1)], [0, -1], shape=(n, n - 1)).tocsc()  # outflow minus inflow
        slope = diags([-1 / gap, 1 / gap], [0, 1], shape=(n - 1, n)).tocsc()
        mean = diags([np.full(n - 1, 0.5)] * 2, [0, 1], shape=(n - 1, n)).tocsc()
        outflow = diags(1 / volume) @ difference
        unit = F * 1e-9  # of the displacement in the state: that of 1 mol/m^3 over 1 nm

        def fluxes(y):
            c, field = y[:m * n].reshape(m, n), y[m * n:] * (unit / EPS / THERMAL)
            return c, field, -D * (slope @ c.T).T + D * z * ((mean @ c.T).T * field)

        def rate(_, y):
            _, _, J = fluxes(y)
            return np.concatenate([-(outflow @ J.T).T.ravel(), -F / unit * (self.z @ J)])

        def jacobian(_, y):
            c, field, _ = fluxes(y)
            rows, last = [], []
            for i in range(m):
                by_c = -self.D[i] * slope + self.D[i] * self.z[i] * (diags(field) @ mean)
                by_field = diags(self.D[i] * self.z[i] * (mean @ c[i]) * (unit / EPS / THERMAL))
                row = [None] * (m + 1)
                row[i], row[m] = -outflow @ by_c, -outflow @ by_field
                rows.append(row)
                last.append((-F / unit * self.z[i] * by_c, -F / unit * self.z[i] * by_field))
            rows.append([part for part, _ in last] + [sum(part for _, part in last)])
            return csc_matrix(bmat(rows))[order][:, order]

        # Unknowns cell by cell, so that the band is narrow.
        key = np.concatenate([np.tile(np.arange(n), m), np.arange(n - 1) + 0.5])
        order = np.argsort(key, kind="stable")
        back = np.argsort(order)
        front = 0.5 * (1 + erf(centres / FRONT))
        start = np.concatenate([(self.left[:, None] + (self.right - self.left)[:, None] * front).ravel(), np.zeros(n - 1)])
        solution = solve_ivp(
            lambda t, y: rate(t, y[back])[order], (0, TIMES[-1]), start[order], method="Radau",
            jac=lambda t, y: jacobian(t, y[back]), t_eval=TIMES, rtol=tolerance, atol=100 * tolerance, first_step=1e-13)
        assert solution.success
        states = solution.y.T[:, back]
        drops = [-np.sum(y[m * n:] * unit / EPS * gap) for y in states]
        print(f"  {cells} cells, tolerance {tolerance:g}: {solution.nlu} LU, {drops[-1]:.12g} V", file=sys.stderr)
        return np.array(drops)

    def self_similar(self):
        """Electroneutral free diffusion in xi = x/sqrt(t): J' = xi c'/2, c' = -J/D - z c phi', no current."""
        m, z, D = self.count, self.z[:, None], self.D[:, None]
        unit = np.sqrt(1e-9)
        reach = HALF / np.sqrt(1e-4) / unit
        d = D / 1e-9

        def slopes(x, y):
            c, J = y[:m], y[m:2 * m]
            phi = -np.sum(z * J / d, axis=0) / np.sum(z**2 * c, axis=0)
            dc = -J / d - z * c * phi
            return np.vstack([dc, 0.5 * x * dc, phi])

        def ends(a, b):
            # Neutrality holds along the whole way, so one right value follows from the others; no current takes its place.
            return np.concatenate([a[:m] - self.left, (b[:m] - self.right)[:-1], [self.z @ a[m:2 * m]], [a[2 * m]]])

        x = np.sinh(np.linspace(-1, 1, 801) * 4) / np.sinh(4) * reach
        front = 0.5 * (1 + erf(x / 2))
        dc = (self.right - self.left)[:, None] * np.exp(-x**2 / 4) / np.sqrt(4 * np.pi)
        guess = np.vstack([self.left[:, None] + (self.right - self.left)[:, None] * front, -dc * d, 0 * x])
        solution = solve_bvp(slopes, ends, x, guess, tol=1e-10, bc_tol=1e-10, max_nodes=100000)
        assert solution.success, solution.message
        return THERMAL * solution.y[2 * m, -1]

    # The layer with fixed ends

    def fixed(self, tolerance, nodes):
        """Full steady PNP without current; unknown parameters are the fluxes."""
        m, z = self.count, self.z[:, None]
        d = self.D[:, None] / 1e-9
        scale = 100.0
        stiffness = F * scale * LAYER**2 / (EPS * THERMAL)
        unit = 1e-3  # of the displacement, in charge of the layer

        def slopes(x, y, J):
            c, phi = y[:m], -stiffness * unit * y[m + 1]
            return np.vstack([-J[:, None] / d - z * c * phi, phi, self.z @ c / unit])

        def ends(a, b, J):
            return np.concatenate([a[:m] - self.left / scale, b[:m] - self.right / scale, [a[m], self.z @ J]])

        x = 0.5 - 0.5 * np.cos(np.pi * np.linspace(0, 1, nodes))
        c = (self.left[:, None] * (1 - x) + self.right[:, None] * x) / scale
        guess = np.vstack([c, self.henderson() / THERMAL * x, 0 * x - self.henderson() / THERMAL / stiffness / unit])
        # The Debye layers are a thousandth of the layer: from a thick one to the real one.
        solution, p = None, (self.left - self.right) * self.D / 1e-9 / scale
        real = stiffness
        for share in (1e-4, 1e-2, 1e-1, 1.0):
            stiffness = real * share
            guess[m + 1] = -np.gradient(guess[m], x) / stiffness / unit
            solution = solve_bvp(slopes, ends, x, guess, p=p, tol=tolerance if share == 1 else 1e-4, bc_tol=1e-11, max_nodes=200000)
            assert solution.success, solution.message
            x, guess, p = solution.x, solution.y, solution.p
        print(f"  fixed ends: {len(x)} nodes", file=sys.stderr)
        return THERMAL * guess[m, -1]

    def fixed_neutral(self):
        m, z = self.count, self.z[:, None]
        d = self.D[:, None] / 1e-9

        def slopes(x, y, J):
            phi = -np.sum(z * J[:, None] / d, axis=0) / np.sum(z**2 * y[:m], axis=0)
            return np.vstack([-J[:, None] / d - z * y[:m] * phi, phi])

        def ends(a, b, J):
            return np.concatenate([a[:m] - self.left, (b[:m] - self.right)[:-1], [self.z @ J, a[m]]])

        x = np.linspace(0, 1, 201)
        c = self.left[:, None] * (1 - x) + self.right[:, None] * x
        solution = solve_bvp(slopes, ends, x, np.vstack([c, 0 * x]), p=(self.left - self.right) * self.D / 1e-9, tol=1e-9,
                             bc_tol=1e-11, max_nodes=100000)
        assert solution.success, solution.message
        return THERMAL * solution.y[m, -1]


def case(name, ions):
    print(name, file=sys.stderr)
    junction = Junction(ions)
    grids = [junction.free(cells, 1e-8) for cells in (400, 800, 1600)]
    once = [b + (b - a) / 3 for a, b in zip(grids, grids[1:])]
    limit = once[1] + (once[1] - once[0]) / 15
    loose = junction.free(800, 1e-7)
    fixed, rough = junction.fixed(1e-9, 801), junction.fixed(1e-7, 401)
    potentials = {"Henderson": junction.henderson()}
    if junction.planck() is not None:
        potentials["Planck"] = junction.planck()
    potentials |= {
        "PNP_long_time_selfsimilar_electroneutral": junction.self_similar(),
        "PNP_free_diffusion_t_1e_4s": limit[-1],
        "steady_constrained_electroneutral": junction.fixed_neutral(),
        "PNP_steady_constrained_1um": fixed}
    return {
        "name": name,
        "species": [{"name": n, "z": z, "D_m2_s": D, "c_left": a, "c_right": b} for n, z, D, a, b in ions],
        "phiR_minus_phiL_V": {key: rounded(value) for key, value in potentials.items()},
        "PNP_transient": {"t_s": TIMES, "phiR_minus_phiL_V": [rounded(v) for v in limit]},
        "error_estimate": {
            "transient_space_V": rounded(np.max(np.abs(limit - once[1])), 2),
            "transient_time_V": rounded(np.max(np.abs(loose - grids[1])), 2),
            "constrained_V": rounded(abs(fixed - rough), 2)}}


def rounded(value, digits=12):
    return float(f"{value:.{digits}g}")


def main():
    cases = [case("HCl 100 mM | KCl 100 mM", HCL_KCL), case("potassium gluconate pipette | bath", PIPETTE)]
    print(json.dumps({
        "id": "junctions",
        "title": "Liquid junctions that are not Henderson's: free diffusion against the layer with fixed ends",
        "problem": {
            "equations": "PNP, uniform medium", "T_K": TEMPERATURE, "eps_r": PERMITTIVITY, "fixed_charge": 0, "barrier": 0,
            "domain": "free diffusion: x in [-20 um, 20 um]; fixed ends: a layer of 1 um",
            "initial": "c_i(x,0)=c_left + (c_right-c_left)*0.5*(1+erf(x/2 nm)); electroneutral everywhere",
            "bc": "free diffusion: J_i=0 and no displacement at both ends (zero current); fixed ends: c_i given at both, zero current",
            "output": "phi(right)-phi(left)",
            "note": "D as in the program's table of ions. Pipette left: 130 K gluconate, 10 KCl, 5 NaCl, 10 Na HEPES, 2 MgCl2, 0.1 CaCl2; "
                    "bath right: 140 NaCl, 3.5 KCl, 5 Na HEPES, 2 CaCl2, 1 MgCl2 (mM)."},
        "reference": {"cases": cases},
        "tolerance": {"t_ge_1e_7": "0.02 mV (Henderson is 0.11 mV off or more)", "t_1e_8": "0.1 mV", "fixed_ends": "0.02 mV"},
        "method": {
            "script": "junctions.py, beside this file",
            "free_diffusion": "PNP by lines in (c, displacement), central fluxes on x = a sinh(s), Radau rtol 1e-8; 400, 800, 1600 cells "
                              "extrapolated; the electroneutral self-similar problem by solve_bvp is its limit",
            "fixed_ends": "steady PNP by solve_bvp, tol 1e-9; the electroneutral problem by solve_bvp is its limit for thin Debye layers"},
        "constants": {"F_C_per_mol": F, "R_J_per_molK": R, "eps0_F_per_m": EPS0}}, indent=1))


if __name__ == "__main__":
    main()
