"use strict";
// The page of a sweep.
(() => {
  const countTable = (sweep) => report.table("points by status", [
    { label: "status", text: true, values: (row) => report.element("span", { class: sweep.counts[row].name === "done" ? "good" : sweep.counts[row].name === "missing" ? "warn" : "bad" }, sweep.counts[row].name) },
    { label: "points", values: (row) => sweep.counts[row].count },
    { label: "meaning", text: true, values: (row) => sweep.counts[row].meaning },
  ], sweep.counts.length);

  const failureTable = (sweep) => report.table("failed points", [
    { label: "point", text: true, values: (row) => sweep.failures[row].description },
    { label: "status", text: true, values: (row) => sweep.failures[row].status },
    { label: "message", text: true, values: (row) => sweep.failures[row].message },
  ], sweep.failures.length);

  const status = (sweep) => report.section("Points by status", countTable(sweep),
    sweep.failures.length > 0 ? report.element("h3", {}, sweep.failures.length < sweep.failureCount ? `The first ${sweep.failures.length} of ${sweep.failureCount} failures` : "Failures, and why") : null,
    sweep.failures.length > 0 ? failureTable(sweep) : null);

  const pointTable = (data, choose) => report.table("points", [
    { label: "point", values: (row) => data.point[row] },
    ...data.axes.map((axis, index) => ({ label: axis.name, text: true, values: (row) => axis.texts[data.choice(row, index)].replace(/^"|"$/g, "") })),
    { label: "status", text: true, values: (row) => data.statusName(row) },
    ...data.columns.slice(0, 6).map((column) => report.numberColumn(report.words(column.name), column.unit, column.numbers, column.meaning)),
    { label: "", text: true, values: (row) => report.element("button", { type: "button", onclick: () => choose(row) }, "show") },
  ], data.rows);

  // Axes that are neither drawn nor free have a value of their own choice.
  const fixedControls = (data, state, show) => {
    const drawn = [state.x, state.y];
    const free = data.sweep.grid ? data.axes.map((axis, index) => index).filter((index) => !drawn.includes(`axis:${index}`)) : [];
    const isDrawn = (key) => key.startsWith("axis:");
    state.fixed = isDrawn(state.x) ? free.map((axis) => ({ axis, choice: state.chosen[axis] ?? 0 })) : [];
    if (!isDrawn(state.x)) return [];
    return free.map((index) => report.select(data.axes[index].name, data.axes[index].texts.map((text, i) => [i, text.replace(/^"|"$/g, "")]), state.chosen[index] ?? 0,
      (choice) => { state.chosen[index] = Number(choice); show(); }));
  };

  // Positive values over more than a decade and a half are drawn on a logarithmic axis at first.
  const isWide = (data, key) => {
    const axis = data.axes[Number(key.split(":")[1])];
    if (!axis.numeric) return false;
    const [least, most] = report.extent(axis.numbers);
    return least > 0 && most / least > 30;
  };

  const startRow = (data) => {
    const rows = [...data.carried.keys()].map((point) => data.rowOf.get(point)).filter((row) => row !== undefined && data.good(row));
    return rows[Math.floor(rows.length / 2)] ?? 0;
  };

  const explorer = (data) => {
    const choices = report.sweepChoices(data);
    const isGrid = data.sweep.grid && data.axes.length > 1;
    const state = { x: isGrid ? "axis:1" : "axis:0", y: isGrid ? "axis:0" : "", z: firstResult(data), fixed: [], chosen: {}, row: startRow(data) };
    state.log = isWide(data, state.x);
    state.logY = state.y !== "" && isWide(data, state.y);
    const host = report.plotHost(480), extra = report.element("span", { class: "controls-extra" }), detail = report.element("div", {});
    const choose = (row) => { if (row === undefined) return; state.row = row; show(); detail.replaceChildren(report.sweepPoint(data, row, choose)); pointField.value = String(data.point[row]); };
    const numbers = report.tableDetails("all points", () => pointTable(data, choose));
    const show = () => {
      extra.replaceChildren(...fixedControls(data, state, show));
      const { traces, layout } = report.sweepFigure(data, state);
      report.draw(host, `${report.words(report.sweepQuantity(data, state.z).name)} of the points of the sweep`, traces, layout);
    };
    const pick = (label, options, key) => report.select(label, options, state[key], (value) => { state[key] = value; show(); });
    const pointField = report.element("input", { type: "number", min: 0, max: data.sweep.pointCount - 1, value: data.point[state.row], "aria-label": "point", onchange: () => choose(data.rowOf.get(Number(pointField.value))) });
    const controls = report.element("div", { class: "controls" },
      pick("quantity", choices.columns, "z"), pick("x axis", [...choices.axes, ...choices.columns], "x"),
      pick("y axis", [["", "– (a curve)"], ...(data.sweep.grid ? choices.axes : [])], "y"),
      report.checkbox("logarithmic x", state.log, (on) => { state.log = on; show(); }), report.checkbox("logarithmic y", state.logY, (on) => { state.logY = on; show(); }), extra,
      report.element("label", {}, "point", pointField));
    report.whenShown(host, () => {
      show();
      if (report.hasPlots) host.on("plotly_click", (event) => choose(event.points[0].customdata ?? undefined));
    });
    detail.append(report.sweepPoint(data, state.row, choose));
    return [report.section("Results over the sweep", report.element("p", { class: "soft" }, "Choose what is drawn; click a point, or type its number, for its values and profiles. Failed points are red crosses."), controls, host, numbers.details),
      report.section("The chosen point", detail)];
  };

  // A column that says again what an axis sets, such as an imposed voltage.
  const isOfAxis = (data, column) => data.axes.some((axis, index) => axis.numeric && axis.unit === column.unit
    && column.numbers.every((value, row) => !data.good(row) || Math.abs(value - data.axisValue(row, index)) <= 1e-9 * Math.abs(value)));

  // The first column that is not the same everywhere, and no axis: potentials where they are free, else currents.
  const firstResult = (data) => {
    const index = data.columns.findIndex((column) => {
      const values = Array.from(column.numbers).filter((value, row) => data.good(row) && Number.isFinite(value));
      return values.length > 0 && !report.isFlat(report.extent(values)) && !isOfAxis(data, column);
    });
    return `column:${Math.max(0, index)}`;
  };

  report.sweep = (sweep) => {
    const data = report.sweepData(sweep);
    const done = sweep.counts.filter((one) => one.name === "done" || one.name === "burst").reduce((total, one) => total + one.count, 0);
    const absent = sweep.counts.find((one) => one.name === "missing")?.count ?? 0;
    return report.element("article", {},
      report.element("p", { class: "soft" }, `sweep, ${sweep.mode} · ${sweep.path} · ${report.fileSize(sweep.bytes)}${sweep.shard ? ` · shard ${sweep.shard}` : ""}${sweep.merged ? " · merged" : ""}${sweep.finished ? "" : " · unfinished"}`),
      report.leftOut(sweep.leftOut),
      report.element("div", { class: "cards", "data-role": "summary" },
        report.card("points", `${sweep.rowCount}${sweep.rowCount < sweep.pointCount ? ` of ${sweep.pointCount}` : ""}`), report.card("done", report.element("span", { class: "good" }, String(done))),
        report.card("failed", report.element("span", { class: sweep.failureCount > 0 ? "bad" : "good" }, String(sweep.failureCount))),
        report.card("missing", report.element("span", { class: absent > 0 ? "warn" : "good" }, String(absent))),
        report.card("axes", sweep.axes.map((axis) => `${axis.name} (${axis.texts.length})`).join(sweep.grid ? " × " : " with ")),
        report.card("points with profiles here", String(data.carried.size))),
      status(sweep), ...explorer(data), report.provenance(sweep.provenance), report.configuration(sweep.config));
  };
})();
