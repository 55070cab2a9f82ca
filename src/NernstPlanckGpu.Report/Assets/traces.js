"use strict";
// Traces over time: those of one name in one plot, a line per species or mechanism; theory's potentials dashed.
(() => {
  const groups = (columns) => {
    const made = new Map();
    for (const column of columns) {
      const stem = column.name.split("_")[0];
      if (!made.has(stem)) made.set(stem, []);
      made.get(stem).push(column);
    }
    return made;
  };

  // Theory's values that are held against the membrane potential: the first words of their names.
  const potentials = /^(ghk|mullinsNoda|henderson|planck|teorellMeyerSievers|donnanReservoir|nernst_.*)$/;

  const theoryLines = (stem, theory, axis, shown, units, range) => {
    if (stem !== "membranePotential") return [];
    const ends = [axis[0], axis[axis.length - 1]];
    const pad = (range[1] - range[0]) * 0.5 || 0.02;
    return theory.filter((entry) => potentials.test(entry.name) && entry.unit === "V" && typeof entry.value === "number").map((entry, i) => {
      const near = entry.value > range[0] - pad && entry.value < range[1] + pad;
      return report.dashed(`theory: ${entry.name}`, ends, ends.map(() => entry.value / shown.factor), units,
        { line: { dash: "dash", width: 1.6, color: report.palette[(i + 1) % report.palette.length] }, visible: near ? true : "legendonly" });
    });
  };

  // A species has the colour that it has in the profiles.
  const colorOf = (column, i, species) => {
    const own = species.findIndex((one) => column.name.endsWith(`_${one.name}`));
    return report.palette[(own >= 0 ? own : i) % report.palette.length];
  };

  const plot = (stem, columns, axis, theory, state) => {
    const all = columns.map((column) => report.numbers(column.values));
    const shown = report.unit(columns[0].unit, Math.max(...all.map(report.largest)));
    const shownX = report.unitOf(state.axisUnit, axis);
    const units = { x: shownX.text, y: shown.text };
    const x = report.scaled(axis, shownX.factor);
    const lines = columns.map((column, i) => report.line(column.name.includes("_") ? column.name.slice(column.name.indexOf("_") + 1) : report.words(column.name),
      x, report.scaled(all[i], shown.factor), units, { line: { width: 1.8, color: colorOf(column, i, state.species) }, showlegend: true }));
    const extents = all.map((values) => report.extent(values));
    const range = [Math.min(...extents.map(([least]) => least)), Math.max(...extents.map(([, most]) => most))];
    return {
      traces: [...lines, ...theoryLines(stem, theory, x, shown, units, range)],
      layout: { xaxis: { title: report.axisTitle(state.axisName, shownX.text), type: state.log ? "log" : "linear" }, yaxis: { title: report.axisTitle(report.words(stem), shown.text), range: report.isFlat(range) ? report.padded(range.map((value) => value / shown.factor)) : undefined }, showlegend: true },
    };
  };

  // All traces of a run or of a point; theory may be empty.
  report.traces = (axisEntry, axis, columns, theory, species) => {
    const state = { axisName: axisEntry.name, axisUnit: axisEntry.unit, species, log: false };
    const shows = [];
    const plots = [...groups(columns)].map(([stem, members]) => {
      const host = report.plotHost(330);
      shows.push(() => {
        const { traces, layout } = plot(stem, members, axis, theory, state);
        report.draw(host, `${report.words(stem)} over ${state.axisName}`, traces, layout);
      });
      return host;
    });
    const showAll = () => shows.forEach((show) => show());
    const numbers = report.tableDetails("traces", () => report.table("traces",
      [report.numberColumn(axisEntry.name, axisEntry.unit, axis), ...columns.map((column) => report.numberColumn(column.name, column.unit, report.numbers(column.values), column.meaning))], axis.length));
    const controls = axis.length > 2 && axisEntry.name === "time" && report.hasPlots
      ? report.element("div", { class: "controls" }, report.checkbox("logarithmic time", false, (on) => { state.log = on; showAll(); })) : null;
    const block = report.element("div", { "data-role": "traces" }, controls, report.element("div", { class: plots.length > 1 ? "pair" : "" }, ...plots), numbers.details);
    report.whenShown(block, showAll);
    return block;
  };
})();
