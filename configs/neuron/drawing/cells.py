"""Pictures of cells with pumps, channels and water."""
import matplotlib.pyplot as plt
import numpy as np

from .common import COLOURS, F, INK, PALE, SHADE, courses, label, membrane, panels, scenario


@scenario("pump-leak")
def pump_leak(run):
    figure, (left, right) = panels(2)
    area = run["membrane/area"]
    current = {ion: 1e12 * area * run[f"membrane/leakCurrentDensity_{ion}"] for ion in ("K", "Na", "Cl")}
    current["pump"] = 1e12 * area * run["membrane/currentDensity_pump"]
    left.bar(list(current), list(current.values()), color=[COLOURS[name] for name in current])
    for i, value in enumerate(current.values()):
        left.annotate(f"{value:+.1f}", (i, value), ha="center", va="bottom" if value >= 0 else "top")
    left.axhline(0, color=PALE, lw=0.6)
    left.margins(y=0.15)
    label(left, "leaks, and the pump in all", "current, outward (pA)")
    rest = 1e3 * run["membrane_potential"]
    for i, ion in enumerate(("K", "Na", "Cl")):
        nernst = 1e3 * run[f"theory/nernst_{ion}"]
        right.plot([i - 0.4, i + 0.4], [nernst, nernst], color=COLOURS[ion], lw=2)
        above = ion == "Na"
        right.annotate(f"{nernst:.1f}", (i, nernst), (0, 3 if above else -3), textcoords="offset points", ha="center",
                       va="bottom" if above else "top", fontsize=7.5)
        right.annotate("", (i, nernst), (i, rest), arrowprops={"arrowstyle": "<-", "color": COLOURS[ion]} if ion != "Cl" else None)
    right.axhline(rest, color=INK, lw=0.8, zorder=0)
    right.annotate(f"at rest {rest:.2f}", (2.4, rest), (0, 3), textcoords="offset points", ha="right", va="bottom", fontsize=7.5)
    right.set_xticks(range(3), ("K", "Na", "Cl"))
    right.margins(y=0.15)
    label(right, "Nernst potentials", "potential (mV)")
    cycles = 6.02214076e23 * area * run["membrane/cycles_pump"]
    print(f"  {rest:.3f} mV; " + ", ".join(f"{name} {value:+.3f} pA" for name, value in current.items()))
    print(f"  {cycles:.4g} cycles/s; {1e12 * area * run['membrane/power_pump']:.2f} pW of work on the ions, {cycles * 8.3e-8:.1f} pW of ATP at 50 kJ/mol")
    return figure


@scenario("run-down")
def run_down(run):
    figure, (left, right) = panels(2)
    courses(left, run, [(f"leftConcentration_{ion}", ion, {"color": COLOURS[ion]}) for ion in ("K", "Na", "Cl")], 3600, "h")
    left.set_ylabel("concentration inside (mM)")
    left.legend(frameon=False)
    courses(right, run, [("membranePotential", "V", {"color": INK})], 3600, "h", 1e3)
    right.axhline(1e3 * run["theory/donnanReservoir"], color=PALE, lw=0.8, ls=":")
    right.annotate("Donnan", (20, 1e3 * run["theory/donnanReservoir"]), ha="right", va="bottom", fontsize=7.5)
    right.set_ylabel("membrane potential (mV)")
    end = [run.trace(f"leftConcentration_{ion}")[-1] for ion in ("K", "Na", "Cl")]
    print(f"  end: {1e3 * run['membrane_potential']:.4f} mV; K, Na, Cl {np.round(end, 3)} mM")
    return figure


@scenario("voltage-clamp")
def voltage_clamp(run):
    figure, (left, right) = panels(2)
    voltage = 1e3 * run["iv/voltage"]
    for name, colour in (("Na", COLOURS["Na"]), ("K", COLOURS["K"])):
        left.plot(voltage, run[f"iv/currentDensity_{name}"], color=colour, label=name)
    left.plot(voltage, run["iv/currentDensity"], color=INK, lw=0.8, label="all")
    left.axhline(0, color=PALE, lw=0.6)
    left.legend(frameon=False)
    label(left, "membrane potential (mV)", "current after 1 ms, outward (A/m²)")
    for gate, colour, dashes in (("Na_channel_m", COLOURS["Na"], "-"), ("Na_channel_h", COLOURS["Na"], "--"), ("K_channel_n", COLOURS["K"], "-")):
        right.plot(voltage, run[f"iv/gates_{gate}"], color=colour, ls=dashes, label=gate[-1])
    right.legend(frameon=False)
    label(right, "membrane potential (mV)", "open fraction after 1 ms")
    sodium = run["iv/currentDensity_Na"]
    most = int(np.argmin(sodium))
    print(f"  most sodium enters at {voltage[most]:.0f} mV, {sodium[most]:.3f} A/m2; it reverses at {np.interp(0, sodium[most:], voltage[most:]):.1f} mV")
    return figure


@scenario("impedance")
def impedance(run):
    figure, (left, right) = panels(2)
    frequency, z = run["impedance/frequency"], run["impedance/impedanceReal"] + 1j * run["impedance/impedanceImaginary"]
    left.loglog(frequency, 1e4 * abs(z), color=INK)
    label(left, "frequency (Hz)", "|Z| (ohm cm²)")
    right.semilogx(frequency, run["impedance/phase"], color=INK)
    right.axhline(0, color=PALE, lw=0.6)
    label(right, "frequency (Hz)", "phase of Z (degrees)")
    highest, most = int(np.argmax(abs(z))), int(np.argmax(run["impedance/phase"]))
    print(f"  {1e4 * abs(z[0]):.0f} ohm cm2 at {frequency[0]:.0f} Hz, {1e4 * abs(z[highest]):.0f} at {frequency[highest]:.0f} Hz; "
          f"phase {run['impedance/phase'][most]:.1f} degrees at {frequency[most]:.0f} Hz")
    return figure


@scenario("donnan-swelling", "donnan-held")
def donnan_swelling(passive, held):
    figure, (left, middle, right) = panels(3, 7.2)
    for run, text, colour in ((passive, "no pump", COLOURS["Na"]), (held, "pump", COLOURS["K"])):
        style = {"color": colour}
        courses(left, run, [("relativeVolume_left", text, style)], 3600, "h")
        courses(middle, run, [("osmolarity_left", text, style)], 3600, "h")
        courses(right, run, [("membranePotential", text, style)], 3600, "h", 1e3)
    left.plot(passive.trace("time")[-1] / 3600, passive.trace("relativeVolume_left")[-1], "*", color=COLOURS["Na"], ms=9)
    middle.axhline(300, color=PALE, lw=0.8, ls=":")
    for axis, text in ((left, "volume/initial volume"), (middle, "all concentrations inside (mM)"), (right, "membrane potential (mV)")):
        axis.set_ylabel(text)
    left.legend(frameon=False)
    time, volume = passive.trace("time"), passive.trace("relativeVolume_left")
    print(f"  doubled after {np.interp(2, volume, time) / 3600:.3f} h, burst after {time[-1] / 3600:.3f} h at {volume[-1]:.3f}")
    inside, outside = held["membrane/osmolarity_left"], held["membrane/osmolarity_right"]
    print(f"  held at {held['membrane/relativeVolume_left']:.5f}; inside {inside:.6f}, outside {outside:.6f} mM, {abs(inside / outside - 1):.1e} apart")
    return figure


@scenario("activity", "activity-davies", "activity-ideal", "activity-equal")
def activity(run, davies, ideal, equal):
    figure, (left, right) = panels(2, gridspec_kw={"width_ratios": [1.4, 1]})
    rows = [("ideal", ideal, PALE), ("debyeHuckel", run, COLOURS["K"]), ("davies", davies, COLOURS["Na"])]
    for text, one, colour in rows:
        left.plot(1e9 * one.x, 1e3 * one["potential"][-1], color=colour, label=text)
    membrane(left, run, 1e9)
    label(left, "x (nm)", "potential (mV)")
    left.legend(frameon=False)
    rest = [1e3 * one["membrane_potential"] for _, one, _ in rows] + [1e3 * equal["membrane_potential"]]
    names = ["ideal", "Debye–\nHückel", "Davies", "equal\nstrength"]
    right.bar(names, rest, color=[PALE, COLOURS["K"], COLOURS["Na"], COLOURS["Cl"]])
    for i, value in enumerate(rest):
        right.annotate(f"{value:.2f}", (i, value), ha="center", va="top", fontsize=7.5)
    right.margins(y=0.12)
    right.tick_params(axis="x", labelsize=7)
    label(right, "", "resting potential (mV)")
    print("  " + ", ".join(f"{name.replace('–' + chr(10), '–').replace(chr(10), ' ')} {value:.4f} mV" for name, value in zip(names, rest)))
    return figure


@scenario("stroke")
def stroke(run):
    figure, (first, second, third, fourth) = panels(4, 8.6)
    courses(first, run, [("membranePotential", "V", {"color": INK})], 60, "min", 1e3)
    courses(second, run, [(f"rightConcentration_{ion}", ion, {"color": COLOURS[ion]}) for ion in ("K", "Na", "Cl")], 60, "min")
    courses(third, run, [(f"leftConcentration_{ion}", ion, {"color": COLOURS[ion]}) for ion in ("K", "Na", "Cl")], 60, "min")
    courses(fourth, run, [("relativeVolume_left", "inside", {"color": COLOURS["K"]}), ("relativeVolume_right", "outside", {"color": COLOURS["Na"]})], 60, "min")
    texts = ("membrane potential (mV)", "outside (mM)", "inside (mM)", "volume/initial volume")
    for axis, text in zip((first, second, third, fourth), texts):
        axis.axvspan(5, 66, color=SHADE, lw=0, zorder=0)
        axis.set_ylabel(text)
    for axis in (second, fourth):
        axis.legend(frameon=False)
    at = int(np.abs(run.trace("time") - 3960).argmin())
    names = ("membranePotential", "rightConcentration_K", "rightConcentration_Na", "relativeVolume_left", "relativeVolume_right")
    print("  after an hour without ATP: " + ", ".join(f"{name} {run.trace(name)[at]:.5g}" for name in names))
    print("  at the end: " + ", ".join(f"{name} {run.trace(name)[-1]:.5g}" for name in names))
    return figure


@scenario("action-potential", "action-potential-train")
def action_potential(run, train):
    figure, axes = plt.subplots(2, 3, figsize=(7.2, 4.0), constrained_layout=True)
    (spike, currents, gates), (layer, moved, many) = axes
    time, voltage, charge = 1e3 * run.trace("time"), run.trace("membranePotential"), run.trace("leftCharge")
    spike.plot(time, 1e3 * voltage, color=INK)
    spike.axvspan(1, 2, color=SHADE, lw=0, zorder=0)
    label(spike, "time (ms)", "membrane potential (mV)")
    for ion in ("Na", "K"):
        currents.plot(time, run.trace(f"mechanismCurrentDensity_{ion}_channel"), color=COLOURS[ion], label=ion)
    currents.plot(time, np.gradient(charge, 1e-3 * time), color=INK, lw=0.8, label="capacitive")
    label(currents, "time (ms)", "current, outward (A/m²)")
    currents.legend(frameon=False)
    for gate, style in (("Na_channel_m", "-"), ("Na_channel_h", "--"), ("K_channel_n", "-")):
        gates.plot(time, run.trace(f"gates_{gate}"), style, color=COLOURS[gate.split("_")[0]], label=gate[-1])
    label(gates, "time (ms)", "open fraction")
    gates.legend(frameon=False)
    inside, x = run["region"] == 0, 1e9 * (run.x - run.edges[1])
    peak = int(run["left_potential"].argmax())
    for row, text, colour in ((0, "at rest", PALE), (peak, f"at {1e3 * run['time'][peak]:.0f} ms", INK)):
        show = inside & (x > -3)
        layer.plot(x[show], 1e-6 * run["charge_density"][row][show], color=colour, label=text, marker="o", ms=2, mew=0)
    layer.axhline(0, color=PALE, lw=0.6)
    label(layer, "x − wall (nm)", "charge density (MC/m³)")
    layer.legend(frameon=False)
    for ion in ("Na", "K"):
        moved.plot(time, 1e8 * run.trace(f"transported_{ion}_channel_{ion}"), color=COLOURS[ion], label=ion)
    label(moved, "time (ms)", "moved outward (pmol/cm²)")
    moved.legend(frameon=False)
    many.plot(1e3 * train.trace("time"), 1e3 * train.trace("membranePotential"), color=INK)
    label(many, "time (ms)", "thin process (mV)")
    outside = many.twinx()
    outside.plot(1e3 * train.trace("time"), train.trace("rightConcentration_K"), color=COLOURS["K"], lw=1)
    outside.set_ylabel("K outside (mM)", color=COLOURS["K"])
    i = int(voltage.argmax())
    slope = np.polyfit(voltage, charge, 1)[0]
    gained = {ion: 1e8 * run.trace(f"transported_{ion}_channel_{ion}")[-1] for ion in ("Na", "K")}
    print(f"  rest {1e3 * voltage[0]:.3f} mV, peak {1e3 * voltage[i]:.2f} mV at {time[i]:.2f} ms; {100 * slope:.4f} uF/cm2")
    print(f"  moved outward by the end: Na {gained['Na']:.2f}, K {gained['K']:.2f} pmol/cm2; to charge the membrane would take {1e8 * slope * (voltage[i] - voltage[0]) / F:.2f}")
    return figure
