"use strict";
// A quantity of a sweep against one axis (a line, or a cloud of points) or two (a heat map). Failed points are crosses.
(() => {
  const rowsThat = (data, fixed) => {
    const rows = [];
    for (let row = 0; row < data.rows; row++) if (fixed.every(({ axis, choice }) => data.choice(row, axis) === choice)) rows.push(row);
    return rows;
  };

  const scale = (quantity, rows) => (quantity.numeric ? report.unitOf(quantity.unit, rows.map((row) => quantity.value(row))) : { factor: 1, text: "" });

  const shown = (quantity, unit, row) => (quantity.numeric ? quantity.value(row) / unit.factor : report.plain(String(quantity.value(row)).replace(/^"|"$/g, "")));

  const hover = (data, row, quantity, unit) => [
    `point ${data.point[row]}: ${report.plain(data.describe(row))}`,
    data.good(row) ? `${report.plain(report.words(quantity.name))}: ${report.digits(quantity.value(row) / unit.factor)} ${report.plain(unit.text)}` : `failed: ${report.plain(data.statusName(row))}`,
  ].join("<br>");

  const axisLayout = (quantity, unit, log) => ({ title: report.axisTitle(report.words(quantity.name), unit.text), type: quantity.numeric ? (log ? "log" : "linear") : "category" });

  const cross = (data, rows, x, y, more) => ({ type: "scatter", mode: "markers", name: "failed or missing", x, y, customdata: rows, hoverinfo: "text", showlegend: true,
    text: rows.map((row) => `point ${data.point[row]}: ${report.plain(data.describe(row))}<br>${report.plain(data.statusName(row))}`), marker: { symbol: "x", size: 8, color: "#c0262d" }, ...more });

  // A line per value of the other axis, when there are few; else a cloud.
  const curves = (data, state, rows, x, z) => {
    const unitX = scale(x, rows), good = rows.filter(data.good), unitZ = scale(z, good);
    const others = data.sweep.grid ? data.axes.map((axis, i) => i).filter((i) => i !== x.axis && !state.fixed.some((one) => one.axis === i)) : [];
    const isLine = x.axis !== null && others.length === 0;
    const ordered = x.numeric ? rows.slice().sort((a, b) => x.value(a) - x.value(b)) : rows;
    const traces = [{ type: "scatter", mode: isLine ? "lines+markers" : "markers", name: report.plain(report.words(z.name)), connectgaps: false,
      x: ordered.map((row) => shown(x, unitX, row)), y: ordered.map((row) => (data.good(row) ? z.value(row) / unitZ.factor : null)), customdata: ordered,
      text: ordered.map((row) => hover(data, row, z, unitZ)), hoverinfo: "text", marker: { size: 6 }, line: { width: 1.8 } }];
    const failed = rows.filter((row) => !data.good(row));
    const extent = report.extent(good.map((row) => z.value(row) / unitZ.factor)), [least] = extent;
    if (failed.length > 0) traces.push(cross(data, failed, failed.map((row) => shown(x, unitX, row)), failed.map(() => (Number.isFinite(least) ? least : 0))));
    return { traces, layout: { xaxis: axisLayout(x, unitX, state.log), yaxis: { title: report.axisTitle(report.words(z.name), unitZ.text), range: report.isFlat(extent) ? report.padded(extent) : undefined }, showlegend: failed.length > 0 } };
  };

  const map = (data, state, rows, x, y, z) => {
    const unitX = scale(x, rows), unitY = scale(y, rows), good = rows.filter(data.good), unitZ = scale(z, good);
    const places = (quantity, unit) => {
      const values = [...new Set(rows.map((row) => shown(quantity, unit, row)))];
      return quantity.numeric ? values.sort((a, b) => a - b) : values;
    };
    const xs = places(x, unitX), ys = places(y, unitY);
    const atX = new Map(xs.map((value, i) => [value, i])), atY = new Map(ys.map((value, i) => [value, i]));
    const blank = () => ys.map(() => xs.map(() => null));
    const values = blank(), texts = blank(), which = blank();
    for (const row of rows) {
      const j = atY.get(shown(y, unitY, row)), i = atX.get(shown(x, unitX, row));
      values[j][i] = data.good(row) ? z.value(row) / unitZ.factor : null;
      texts[j][i] = hover(data, row, z, unitZ);
      which[j][i] = row;
    }
    const extent = report.extent(good.map((row) => z.value(row) / unitZ.factor));
    const [least, most] = report.isFlat(extent) ? report.padded(extent) ?? [0, 1] : extent;
    const signed = least < 0 && most > 0, bound = Math.max(-least, most);
    const sides = (values, quantity, log) => (quantity.numeric ? report.cellEdges(values, log) : values);
    const traces = [{ type: "heatmap", x: sides(xs, x, state.log), y: sides(ys, y, state.logY), z: values, text: texts, customdata: which, hoverinfo: "text", hoverongaps: false, colorscale: signed ? report.signedScale : "Viridis",
      zmin: signed ? -bound : least, zmax: signed ? bound : most, colorbar: { title: { text: report.plain(report.titled(report.words(z.name), unitZ.text)), side: "right" }, exponentformat: "power" } }];
    const failed = rows.filter((row) => !data.good(row));
    if (failed.length > 0) traces.push(cross(data, failed, failed.map((row) => shown(x, unitX, row)), failed.map((row) => shown(y, unitY, row))));
    return { traces, layout: { modebar: { orientation: "h" }, xaxis: axisLayout(x, unitX, state.log), yaxis: axisLayout(y, unitY, state.logY), showlegend: failed.length > 0 } };
  };

  // The figure for { x, y, z } keys, fixed axes and scales.
  report.sweepFigure = (data, state) => {
    const x = report.sweepQuantity(data, state.x), z = report.sweepQuantity(data, state.z);
    const rows = rowsThat(data, state.fixed);
    const figure = state.y === "" ? curves(data, state, rows, x, z) : map(data, state, rows, x, report.sweepQuantity(data, state.y), z);
    const chosen = rows.includes(state.row) ? mark(data, state, rows, x, z) : null;
    if (chosen) figure.traces.push(chosen);
    return { ...figure, rows };
  };

  const mark = (data, state, rows, x, z) => {
    const unitX = scale(x, rows), y = state.y === "" ? z : report.sweepQuantity(data, state.y);
    const unitY = state.y === "" ? scale(z, rows.filter(data.good)) : scale(y, rows);
    if (state.y === "" && !data.good(state.row)) return null;
    return { type: "scatter", mode: "markers", x: [shown(x, unitX, state.row)], y: [shown(y, unitY, state.row)], hoverinfo: "skip", showlegend: false, marker: { size: 15, symbol: "circle-open", line: { width: 3 }, color: "#e0218a" } };
  };
})();
