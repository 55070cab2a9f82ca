"""Makes neuron.json: cells as well-mixed compartments between leaks and a pump. Needs numpy and scipy.

    python3 neuron.py > neuron.json

Amounts per membrane area, inside and, where it is finite, outside: dN_i/dt = -(J_leak + J_pump) with the constant-field flux, and
C dV/dt = -F sum z (J_leak + J_pump); water follows the difference of all concentrations, dw/dt = Lp RT (sum c_in - sum c_out). A part
of each volume, the nanometres of solution beside the membrane, does not swell. Nothing of the program is used: implicit
Runge-Kutta (Radau IIA, order 5), checked against BDF. V is inside minus outside; fluxes count outward.
"""
import json
import sys

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import brentq, fsolve

F, R, T = 96485.33212, 8.314462618, 310.15
U = R * T / F
Z = np.array([1, 1, -1])  # K, Na, Cl
P = np.array([5e-9, 2e-10, 2.25e-9])  # m/s
BATH = np.array([5.0, 145.0, 150.0])
H, STILL = 1e-5 / 3, 1e-8  # m; V/A of a sphere of 10 um radius, and the solution beside the membrane
LP = 7e-14  # m/(s Pa)


def bernoulli(x):
    return np.where(np.abs(x) < 1e-8, 1 - x / 2, x / np.expm1(np.where(x == 0, 1, x)))


def leak(inside, outside, voltage, permeability):
    x = Z * voltage / U
    return permeability * (bernoulli(-x) * inside - bernoulli(x) * outside)


def saturable(inside, outside):
    return 4e-7 * (inside[1] / (inside[1] + 12)) ** 3 * (outside[0] / (outside[0] + 1.3)) ** 2


def pumped(cycles):
    return cycles * np.array([-2.0, 3.0, 0.0])


class Cell:
    """A cell of volume per area h; outside a bath, or a volume per area of its own with a solute that stays there."""

    def __init__(self, pump, permeability=P, h=H, still=STILL, outside=None, solute=0.0, anion=140.0, hydraulic=0.0, capacitance=0.01):
        self.pump, self.permeability, self.h, self.still, self.outside = pump, permeability, h, still, outside
        self.solute, self.anion, self.hydraulic, self.capacitance = solute, anion, hydraulic, capacitance

    def start(self, inside, bath=BATH):
        """State y: N_in (3), N_out (3), depth that swells inside, V. The charge gives V."""
        charge = F * self.h * (np.dot(Z, inside) - self.anion)
        return np.concatenate([inside * self.h, bath * (self.outside or 1), [self.h - self.still], [charge / self.capacitance]])

    def volumes(self, y):
        """Inside and outside, m."""
        return y[6] + self.still, 1.0 if self.outside is None else self.outside - (y[6] + self.still - self.h)

    def concentrations(self, y):
        """Of the ions inside and outside, of the large anions inside and of the solute outside."""
        inside, outside = self.volumes(y)
        return y[:3] / inside, y[3:6] / outside, self.anion * self.h / inside, self.solute * (self.outside or 1) / outside

    def rates(self, t, y):
        inside, outside, anion, solute = self.concentrations(y)
        flux = leak(inside, outside, y[7], self.permeability) + pumped(self.pump(t, inside, outside))
        water = self.hydraulic * R * T * (inside.sum() + anion - outside.sum() - solute)
        gain = flux if self.outside is not None else 0 * flux
        return np.concatenate([-flux, gain, [water], [-F * np.dot(Z, flux) / self.capacitance]])

    def run(self, y, times, method="Radau", events=None, breaks=()):
        """Integrates from times[0] through corners of the pump's course; returns the states at the times."""
        scale = np.concatenate([np.abs(y[:6]) + 1e-12, [self.h], [1.0]])
        out, found = [(times[0], y)], None
        corners = sorted({times[0], times[-1], *(b for b in breaks if times[0] < b < times[-1])})
        for a, b in zip(corners, corners[1:]):
            wanted = [t for t in times if a < t <= b]
            solution = solve_ivp(self.rates, (a, b), y, method, t_eval=sorted({*wanted, b}), rtol=1e-9, atol=1e-12 * scale, events=events)
            assert solution.success, solution.message
            out += [(t, solution.y[:, i]) for i, t in enumerate(solution.t) if t in wanted]
            if events is not None and len(solution.t_events[0]):
                found = solution.t_events[0][0]
                break
            y = solution.y[:, -1]
        return out, found

    def row(self, t, y):
        inside, outside, anion, _ = self.concentrations(y)
        return {"t_s": t, "K_i": inside[0], "Na_i": inside[1], "Cl_i": inside[2], "A_i": anion, "K_o": outside[0], "Na_o": outside[1],
                "Cl_o": outside[2], "V": y[7], "volume": y[6] / (self.h - self.still)}


def steady(cell, guess):
    """Steady state at fixed volume, from the fluxes' balance."""
    def balance(v):
        inside = np.array([v[0], v[1], v[2]])
        flux = leak(inside, BATH, v[3], cell.permeability) + pumped(cell.pump(0, inside, BATH))
        charge = F * cell.h * (np.dot(Z, inside) - cell.anion) - cell.capacitance * v[3]
        return [*(flux * 1e9), charge * 1e3]
    v = fsolve(balance, guess, xtol=1e-13)
    assert np.abs(balance(v)).max() < 1e-6, balance(v)
    return v


def described(cell, v):
    inside, voltage = np.array(v[:3]), v[3]
    passive = leak(inside, BATH, voltage, cell.permeability)
    cycles = float(cell.pump(0, inside, BATH))
    return {"K_i": v[0], "Na_i": v[1], "Cl_i": v[2], "V": voltage, "J_pump_cycles_mol_m2_s": cycles,
            "J_leak_out": {"K": passive[0], "Na": passive[1], "Cl": passive[2]}}


def donnan(cell):
    """Ratio r = cation inside over outside, with the membrane's charge; at fixed volume beside a bath."""
    def charge(r):
        return F * cell.h * ((BATH[0] + BATH[1]) * r - BATH[2] / r - cell.anion) + cell.capacitance * U * np.log(r)
    r = brentq(charge, 1, 10, xtol=1e-14)
    return {"r": r, "V": -U * np.log(r), "K_i": BATH[0] * r, "Na_i": BATH[1] * r, "Cl_i": BATH[2] / r}


def checked(cell, y, times, breaks=()):
    """Rows at the times, by two methods that agree."""
    rows, _ = cell.run(y, times, breaks=breaks)
    others, _ = cell.run(y, times, "BDF", breaks=breaks)
    worst = max(np.abs(a[1] - b[1]).max() / max(1e-30, np.abs(a[1]).max()) for a, b in zip(rows, others))
    assert worst < 1e-5, worst
    return [cell.row(t, state) for t, state in rows]


def pump_leak():
    times = [0, 60, 300, 600, 1200, 1800, 3600, 7200, 14400, 36000, 72000]
    out = {}
    for name, pump in (("constant", lambda t, i, o: 2.8e-8), ("saturable", lambda t, i, o: saturable(i, o))):
        cell = Cell(pump)
        out["steady_" + name] = v = described(cell, steady(cell, [138, 11, 9.6, -0.0735]))
        off = Cell(lambda t, i, o: 0.0)
        if name == "saturable":
            start = off.start(np.array([v["K_i"], v["Na_i"], v["Cl_i"]]))
            out["run_down"] = checked(off, start, times)
            end = donnan(off)
            out["donnan"] = end
            again = cell.start(np.array([end["K_i"], end["Na_i"], end["Cl_i"]]))
            out["recovery"] = checked(cell, again, times)
    return out


def swelling():
    """configs/neuron/donnan-swelling.json and donnan-held.json: beside a bath, with water, from where the pump had it."""
    inside, anion = np.array([140.0, 10.0, 10.0]), 140.0
    times = [0, 600, 1800, 3600, 5400]
    passive = Cell(lambda t, i, o: 0.0, anion=anion, hydraulic=LP)
    y = passive.start(inside)
    out = {"passive": checked(passive, y, times)}
    for ratio in (2.0, 2.5):
        def reached(t, y, ratio=ratio):
            return y[6] / (passive.h - passive.still) - ratio
        reached.terminal = True
        out[f"time_to_{ratio:g}_s"] = passive.run(y, [0, 86400], events=reached)[1]
    held = Cell(lambda t, i, o: saturable(i, o), anion=anion, hydraulic=LP)
    out["held"] = checked(held, y, [0, 3600, 14400, 86400])
    return out


def stroke():
    """configs/neuron/stroke.json: a cell in its share of the space outside; ATP falls, and returns after an hour."""
    inside, outside, anion, solute = np.array([140.2, 9.8, 8.6]), np.array([5.0, 130.0, 135.0]), 141.4, 30.0
    atp_times, atp_values = np.array([300, 360, 3960, 4020.0]), np.array([2, 0, 0, 2.0])

    def pump(t, i, o):
        atp = np.interp(t, atp_times, atp_values)
        return 2.5 * saturable(i, o) * atp / (atp + 0.5)

    def cell(pump):
        return Cell(pump, 2 * P, outside=H / 4, solute=solute, anion=anion, hydraulic=LP)
    y = cell(pump).start(inside, outside)
    times = [0, 300, 360, 600, 900, 1200, 1500, 2100, 3000, 3960, 4200, 4800, 5400, 6600, 7800]
    one = cell(lambda t, i, o: 0.0)
    # With its solute the space outside keeps some water, and there is an end state: found by waiting.
    end = one.run(y, [0, 1e6])[0][-1]
    return {"rows": checked(cell(pump), y, times, breaks=tuple(atp_times)), "donnan": one.row(*end)}


if __name__ == "__main__":
    document = {
        "id": "neuron",
        "title": "Cells as compartments: pump and leak, run-down and recovery, osmotic swelling, a stroke",
        "problem": {"equations": __doc__.split("\n\n")[2].replace("\n", " "), "T_K": T, "h_m": H, "still_m": STILL, "C_m_F_m2": 0.01,
                    "P_m_s": dict(zip(("K", "Na", "Cl"), P)), "bath_mol_m3": dict(zip(("K", "Na", "Cl"), BATH)), "water_Lp_m_s_Pa": LP},
        "reference": {"pump_leak": pump_leak(), "swelling": swelling(), "stroke": stroke()},
        "error_estimate": {"ode": "1e-7 (Radau against BDF within 1e-5 of the largest component at tolerance 1e-9)"},
    }
    json.dump(document, sys.stdout, indent=1, default=float)
    print()
