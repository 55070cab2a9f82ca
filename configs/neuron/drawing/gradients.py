"""Pictures of membranes that hold or pass ions by themselves."""
import glob
import os
import re

import numpy as np

from .common import COLOURS, F, INK, PALE, R, SHADE, Run, label, membrane, panels, scenario


@scenario("electrochemical-potential")
def electrochemical_potential(run):
    figure, (left, middle, right) = panels(3)
    c, x = run.concentration("Rb"), 1e9 * run.x
    thermal = R * 310.15 / F
    potential = 1e3 * run["potential"][-1]
    chemical = 1e3 * thermal * np.log(c / 1e-7)
    inside = run["region"] == 1
    left.plot(x, potential, color=INK)
    label(left, "x (nm)", "potential φ (mV)")
    middle.semilogy(np.where(inside, np.nan, x), 1e6 * c, color=COLOURS["K"])
    label(middle, "x (nm)", "tracer (nM)")
    right.plot(x, potential, color=INK, lw=0.8, label="φ")
    right.plot(np.where(inside, np.nan, x), chemical, color=COLOURS["K"], lw=0.8, label="(RT/F) ln c")
    right.plot(np.where(inside, np.nan, x), potential + chemical, color=COLOURS["Na"], label="sum")
    label(right, "x (nm)", "mV")
    right.legend(frameon=False)
    for axis in (left, middle, right):
        membrane(axis, run, 1e9)
    print(f"  ln(c_R/c_L) = {np.log(c[-1] / c[0]):.4f}")
    return figure


@scenario("nernst", "nernst-sodium", "nernst-chloride")
def nernst(*runs):
    figure, (left, right) = panels(2, gridspec_kw={"width_ratios": [2, 1]})
    for run, ion in zip(runs, ("K", "Na", "Cl")):
        x, rest = 1e9 * run.x, 1e3 * run["membrane_potential"]
        left.plot(x, 1e3 * run["potential"][-1], color=COLOURS[ion], label=f"{ion} passes")
        inside, outside = run.concentration(ion)[[0, -1]]
        theory = 1e3 * run[f"theory/nernst_{ion}"]
        right.plot(np.log10(outside / inside), rest, "o", color=COLOURS[ion])
        right.annotate(f" {ion} {rest:.2f}", (np.log10(outside / inside), rest), fontsize=8, ha="right" if ion == "Na" else "left", va="bottom")
        print(f"  E_{ion} = {rest:.4f} mV, Nernst {theory:.4f} mV")
    ratio = np.array([-1.8, 1.4])
    slope = 1e3 * np.log(10) * R * 310.15 / F
    right.plot(ratio, slope * ratio, color=PALE, lw=0.8, label="cation")
    right.plot(ratio, -slope * ratio, color=PALE, lw=0.8, ls=":", label="anion")
    right.legend(frameon=False, loc="upper center")
    membrane(left, runs[0], 1e9)
    label(left, "x (nm)", "potential (mV)")
    label(right, "log(c_out/c_in)", "resting potential (mV)")
    left.legend(frameon=False)
    return figure


@scenario("iv-curve")
def iv_curve(run):
    figure, (left, right) = panels(2)
    voltage, current = 1e3 * run["iv/voltage"], run["iv/currentDensity"]
    reversal = 1e3 * run["result/reversalPotential"]
    left.plot(voltage, current, color=COLOURS["K"])
    left.axhline(0, color=PALE, lw=0.6)
    left.axvline(reversal, color=PALE, lw=0.8, ls=":")
    left.annotate(f"E$_K$ {reversal:.2f} mV", (reversal, 0.1), rotation=90, ha="right", va="bottom", fontsize=8)
    label(left, "membrane potential (mV)", "current, outward (A/m²)")
    right.plot(voltage, run["iv/slopeConductance"], color=COLOURS["K"], label="slope")
    right.plot(voltage, run["iv/chordConductance"], color=INK, lw=0.8, label="chord")
    right.legend(frameon=False)
    label(right, "membrane potential (mV)", "conductance (S/m²)")
    print(f"  reversal at {reversal:.5f} mV, E_K = {1e3 * run['theory/nernst_K']:.5f} mV")
    return figure


@scenario("resting-potential", "resting-potential-0.01")
def resting_potential(run, _):
    figure, (left, right) = panels(2, gridspec_kw={"width_ratios": [2, 1]})
    folder = os.path.dirname(run.file.filename)
    rows = []
    for path in glob.glob(os.path.join(folder, "resting-potential-*.h5")):
        one = Run(path)
        rows.append((float(re.search(r"-([\d.]+)\.h5$", path)[1]), one["membrane_potential"], one["theory/ghk"]))
    ratio, computed, theory = np.array(sorted(rows)).T
    left.semilogx(ratio, 1e3 * theory, color=PALE, label="GHK")
    left.semilogx(ratio, 1e3 * computed, "o", color=INK, ms=4, label="PNP")
    for ion in ("K", "Na"):
        left.axhline(1e3 * run[f"theory/nernst_{ion}"], color=COLOURS[ion], lw=0.8, ls=":")
        left.annotate(f"E$_{{{ion}}}$", (100 if ion == "K" else 0.01, 1e3 * run[f"theory/nernst_{ion}"]), color=COLOURS[ion], va="bottom", ha="center")
    label(left, r"$P_\mathrm{Na}/P_\mathrm{K}$", "resting potential (mV)")
    left.legend(frameon=False, loc="center right")
    ions = ("K", "Na", "Cl")
    valence = dict(zip(run.species, run["valence"]))
    currents = [1e3 * F * valence[ion] * run.flux(ion) for ion in ions]
    right.bar(ions, currents, color=[COLOURS[ion] for ion in ions])
    right.axhline(0, color=PALE, lw=0.6)
    label(right, f"at {1e3 * run['membrane_potential']:.2f} mV", "current, outward (mA/m²)")
    print(f"  at rest {1e3 * run['membrane_potential']:.4f} mV, GHK {1e3 * run['theory/ghk']:.4f} mV; currents {np.round(currents, 3)} mA/m2")
    print(f"  from {1e3 * computed[0]:.2f} to {1e3 * computed[-1]:.2f} mV; at most {1e6 * abs(computed - theory).max():.2f} uV from GHK")
    return figure


@scenario("selectivity")
def selectivity(run):
    figure, (left, right) = panels(2)
    x = 1e9 * run.x
    for ion, colour in (("preferred", COLOURS["K"]), ("rejected", COLOURS["Na"])):
        left.semilogy(x, run.concentration(ion), color=colour, label=ion)
    membrane(left, run, 1e9)
    label(left, "x (nm)", "concentration (mM)")
    left.legend(frameon=False)
    flux = [run.flux("preferred"), run.flux("rejected")]
    right.bar(["preferred", "rejected"], flux, color=[COLOURS["K"], COLOURS["Na"]])
    right.set_yscale("log")
    right.set_ylim(1e-7, 2e-4)
    right.annotate(f"1/{flux[0] / flux[1]:.2f}", (1, flux[1]), ha="center", va="bottom")
    label(right, "", "flux (mol/(m² s))")
    print(f"  flux ratio {flux[0] / flux[1]:.3f}, exp(12 kJ/mol/RT) = {np.exp(12e3 / R / 310.15):.3f}")
    return figure


@scenario("debye-layer")
def debye_layer(run):
    figure, (left, middle, right) = panels(3, 7.2)
    wall, other = run.edges[1], run.edges[2]
    x, c, valence = 1e9 * (run.x - wall), run["concentration"][-1], run["valence"]
    potential, charge = 1e3 * run["potential"][-1], 1e-6 * run["charge_density"][-1]
    inside, near = run["region"] == 0, x > -5
    left.plot(x[near], potential[near], color=INK)
    label(left, "x − wall (nm)", "potential (mV)")
    for ion in run.species:
        difference = run.concentration(ion) - run.concentration(ion)[0]
        show = near & inside
        middle.plot(x[show], difference[show], color=COLOURS[ion], label=ion, marker="o", ms=2, mew=0)
    label(middle, "x − wall (nm)", "c − c(centre) (mM)")
    middle.legend(frameon=False)
    for part in (near & inside, run["region"] == 2):
        right.plot(x[part], charge[part], color=INK, marker="o", ms=2, mew=0)
    right.axhline(0, color=PALE, lw=0.6)
    label(right, "x − wall (nm)", "charge density (MC/m³)")
    for axis in (left, right):
        axis.axvspan(0, 1e9 * (other - wall), color=SHADE, lw=0, zorder=0)
    amount = (c * run.volume)[:, inside]
    separated, all_ions = (valence[:, None] * amount).sum(), amount.sum()
    decay = charge[inside][[-20, -1]]
    length = (x[inside][-1] - x[inside][-20]) / np.log(decay[1] / decay[0])
    print(f"  {1e3 * run['membrane_potential']:.2f} mV; charge {1e12 * F * separated:.4f} pC; {-1e6 * separated / all_ions:.2f} per million ions; decay over {length:.3f} nm")
    return figure


@scenario("growth-gradient")
def growth_gradient(run):
    figure, (left, right) = panels(2)
    x = 1e6 * run.x
    left.plot(x, run.concentration("K"), color=COLOURS["K"], label="K")
    left.plot(x, run.concentration("A"), color=COLOURS["A"], ls="--", label="A")
    label(left, "x (µm)", "concentration (mM)")
    left.legend(frameon=False)
    right.plot(x, 1e3 * run["potential"][-1], color=INK)
    label(right, "x (µm)", "potential (mV)")
    print(f"  c_R = {run.concentration('K')[-1]:.4f} mM, right end {-1e3 * run['membrane_potential']:.4f} mV")
    return figure
