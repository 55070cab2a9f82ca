"use strict";
// Space–time maps: one field over position and time.
(() => {
  // Edges of the cells about some centres, half way between them.
  const edges = (centres, log) => {
    const count = centres.length, made = new Float64Array(count + 1);
    const to = log ? Math.log : (value) => value, back = log ? Math.exp : (value) => value;
    for (let i = 1; i < count; i++) made[i] = back((to(centres[i - 1]) + to(centres[i])) / 2);
    made[0] = count > 1 ? back(2 * to(centres[0]) - to(made[1])) : centres[0] - 0.5;
    made[count] = count > 1 ? back(2 * to(centres[count - 1]) - to(made[count - 1])) : centres[0] + 0.5;
    return made;
  };

  report.cellEdges = edges;

  const choices = (data) => data.fields.flatMap((field) => [...Array(field.lines).keys()].map((line) => ({
    field, line, name: field.perSpecies ? `${field.label} ${data.species[line].name}` : field.label,
  })));

  // Rows of the map at the shown places: values, or changes since the first place.
  const rowsOf = (data, { field, line }, places, change, factor) => {
    const length = report.fieldPositions(data, field).length;
    const at = (place, i) => field.values[(place * field.lines + line) * length + i];
    return places.map((place) => Float64Array.from({ length }, (_, i) => (at(place, i) - (change ? at(0, i) : 0)) / factor));
  };

  const figure = (data, state) => {
    const choice = state.choice, log = state.log;
    const places = [...data.place.keys()].filter((place) => !log || data.place[place] > 0);
    const positions = report.fieldPositions(data, choice.field);
    const raw = rowsOf(data, choice, places, state.change, 1);
    const size = Math.max(...raw.map(report.largest));
    const shown = report.unit(choice.field.unit, size);
    const shownX = report.unit("m", state.view[1] - state.view[0]), view = state.view.map((x) => x / shownX.factor);
    const shownY = report.unit(data.axis === "voltage" ? "V" : "s", report.largest(data.place));
    const z = raw.map((row) => row.map((value) => value / shown.factor));
    const signed = state.change || choice.field.key !== "concentration";
    const inView = z.flatMap((row) => [...row].filter((_, i) => positions[i] >= state.view[0] && positions[i] <= state.view[1]));
    const [least, most] = report.extent(inView);
    const bound = Math.max(Math.abs(least), Math.abs(most)) || 1;
    const cellEdges = choice.field.faces ? edges(positions, false) : data.face;
    const ordered = places.length < 2 || data.place[places[1]] >= data.place[places[0]];
    const placeValues = Float64Array.from(places, (place) => data.place[place] / shownY.factor);
    return {
      label: `${state.change ? "change of " : ""}${choice.name} over position and ${data.axis}`,
      traces: [{
        type: "heatmap", x: report.scaled(cellEdges, shownX.factor), y: edges(ordered ? placeValues : placeValues.slice().reverse(), log), z: ordered ? z : z.slice().reverse(),
        colorscale: signed ? report.signedScale : "Viridis", zmin: signed ? -bound : least, zmax: signed ? bound : most,
        colorbar: { title: { text: report.plain(report.titled(choice.name, shown.text)), side: "right" }, exponentformat: "power" },
        hovertemplate: `%{z:.6~g} ${report.plain(shown.text)}<br>position %{x:.6~g} ${shownX.text}<br>${data.axis} %{y:.6~g} ${shownY.text}<extra></extra>`,
      }],
      layout: {
        margin: { t: 24 }, modebar: { orientation: "h" },
        xaxis: { title: report.axisTitle("position", shownX.text), range: view },
        yaxis: { title: report.axisTitle(data.axis, shownY.text), type: log ? "log" : "linear", dtick: log ? 1 : undefined },
        shapes: data.regions.slice(1).map((region) => ({ type: "line", yref: "y domain", x0: region.from / shownX.factor, x1: region.from / shownX.factor, y0: 0, y1: 1, line: { width: 1.2, dash: "dot" } })),
        annotations: report.regionMarks(data.regions, shownX.factor, view, [{ x: "x", y: "y" }]).annotations.map((note) => ({ ...note, yanchor: "bottom" })),
      },
    };
  };

  const table = (data, state) => {
    const { field, line, name } = state.choice;
    const positions = report.fieldPositions(data, field), raw = rowsOf(data, state.choice, [...data.place.keys()], state.change, 1);
    const unit = data.axis === "voltage" ? "V" : "s";
    return report.table(`${name} over position and ${data.axis}`, [
      report.numberColumn("position", "m", positions),
      ...raw.map((row, i) => report.numberColumn(report.quantity(data.place[i], unit, 4), field.unit, row)),
    ], positions.length);
  };

  // The map with its choices. More than one place is needed.
  report.maps = (data, debye) => {
    const list = choices(data), views = report.views(data.regions, debye);
    const places = [...data.place].filter((place) => place > 0);
    const spread = places.length > 4 && places[places.length - 1] / places[0] > 100;
    const state = { choice: list[0], change: list[0].field.key === "concentration", view: views[0].range, log: spread && data.axis === "time" };
    const host = report.plotHost(440);
    const numbers = report.tableDetails("the map", () => table(data, state));
    const show = () => {
      const { label, traces, layout } = figure(data, state);
      report.draw(host, label, traces, layout);
      numbers.refresh();
    };
    const controls = report.element("div", { class: "controls" },
      report.select("field", list.map((choice, i) => [i, choice.name]), 0, (i) => { state.choice = list[i]; show(); }),
      report.checkbox(`change since the first ${data.axis}`, state.change, (on) => { state.change = on; show(); }),
      report.select("view", views.map((view, i) => [i, view.name]), 0, (i) => { state.view = views[i].range; show(); }),
      data.axis === "time" && places.length > 1 ? report.checkbox("logarithmic time", state.log, (on) => { state.log = on; show(); }) : null);
    const block = report.element("div", { "data-role": "map" }, controls, host, numbers.details);
    report.whenShown(block, show);
    return block;
  };
})();
