#!/usr/bin/env python3
"""Draws a run file: the whole stack on the left, its two outer double layers beside it, and the course in time below.

    python3 docs/plot.py RUN.h5 PICTURE.png [SECONDS]

Needs h5py and matplotlib (Debian: python3-h5py python3-matplotlib). The first snapshot is drawn dashed, and thick the one nearest
to SECONDS, or the last one; a dot is a cell. The traces in time are left out where a run has none. The layers shown are those
left of the first and right of the last boundary between regions, or those at the two ends of a stack of one region, over four
Debye lengths. There, concentrations and potentials are differences from their values at the far end of the region (of one
region: from those in its middle). It makes the README's picture; docs/notebook.md shows how to make pictures of your own.
"""
import sys

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

COLOURS = ["#0072b2", "#d55e00", "#009e73", "#9467bd", "#cc79a7", "#e69f00", "#56b4e9", "#8c564b"]
INK, SHADE = "#222222", "#ece7dc"
UNITS = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"), (1e-12, "ps")]


def with_unit(seconds):
    scale, name = next(((s, n) for s, n in UNITS if seconds >= 0.9999 * s), UNITS[-1])
    return f"{seconds / scale:.4g} {name}"


def read(path):
    with h5py.File(path, "r") as f:
        names = "time x x_face region concentration potential electric_field charge_density"
        run = {name: f[name][()] for name in names.split()}
        run["title"] = f.attrs["title"]
        run["title"] = run["title"].decode() if isinstance(run["title"], bytes) else str(run["title"])
        run["species"], run["names"] = list(f["species"].asstr()), list(f["region_name"].asstr())
        run["debye"] = [f["theory"].get(f"debyeLength_{name}", None) for name in run["names"]]
        run["debye"] = [None if d is None else float(d[()]) for d in run["debye"]]
        traces = f.get("traces", {})
        run["traces"] = {name: traces[name][()] for name in ("time", "membranePotential", "currentDensity") if name in traces}
    first = np.searchsorted(run["region"], range(len(run["names"]) + 1))
    run["edges"] = run["x_face"][first]
    return run


def layers(run):
    """For the left and the right zoom: title, position of the wall, where the layer lies, cell that stands for the bulk."""
    edges, names = run["edges"], run["names"]
    if len(names) == 1:
        middle = len(run["x"]) // 2
        return [("left end", edges[0], +1, 0, middle), ("right end", edges[1], -1, 0, middle)]
    last = len(names) - 1
    between = "" if last < 2 else f" | {names[1]}"
    return [(f"{names[0]}{between or ' | ' + names[1]}", edges[1], -1, 0, 0),
            (f"{names[-2]} | {names[-1]}", edges[-2], +1, last, len(run["x"]) - 1)]


def shade(axis, run, scale, low, high):
    for i, (a, b) in enumerate(zip(run["edges"], run["edges"][1:])):
        if i % 2 == 1 and a < high and b > low:
            axis.axvspan(max(a, low) * scale, min(b, high) * scale, color=SHADE, lw=0, zorder=0)
    axis.set_xlim(low * scale, high * scale)
    axis.margins(y=0.08)


def per_region(run, scale, values, low=-np.inf, high=np.inf, positive=False):
    """One line per region, since most things jump between regions; (x, y) with gaps, cells from low to high only.

    Values at faces leave out the inner region boundaries, where the field is a mean of both sides.
    """
    at_faces = len(values) == len(run["x_face"])
    position = run["x_face"] if at_faces else run["x"]
    xs, ys = [], []
    for a, b in zip(run["edges"], run["edges"][1:]):
        here = (position >= max(a, low)) & (position <= min(b, high))
        if at_faces:
            here &= ~np.isin(position, run["edges"][1:-1])
        xs += [*(position[here] * scale), np.nan]
        ys += [*values[here], np.nan]
    ys = np.array(ys)
    return np.array(xs), np.where(ys > 0, ys, np.nan) if positive else ys


def whole(column, run, scale):
    x, c = run["x"] * scale, run["concentration"]
    length = run["edges"][-1]
    top, middle, bottom = column
    for s, name in enumerate(run["species"]):
        colour = COLOURS[s % len(COLOURS)]
        top.plot(*per_region(run, scale, c[0, s], positive=True), color=colour, lw=0.7, ls=(0, (4, 2)))
        top.plot(*per_region(run, scale, c[-1, s], positive=True), color=colour, lw=1.8, label=name)
    positive = c[-1][c[-1] > 0]
    if positive.size and positive.max() > 50 * positive.min():
        top.set_yscale("log")
        top.set_ylim(max(positive.min(), 1e-12 * positive.max()) / 6, positive.max() * 6)
    top.set_ylabel("concentration (mM)")
    top.legend(loc="lower left", ncol=2, frameon=False, handlelength=1.4, columnspacing=1.0, borderaxespad=0.3)

    middle.plot(x, 1e3 * run["potential"][0], color=INK, lw=0.7, ls=(0, (4, 2)))
    middle.plot(x, 1e3 * run["potential"][-1], color=INK, lw=1.8)
    middle.set_ylabel("potential (mV)")
    bottom.plot(*per_region(run, scale, 1e-6 * run["electric_field"][0]), color=INK, lw=0.7, ls=(0, (4, 2)))
    bottom.plot(*per_region(run, scale, 1e-6 * run["electric_field"][-1]), color=INK, lw=1.8)
    bottom.set_ylabel("electric field (MV/m)")
    for axis in column:
        shade(axis, run, scale, 0, length)
    for name, a, b in zip(run["names"], run["edges"], run["edges"][1:]):
        top.text((a + b) / 2 * scale, 1.02, name, transform=top.get_xaxis_transform(), ha="center", va="bottom")


def zoom(column, run, scale, layer):
    title, wall, side, region, bulk = layer
    debye = run["debye"][region] or (run["edges"][region + 1] - run["edges"][region]) / 20
    reach = min(4 * debye, run["edges"][region + 1] - run["edges"][region])
    beyond = 0 if len(run["names"]) == 1 else 0.25 * reach
    low, high = sorted((wall + side * reach, wall - side * beyond))
    low, high = max(low, 0), min(high, run["edges"][-1])
    inside = (run["region"] == region) & (run["x"] >= low) & (run["x"] <= high)
    x, top, middle, bottom = run["x"] * scale, *column
    style = dict(lw=1.4, marker="o", ms=2.6, mew=0)
    for s in range(len(run["species"])):
        c, colour = run["concentration"][:, s], COLOURS[s % len(COLOURS)]
        if c[-1, inside].max() > 0:
            top.plot(x[inside], (c[0] - c[0, bulk])[inside], color=colour, lw=0.7, ls=(0, (4, 2)))
            top.plot(x[inside], (c[-1] - c[-1, bulk])[inside], color=colour, **style)
    phi = 1e3 * (run["potential"] - run["potential"][:, [bulk]])
    middle.plot(x[inside], phi[0, inside], color=INK, lw=0.7, ls=(0, (4, 2)))
    middle.plot(x[inside], phi[-1, inside], color=INK, **style)
    bottom.plot(*per_region(run, scale, 1e-6 * run["charge_density"][0], low, high), color=INK, lw=0.7, ls=(0, (4, 2)))
    bottom.plot(*per_region(run, scale, 1e-6 * run["charge_density"][-1], low, high), color=INK, **style)
    bulk_name = "middle" if len(run["names"]) == 1 else "bath"
    top.set_ylabel(f"c − c({bulk_name}) (mM)")
    middle.set_ylabel(f"φ − φ({bulk_name}) (mV)")
    bottom.set_ylabel("charge density (MC/m³)")
    top.set_title(title, fontsize=9, pad=4)
    for axis in column:
        shade(axis, run, scale, low, high)
        axis.axhline(0, color="#999999", lw=0.5, zorder=0.5)
    if run["debye"][region]:
        # Under a curve that is positive, over one that is negative.
        start, end = wall * scale, (wall + side * debye) * scale
        height = 0.15 if run["charge_density"][-1, inside].sum() > 0 else 0.8
        bottom.annotate("", (start, height), (end, height), bottom.get_xaxis_transform(), bottom.get_xaxis_transform(),
                        arrowprops=dict(arrowstyle="|-|,widthA=0.25,widthB=0.25", color="#777777", lw=0.8, shrinkA=0, shrinkB=0))
        bottom.text((start + end) / 2, height + 0.02, r"$\lambda_\mathrm{D}$", transform=bottom.get_xaxis_transform(),
                    ha="center", va="bottom", color="#555555")


def course(potential, current, run, at):
    """The traces from a twentieth of the run on; a dotted line marks the moment that the profiles show."""
    t = run["traces"]["time"]
    scale, unit = next(((s, n) for s, n in UNITS if t[-1] >= s), UNITS[-1])
    late = t >= 0.05 * t[-1]
    style = dict(color=INK, lw=1.4, marker="o", ms=2.2, mew=0)
    potential.plot(t[late] / scale, 1e3 * run["traces"]["membranePotential"][late], **style)
    potential.set_ylabel("membrane potential (mV)")
    i = run["traces"]["currentDensity"]
    current.plot(t[late] / scale, i[late], **style)
    # Charging currents are far larger than what flows at rest, for a moment.
    low, high = np.percentile(i[late], [8, 92])
    room = 0.25 * (high - low) or 1
    current.set_ylim(min(low, 0) - room, high + room)
    current.set_ylabel("current (A/m²)")
    for axis in (potential, current):
        axis.axvline(at / scale, color="#999999", lw=0.7, ls=(0, (1, 2)))
        axis.set_xlabel(f"time ({unit})")
        axis.set_xlim(t[late][0] / scale, t[-1] / scale)
        axis.margins(y=0.15)


def draw(run, path, at=None):
    shown = len(run["time"]) - 1 if at is None else int(np.abs(run["time"] - at).argmin())
    # The last snapshot is the one that the panels show.
    for name in ("time", "concentration", "potential", "electric_field", "charge_density"):
        run[name] = run[name][:shown + 1]
    has_course = len(run["traces"]) == 3 and len(run["traces"]["time"]) > 2
    plt.rcParams.update({"font.size": 8.5, "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.7,
                         "xtick.major.width": 0.7, "ytick.major.width": 0.7, "legend.fontsize": 8.5, "mathtext.fontset": "dejavusans"})
    scale, unit = (1e9, "nm") if run["edges"][-1] < 1e-6 else (1e6, "µm")
    figure = plt.figure(figsize=(9.6, 9.4 if has_course else 7.4), constrained_layout=True)
    grid = figure.add_gridspec(4 if has_course else 3, 3, width_ratios=[1.5, 1, 1])
    axes = np.array([[figure.add_subplot(grid[row, column]) for column in range(3)] for row in range(3)])
    panels = list(axes.flat)
    if has_course:
        panels += [figure.add_subplot(grid[3, 0]), figure.add_subplot(grid[3, 1:])]
        course(*panels[-2:], run, run["time"][-1])
    whole(axes[:, 0], run, scale)
    for column, layer in zip((1, 2), layers(run)):
        zoom(axes[:, column], run, scale, layer)
    for letter, axis in zip("abcdefghijk", panels):
        axis.text(-0.01, 1.02, f"({letter})", transform=axis.transAxes, ha="right", va="bottom", fontweight="bold")
    for axis in axes[-1]:
        axis.set_xlabel(f"x ({unit})")
    figure.suptitle(f"{run['title']}: at {with_unit(run['time'][-1])} (thick), at the start (dashed)", fontsize=10)
    figure.savefig(path, dpi=140)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit("usage: python3 docs/plot.py RUN.h5 PICTURE.png [SECONDS]")
    draw(read(sys.argv[1]), sys.argv[2], float(sys.argv[3]) if len(sys.argv) == 4 else None)
