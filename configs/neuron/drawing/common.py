"""What the pictures of the scenarios share: colours, run files, axes, the list of scenarios."""
import os

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

F, R = 96485.33212, 8.314462618
COLOURS = {"K": "#0072b2", "Na": "#d55e00", "Cl": "#009e73", "A": "#9467bd", "pump": "#cc79a7"}
INK, PALE, SHADE = "#222222", "#999999", "#ece7dc"
SCENARIOS = {}


def scenario(*files):
    """Registers a function that draws one scenario from the named run files."""
    def register(function):
        SCENARIOS[files[0]] = (files, function)
        return function
    return register


class Run:
    """A run file: its datasets by name, concentrations and traces by ion."""

    def __init__(self, path):
        self.file = h5py.File(path, "r")
        self.species = list(self.file["species"].asstr())
        self.regions = list(self.file["region_name"].asstr())
        self.x, self.volume = self["x"], self["cell_volume"]
        self.edges = self["x_face"][np.searchsorted(self["region"], range(len(self.regions) + 1))]

    def __getitem__(self, name):
        return self.file[name][()]

    def __contains__(self, name):
        return name in self.file

    def concentration(self, ion, row=-1):
        return self.file["concentration"][row, self.species.index(ion)]

    def flux(self, ion, row=-1):
        """Flux in the middle of the membrane."""
        middle = np.flatnonzero(self["region"] == 1)[0] + 2
        return self.file["flux"][row, self.species.index(ion), middle]


    def trace(self, name):
        return self.file["traces"][name][()]


def panels(count, width=6.6, height=2.5, **options):
    figure, axes = plt.subplots(1, count, figsize=(width, height), constrained_layout=True, **options)
    return figure, (axes if count > 1 else [axes])


def membrane(axis, run, scale):
    axis.axvspan(run.edges[1] * scale, run.edges[2] * scale, color=SHADE, lw=0, zorder=0)


def label(axis, x, y):
    axis.set_xlabel(x)
    axis.set_ylabel(y)


def courses(axis, run, names, scale, unit, factor=1.0):
    """Traces against time, from when the membrane is charged: a run from the regions starts at 0 V."""
    late = run.trace("time") > 0.2
    for name, text, style in names:
        axis.plot(run.trace("time")[late] / scale, factor * run.trace(name)[late], label=text, **style)
    axis.set_xlabel(f"time ({unit})")
