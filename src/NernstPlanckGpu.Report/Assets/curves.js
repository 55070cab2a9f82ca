"use strict";
// Current–voltage curves with reversal potential and theory, and impedance spectra (Nyquist, Bode).
(() => {
  const sum = (lists) => Float64Array.from(lists[0], (_, i) => lists.reduce((total, list) => total + list[i], 0));

  const number = (entries, name) => { const found = entries.find((entry) => entry.name === name); return typeof found?.value === "number" ? found.value : null; };

  const vertical = (name, x, color) => ({
    shape: { type: "line", x0: x, x1: x, yref: "y domain", y0: 0, y1: 1, line: { width: 1.2, dash: "dot", color } },
    note: { x, yref: "y domain", y: 1, yanchor: "top", xanchor: "left", textangle: -90, showarrow: false, text: report.plain(name), font: { size: 11, color } },
  });

  const curveFigure = (run, voltage, columns, goldman) => {
    const all = columns.map((column) => report.numbers(column.values));
    const shown = report.unit("A m-2", Math.max(...all.map(report.largest))), volts = report.unit("V", 1);
    const units = { x: volts.text, y: shown.text }, x = report.scaled(voltage, volts.factor);
    const mode = voltage.length < 60 ? "lines+markers" : "lines";
    const colorOf = (name) => report.palette[1 + Math.max(0, run.species.findIndex((one) => one.name === name)) % (report.palette.length - 1)];
    const lines = columns.map((column, i) => {
      const name = column.name === "currentDensity" ? "total" : column.name.replace(/^(mechanismC|c)urrentDensity_/, "");
      return report.line(name, x, report.scaled(all[i], shown.factor), units, { mode, marker: { size: 5 },
        line: { width: column.name === "currentDensity" ? 2.6 : 1.4, color: column.name === "currentDensity" ? report.palette[0] : colorOf(name) } });
    });
    if (goldman.length > 0) {
      const parts = goldman.map((curve) => report.numbers(curve.values));
      lines.push(report.dashed("GHK total", x, report.scaled(sum(parts), shown.factor), units, { line: { dash: "dash", width: 2, color: report.palette[6] } }));
      if (goldman.length > 1) goldman.forEach((curve, i) => lines.push(report.dashed(`GHK ${curve.name}`, x, report.scaled(parts[i], shown.factor), units,
        { line: { dash: "dash", width: 1.2, color: colorOf(curve.name) }, visible: "legendonly" })));
    }
    const reversal = number(run.results, "reversalPotential");
    const levels = new Map();
    if (reversal !== null) lines.push(report.line("reversal potential", [reversal / volts.factor], [0], units, { mode: "markers", marker: { size: 11, symbol: "x", color: report.palette[3] } }));
    const [least, most] = report.extent(voltage);
    for (const entry of run.theory) if (/^(ghk|nernst_.*|teorellMeyerSievers)$/.test(entry.name) && entry.value >= least && entry.value <= most)
      levels.set(entry.value.toFixed(4), [...(levels.get(entry.value.toFixed(4)) ?? []), entry]);
    // Levels less than 0.1 mV apart share a line and its label.
    const marks = [...levels.values()].map((group) => vertical(group.map((entry) => entry.name).join(", "), group[0].value / volts.factor,
      getComputedStyle(document.documentElement).getPropertyValue("--soft").trim()));
    const layout = { xaxis: { title: report.axisTitle("voltage, left minus right", volts.text), anchor: goldman.length > 0 ? "y2" : "y" },
      yaxis: { title: report.axisTitle("current density", shown.text), domain: [goldman.length > 0 ? 0.36 : 0, 1] }, showlegend: true,
      shapes: marks.map((mark) => mark.shape), annotations: marks.map((mark) => mark.note) };
    if (goldman.length > 0) {
      const total = report.numbers(columns.find((column) => column.name === "currentDensity").values), theory = sum(goldman.map((curve) => report.numbers(curve.values)));
      const rest = Float64Array.from(total, (value, i) => (value - theory[i]) / shown.factor);
      lines.push(report.line("run − GHK", x, rest, units, { yaxis: "y2", mode, marker: { size: 5 }, line: { width: 1.4, color: report.palette[7] } }));
      layout.yaxis2 = { title: report.axisTitle("run − GHK", shown.text), domain: [0, 0.26], anchor: "x" };
    }
    return { traces: lines, layout };
  };

  const differences = (voltage, total, goldman) => {
    const theory = sum(goldman.map((curve) => report.numbers(curve.values)));
    return [report.numberColumn("GHK total", "A m-2", theory), report.numberColumn("run minus GHK", "A m-2", Float64Array.from(total, (value, i) => value - theory[i]))];
  };

  report.currentVoltage = (run) => {
    const voltage = report.numbers(run.traces.axis.values);
    const currents = run.traces.columns.filter((column) => /[cC]urrentDensity(_|$)/.test(column.name));
    const goldman = voltage.length > 0 && run.overlays.goldman ? run.overlays.goldman : [];
    const matching = goldman.every((curve) => report.numbers(curve.values).length === voltage.length) ? goldman : [];
    const host = report.plotHost(560);
    const numbers = report.tableDetails("the curve", () => report.table("current–voltage curve", [
      report.numberColumn("voltage", "V", voltage),
      ...run.traces.columns.map((column) => report.numberColumn(report.words(column.name), column.unit, report.numbers(column.values), column.meaning)),
      ...(matching.length > 0 ? differences(voltage, report.numbers(currents.find((column) => column.name === "currentDensity").values), matching) : []),
    ], voltage.length));
    const block = report.element("div", { "data-role": "curve" }, host, numbers.details);
    report.whenShown(block, () => {
      const { traces, layout } = curveFigure(run, voltage, currents, matching);
      report.draw(host, "current density over voltage", traces, layout);
    });
    return block;
  };

  const nyquist = (frequency, real, imaginary) => {
    const shown = report.unitOf("ohm m2", real);
    return { traces: [{ type: "scatter", mode: "lines+markers", marker: { size: 5 }, x: report.scaled(real, shown.factor), y: Float64Array.from(imaginary, (value) => -value / shown.factor),
      text: Array.from(frequency, (f) => report.quantity(f, "Hz")), name: "impedance", hovertemplate: "%{text}<br>real %{x:.6~g}<br>−imaginary %{y:.6~g}<extra></extra>" }],
    layout: { xaxis: { title: report.axisTitle("real part", shown.text) }, yaxis: { title: report.axisTitle("−imaginary part", shown.text), scaleanchor: "x", scaleratio: 1 }, showlegend: false } };
  };

  const bode = (frequency, real, imaginary, phase) => {
    const size = Float64Array.from(real, (value, i) => Math.hypot(value, imaginary[i])), shown = report.unitOf("ohm m2", size);
    const degree = phase.unit === "degree" ? "°" : phase.unit;
    const angle = report.numbers(phase.values);
    return { traces: [
      report.line("size", frequency, report.scaled(size, shown.factor), { x: "Hz", y: shown.text }),
      report.line("phase", frequency, angle, { x: "Hz", y: degree }, { xaxis: "x2", yaxis: "y2", line: { color: report.palette[1] } }),
    ], layout: { showlegend: false,
      xaxis: { type: "log", anchor: "y", showticklabels: false }, yaxis: { type: "log", domain: [0.55, 1], title: report.axisTitle("|Z|", shown.text) },
      xaxis2: { type: "log", matches: "x", anchor: "y2", title: report.axisTitle("frequency", "Hz") }, yaxis2: { domain: [0, 0.45], anchor: "x2", title: report.axisTitle("phase", degree) } } };
  };

  report.impedance = (traces) => {
    const frequency = report.numbers(traces.axis.values);
    const column = (name) => traces.columns.find((one) => one.name === name);
    const real = report.numbers(column("impedanceReal").values), imaginary = report.numbers(column("impedanceImaginary").values);
    const left = report.plotHost(420), right = report.plotHost(420);
    const numbers = report.tableDetails("the spectrum", () => report.table("impedance spectrum", [report.numberColumn("frequency", "Hz", frequency),
      ...traces.columns.map((one) => report.numberColumn(report.words(one.name), one.unit, report.numbers(one.values), one.meaning))], frequency.length));
    const block = report.element("div", { "data-role": "spectrum" }, report.element("div", { class: "pair" }, left, right), numbers.details);
    report.whenShown(block, () => {
      const first = nyquist(frequency, real, imaginary), second = bode(frequency, real, imaginary, column("phase"));
      report.draw(left, "Nyquist plot of the impedance", first.traces, first.layout);
      report.draw(right, "Bode plot of the impedance", second.traces, second.layout);
    });
    return block;
  };
})();
