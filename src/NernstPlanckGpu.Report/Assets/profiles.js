"use strict";
// Profiles at one place of the time (or voltage) axis, four fields, with one slider.
(() => {
  const fields = [
    { key: "concentration", label: "concentration", unit: "mol m-3", perSpecies: true, faces: false },
    { key: "potential", label: "potential", unit: "V", perSpecies: false, faces: false },
    { key: "charge_density", label: "charge density", unit: "C m-3", perSpecies: false, faces: false },
    { key: "flux", label: "flux", unit: "mol m-2 s-1", perSpecies: true, faces: true },
  ];
  report.profileFields = fields;

  // Profiles of one run or one point: places, x, faces, regions, species, and the fields that are there.
  report.profileData = (packed, regions, species) => {
    // A point of a sweep may have cells and places of its own, or may have ended early: there is nothing beyond.
    const x = report.numbers(packed.x), cells = finite(x);
    const shown = fields.filter((field) => packed[field.key]).map((field) => {
      const values = report.numbers(packed[field.key]), lines = field.perSpecies ? species.length : 1;
      return { ...field, lines, values: shortened(values, x.length + (field.faces ? 1 : 0), cells + (field.faces ? 1 : 0)) };
    });
    const place = report.numbers(packed.place);
    const reached = (index) => !Number.isNaN(place[index]) && shown.some((field) => !Number.isNaN(field.values[index * field.lines * (cells + (field.faces ? 1 : 0))]));
    let places = place.length;
    while (places > 0 && !reached(places - 1)) places--;
    return { axis: packed.axis, place: place.subarray(0, places), x: x.subarray(0, cells), face: report.numbers(packed.face).subarray(0, cells + 1), regions, species, fields: shown };
  };

  const finite = (values) => { const end = values.findIndex(Number.isNaN); return end < 0 ? values.length : end; };

  // Lines of `length` numbers cut to `kept`.
  const shortened = (values, length, kept) => {
    if (kept === length) return values;
    const cut = new Float64Array(values.length / length * kept);
    for (let line = 0; line * length < values.length; line++) cut.set(values.subarray(line * length, line * length + kept), line * kept);
    return cut;
  };

  report.fieldPositions = (data, field) => (field.faces ? data.face : data.x);

  report.placeText = (data, index) => `${data.axis} ${report.quantity(data.place[index], data.axis === "voltage" ? "V" : "s")}`;

  // Least and largest value in a view, at one place or at all.
  const rangeOf = (data, field, view, index, log) => {
    const positions = report.fieldPositions(data, field);
    let first = positions.findIndex((x) => x >= view[0]), last = positions.length - 1;
    while (last > 0 && positions[last] > view[1]) last--;
    first = Math.max(0, Math.min(first < 0 ? last : first, last) - 1);
    last = Math.min(positions.length - 1, last + 1);
    let least = Infinity, most = -Infinity;
    const places = index === null ? [...data.place.keys()] : [index];
    for (const place of places) for (let line = 0; line < field.lines; line++) {
      const start = (place * field.lines + line) * positions.length;
      for (let i = start + first; i <= start + last; i++) {
        const value = field.values[i];
        if (log && !(value > 0)) continue;
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
    return [least, most];
  };

  const padded = ([least, most], log) => {
    if (!log || !(least <= most)) return report.padded([least, most]);
    return [Math.log10(least) - 0.1, Math.log10(most) + 0.2];
  };

  const lineName = (data, field, line) => (field.perSpecies ? data.species[line].name : field.label);

  const traces = (data, field, state, number, units) => {
    const positions = report.scaled(report.fieldPositions(data, field), units.xFactor);
    const made = [];
    for (let line = 0; line < field.lines; line++) {
      const start = (state.index * field.lines + line) * positions.length;
      made.push(report.line(lineName(data, field, line), positions, report.scaled(field.values, units.factor, start, positions.length), { x: units.xText, y: units.text }, {
        xaxis: `x${number}`, yaxis: `y${number}`, legendgroup: lineName(data, field, line),
        showlegend: field.perSpecies && data.fields.find((one) => one.perSpecies) === field,
        line: { color: field.perSpecies ? report.palette[line % report.palette.length] : report.palette[7], width: 1.8 },
      }));
    }
    if (field.key === "potential") for (const layer of state.layers) {
      made.push(report.dashed(layer.name, report.scaled(report.numbers(layer.x), units.xFactor), report.scaled(report.numbers(layer.values), units.factor), { x: units.xText, y: units.text },
        { xaxis: `x${number}`, yaxis: `y${number}`, line: { dash: "dash", color: report.palette[6], width: 2 } }));
    }
    return made;
  };

  const figure = (data, state) => {
    const length = data.face[data.face.length - 1];
    const shownX = report.unit("m", state.view[1] - state.view[0] < length / 2 ? state.view[1] - state.view[0] : length);
    const view = state.view.map((x) => x / shownX.factor);
    const wide = state.width > 820;
    const layout = { margin: { t: 46 }, shapes: [], annotations: [] };
    const all = [];
    data.fields.forEach((field, i) => {
      const number = i === 0 ? "" : i + 1;
      const shown = report.unitOf(field.unit, field.values);
      const log = state.log && field.key === "concentration";
      const column = wide ? i % 2 : 0, row = wide ? Math.floor(i / 2) : i, rows = wide ? Math.ceil(data.fields.length / 2) : data.fields.length;
      const gap = 0.14 / Math.max(1, rows - 1);
      const height = (1 - gap * (rows - 1)) / rows;
      const top = 1 - row * (height + gap);
      all.push(...traces(data, field, state, number, { factor: shown.factor, text: shown.text, xFactor: shownX.factor, xText: shownX.text }));
      layout[`xaxis${number}`] = { anchor: `y${number}`, domain: wide ? [column * 0.54, column * 0.54 + 0.46] : [0, 1], range: view, matches: number === "" ? undefined : "x",
        title: row === rows - 1 || (wide && i + 2 >= data.fields.length) ? report.axisTitle("position", shownX.text) : undefined };
      const range = padded(rangeOf(data, field, state.view, state.follow ? state.index : null, log), log);
      layout[`yaxis${number}`] = { anchor: `x${number}`, domain: [Math.max(0, top - height), top], type: log ? "log" : "linear",
        range: range && (log ? range.map((value) => value - Math.log10(shown.factor)) : range.map((value) => value / shown.factor)), title: report.axisTitle(field.label, shown.text) };
      const marks = report.regionMarks(data.regions, shownX.factor, view, [{ x: `x${number}`, y: `y${number}` }]);
      layout.shapes.push(...marks.shapes);
      layout.annotations.push(...marks.annotations);
    });
    return { traces: all, layout };
  };

  const table = (data, state) => {
    const inCells = data.fields.filter((field) => !field.faces), atFaces = data.fields.filter((field) => field.faces);
    const group = (chosen, positions, what) => report.table(`profiles at ${report.placeText(data, state.index)}, ${what}`, [
      report.numberColumn("position", "m", positions),
      ...chosen.flatMap((field) => [...Array(field.lines).keys()].map((line) => {
        const start = (state.index * field.lines + line) * positions.length;
        return report.numberColumn(field.perSpecies ? `${field.label} ${data.species[line].name}` : field.label, field.unit, field.values.subarray(start, start + positions.length));
      })),
    ], positions.length);
    return report.element("div", {}, inCells.length ? group(inCells, data.x, "at the cells") : null, atFaces.length ? group(atFaces, data.face, "at the faces") : null);
  };

  // The slider, its buttons and the plots. `more`: { debye, layers }.
  report.profiles = (data, more = {}) => {
    const last = data.place.length - 1;
    const views = report.views(data.regions, more.debye);
    const membrane = views.find((view) => view.name.endsWith("and its layers"));
    const state = { index: last, view: views[0].range, log: false, follow: true, layers: more.layers ?? [], width: 1200 };
    const host = report.plotHost(data.fields.length > 2 ? 720 : 400);
    const numbers = report.tableDetails("profiles at this place", () => table(data, state));
    const output = report.element("output", {});
    const slider = report.element("input", { type: "range", min: 0, max: last, step: 1, value: last, "aria-label": data.axis, "data-role": "profile-slider" });
    const show = () => {
      state.width = host.clientWidth || 1200;
      if (state.width <= 820 && report.hasPlots) host.style.height = `${data.fields.length * 270}px`;
      const text = report.placeText(data, state.index);
      output.textContent = text;
      slider.setAttribute("aria-valuetext", text);
      const { traces: lines, layout } = figure(data, state);
      report.draw(host, `profiles at ${text}`, lines, layout);
      numbers.refresh();
    };
    const showSoon = report.throttled(show);
    slider.addEventListener("input", () => { state.index = Number(slider.value); showSoon(); });
    const step = (by) => { slider.value = String(Math.min(last, Math.max(0, state.index + by))); state.index = Number(slider.value); show(); };
    const controls = report.element("div", { class: "controls" },
      ...(last > 0 ? [report.element("label", { class: "wide" }, data.axis, slider), output,
        report.element("button", { type: "button", "aria-label": `earlier ${data.axis}`, onclick: () => step(-1) }, "‹"),
        report.element("button", { type: "button", "aria-label": `later ${data.axis}`, onclick: () => step(1) }, "›")] : []),
      report.select("view", views.map((view, i) => [i, view.name]), membrane && more.zoom ? views.indexOf(membrane) : 0, (i) => { state.view = views[i].range; show(); }),
      report.checkbox("logarithmic concentration", false, (on) => { state.log = on; show(); }),
      last > 0 ? report.checkbox(`same scale at every ${data.axis}`, false, (on) => { state.follow = !on; show(); }) : null);
    const block = report.element("div", { "data-role": "profiles" }, controls, host, numbers.details);
    report.whenShown(block, show);
    return block;
  };
})();
