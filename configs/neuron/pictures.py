#!/usr/bin/env python3
"""Draws the neuron's scenarios from their run files, and prints the number of each.

    python3 configs/neuron/pictures.py [RESULTS [PICTURES]]

RESULTS (results/neuron) holds NAME.h5 for configs/neuron/NAME.json; PICTURES (docs/neuron) receives NAME.png. A scenario without
its files is left out, and named. Needs h5py and matplotlib (Debian: python3-h5py python3-matplotlib).
"""
import os
import sys

from drawing import gradients, cells  # noqa: F401 (they register the scenarios)
from drawing.common import SCENARIOS, Run, plt


def main(results="results/neuron", pictures="docs/neuron"):
    plt.rcParams.update({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False, "axes.linewidth": 0.7,
                         "legend.fontsize": 7.5, "lines.linewidth": 1.4, "mathtext.fontset": "dejavusans"})
    os.makedirs(pictures, exist_ok=True)
    for name, (files, draw) in SCENARIOS.items():
        paths = [os.path.join(results, file + ".h5") for file in files]
        missing = [path for path in paths if not os.path.exists(path)]
        if missing:
            print(f"{name}: left out, without {', '.join(missing)}")
            continue
        print(name)
        figure = draw(*map(Run, paths))
        figure.savefig(os.path.join(pictures, name + ".png"), dpi=100 if figure.get_figheight() < 3 else 85)
        plt.close(figure)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        sys.exit("usage: python3 configs/neuron/pictures.py [RESULTS [PICTURES]]")
    main(*sys.argv[1:])
