"""Makes impedance.json: small-signal impedances of linearised PNP in 40 digits. Needs mpmath.

    python3 impedance.py > impedance.json

No closed form of the program is used: c_i'' = (i omega/D_i) c_i + z_i c0_i kappa sum z_j c_j, kappa = F^2/(eps RT), is solved
by the two eigenvectors of its matrix, phi'' = -kappa sum z_i c_i by integrating twice, and the amplitudes by the boundary
conditions: c_i = 0 where an ion is held at its bath value, c_i' + z_i c0_i phi' = 0 where it is blocked. The total current
is ionic plus displacement. Time dependence e^(i omega t), potential left minus right, current positive from left to right.
"""
import json

from mpmath import cosh, lu_solve, matrix, mp, mpc, mpf, pi, sinh, sqrt

mp.dps = 40
F, R, EPS0 = mpf("96485.33212"), mpf("8.314462618"), mpf("8.8541878128e-12")
T = mpf("298.15")


def exact(z, D, c0, blocked, length, permittivity, omega):
    """Impedance of a uniform binary electrolyte between two equal ends, ohm m^2."""
    eps = EPS0 * permittivity
    kappa = F**2 / (eps * R * T)
    s, h = mpc(0, omega), length / 2
    # Matrix [[a, b], [c, d]] of c'' and its eigenvectors.
    a, b = s / D[0] + z[0] ** 2 * c0[0] * kappa, z[0] * z[1] * c0[0] * kappa
    c, d = z[0] * z[1] * c0[1] * kappa, s / D[1] + z[1] ** 2 * c0[1] * kappa
    root = sqrt((a - d) ** 2 + 4 * b * c)
    modes = []
    for value in ((a + d + root) / 2, (a * d - b * c) / ((a + d + root) / 2)):
        vector = (value - d, c)
        charge = z[0] * vector[0] + z[1] * vector[1]
        modes.append((sqrt(value), vector, -kappa * charge / value))
    # Unknowns: amplitudes of the two odd modes and of the linear potential; potential in RT/F.
    rows, right = matrix(3, 3), matrix(3, 1)
    for i in range(2):
        for m, (k, vector, phi) in enumerate(modes):
            tanh = sinh(k * h) / cosh(k * h)
            rows[i, m] = k * (vector[i] + z[i] * c0[i] * phi) if blocked[i] else vector[i] * tanh
        rows[i, 2] = z[i] * c0[i] if blocked[i] else 0
    for m, (k, vector, phi) in enumerate(modes):
        rows[2, m] = phi * sinh(k * h) / cosh(k * h)
    rows[2, 2], right[2] = h, mpf(-1) / 2  # phi(right end) of a drop of one RT/F
    amplitude = lu_solve(rows, right)
    slope = amplitude[2] + sum(amplitude[m] * k * phi for m, (k, _, phi) in enumerate(modes))
    current = -s * eps * slope * R * T / F
    for i in range(2):
        gradient = sum(amplitude[m] * k * vector[i] for m, (k, vector, _) in enumerate(modes))
        current += -F * z[i] * D[i] * (gradient + z[i] * c0[i] * slope)
    return R * T / F / current


def rows(z, D, c0, blocked, length, permittivity, frequencies):
    out = []
    for f in frequencies:
        Z = exact(z, D, c0, blocked, mpf(length), mpf(permittivity), 2 * pi * mpf(f))
        out.append({"frequency_Hz": f, "real_ohm_m2": float(Z.real), "imaginary_ohm_m2": float(Z.imag)})
    return out


def case(name, z, D, c0, blocked, length, permittivity, frequencies):
    numbers = [[mpf(str(x)) for x in values] for values in (z, D, c0)]
    return {
        "name": name, "z": z, "D_m2_s": D, "c_mol_m3": c0, "blocked": blocked, "length_m": float(length),
        "eps_r": float(permittivity), "rows": rows(*numbers, blocked, length, permittivity, frequencies)}


def main():
    both, none, anion = [True, True], [False, False], [False, True]
    cases = [
        case("blocking electrodes, 1:1", [1, -1], [1e-9, 1e-9], [10, 10], both, "2e-8", "78.5", [1e-3, 1e3, 1e5, 1e6, 1e7, 1e8, 1e9, 1e12]),
        case("blocking electrodes, 2:2", [2, -2], [0.7e-9, 0.7e-9], [3, 3], both, "1e-5", "78.5", [1e-2, 1e2, 1e4, 1e6, 1e8, 1e10]),
        case("blocking electrodes, thick layers", [1, -1], [1e-9, 1e-9], [1e-3, 1e-3], both, "5e-8", "78.5", [1, 1e4, 1e6, 1e8]),
        case("baths at both ends", [2, -1], [0.792e-9, 2.032e-9], [5, 10], none, "1e-7", "78.5", [1, 1e6, 1e8, 1e10]),
        case("anion blocked, 1:1", [1, -1], [1.334e-9, 2.032e-9], [100, 100], anion, "1e-5", "78.5", [1e-3, 1, 10, 100, 1e3, 1e4]),
        case("anion blocked, 2:1", [2, -1], [0.792e-9, 2.032e-9], [50, 100], anion, "1e-5", "78.5", [1e-3, 1, 10, 100, 1e3, 1e4]),
        case("anion blocked, short", [1, -1], [1.334e-9, 2.032e-9], [100, 100], anion, "5e-8", "78.5", [1e5, 1e6, 1e7]),
    ]
    print(json.dumps({
        "id": "impedance",
        "title": "Small-signal impedance of a uniform binary electrolyte: linearised PNP, exact",
        "problem": {
            "equations": "PNP linearised about uniform concentrations at rest, e^(i omega t)", "T_K": float(T),
            "bc": "both ends alike: each ion blocked (no flux) or held at its bath value; potential imposed",
            "output": "Z = (phi(left) - phi(right)) / total current density"},
        "reference": {"cases": cases},
        "tolerance": {"closed_forms": "1e-12 (blocking, baths)", "neutral_limit": "a few Debye lengths over the length (anion blocked)"},
        "method": {"script": "impedance.py, beside this file", "precision": "40 digits"},
        "constants": {"F_C_per_mol": float(F), "R_J_per_molK": float(R), "eps0_F_per_m": float(EPS0)}}, indent=1))


if __name__ == "__main__":
    main()
