"""Compares docs/output.md with files: every dataset, group and attribute is in the document, and whatever its tables name is in a file.

    python3 every_dataset.py OUTPUT.md FILE...

Prints a line for each difference; none when they agree. A line "N datasets" follows.
"""
import re
import sys

import h5py

# Which tables list datasets, and the groups whose name a table leaves out.
SECTIONS = {
    "Axes": "", "What was computed, per snapshot": "", "What stays the same": "", "Results": "", "Numbers that a run finds": "",
    "Certificate": "certificate", "Theory": "theory", "The membrane": "", "Traces": "traces iv impedance", "Provenance": "provenance",
    "Checkpoints": "", "Sweeps": "",
}
document = open(sys.argv[1], encoding="utf-8").read()
patterns, attributes = {}, set()
for section in re.split(r"\n#{2,3} ", document):
    title = section.split("\n")[0]
    if title == "Attributes":
        attributes |= set(re.findall(r"`([^`]+)`", section))
    for cell in re.findall(r"^\| (.*?) \|", section, re.M) if title in SECTIONS else []:
        last = ""
        for name in re.findall(r"`([^`]+)`", cell):
            if name.startswith("_"):
                name = last[:last.rindex("_")] + name      # `relativeVolume_left`, `_right`
            elif "/" in last and "/" not in name and title == "Sweeps":
                name = last[:last.rindex("/") + 1] + name  # `provenance/config`, `axes`
            last = name
            if re.search(r"(^|/)NAME(_\w+)?$", name) or (name.endswith("…") and title != "Checkpoints"):
                continue                                   # says the form of names, not which there are
            pattern = re.sub(r"[A-Z]{3,}", ".+", re.escape(name)).replace("…", ".+")
            for group in SECTIONS[title].split() or [""]:
                full = pattern if not group or pattern.startswith(group + "/") else f"{group}/{pattern}"
                patterns.setdefault(re.compile(full), set()).add((title, name))

used, wrong, seen, swept = set(), [], set(), set()
for path in sys.argv[2:]:
    with h5py.File(path, "r") as file:
        swept |= set(str(file.attrs.get("coordinates", "")).split())

        def see(name, thing, path=path):
            for attribute in thing.attrs:
                if attribute not in attributes and not path.endswith(".checkpoint"):
                    wrong.append(f"attribute {attribute} of {name}")
            if name.split("/")[0] == "entry" or name in swept:
                return                                     # links; and the axes, which the user names
            if isinstance(thing, h5py.Group):
                if not path.endswith(".checkpoint") and f"group `{name}`" not in document and f"`{name}`" not in document:
                    wrong.append(f"group {name}")
                return
            seen.add(name)
            plain = re.sub(r"_(computed|limit)$", "", name) if name.split("/")[0] in ("theory", "certificate") else name
            hits = {about for pattern, abouts in patterns.items() if pattern.fullmatch(plain) for about in abouts}
            used.update(hits)
            if not hits:
                wrong.append(f"dataset {name}")

        file.visititems(see)
        for attribute in file.attrs:
            if attribute not in attributes and not path.endswith(".checkpoint"):
                wrong.append(f"attribute {attribute} of the root")
            if path.endswith(".checkpoint") and f"`{attribute}`" not in document:
                wrong.append(f"attribute {attribute} of a checkpoint")
for line in sorted(set(wrong)):
    print("not in the document:", line)
for title, name in sorted(set().union(*patterns.values()) - used):
    print("in no file:", title, name)
print(len(seen), "datasets")
