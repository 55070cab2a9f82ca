"use strict";
// One point of a sweep: its values, and its profiles and traces where the page has them.
(() => {
  const profilesOf = (data, index) => {
    const packed = data.sweep.profiles, own = packed.points[index];
    return report.profileData({ ...own, axis: packed.axis, place: own.place ?? packed.place, x: own.x ?? packed.x, face: own.face ?? packed.face }, own.regions ?? packed.regions, data.sweep.species);
  };

  const usable = (profile) => profile.fields.length > 0 && profile.place.length > 0;

  const tracesOf = (data, index) => {
    const { traces } = data.sweep.profiles, own = data.sweep.profiles.points[index];
    const axis = report.numbers(own.traceAxis ?? traces.axis.values).filter((value) => !Number.isNaN(value));
    const columns = traces.columns.map((column, i) => ({ ...column, values: own.traces[i] }));
    if (traces.group === "impedance") return report.impedance({ axis: { ...traces.axis, values: own.traceAxis ?? traces.axis.values }, columns });
    return report.traces(traces.axis, axis, columns, [], data.sweep.species);
  };

  const nearest = (data, row) => {
    let best = null;
    for (const point of data.carried.keys()) if (best === null || Math.abs(point - data.point[row]) < Math.abs(best - data.point[row])) best = point;
    return best;
  };

  const missing = (data, row, choose) => {
    if (!data.sweep.profiles) return report.element("p", {}, "The page has profiles of no point.");
    if (!data.good(row)) return null;
    const other = nearest(data, row);
    return report.element("p", {}, "This point's profiles are in the file, and were left out of this page to keep it small. ",
      report.element("button", { type: "button", onclick: () => choose(data.rowOf.get(other)) }, `Show the nearest that is here: point ${other}`));
  };

  const debye = (data, row) => {
    const lengths = data.columns.filter((column) => /^theory\/debyeLength_(?!.*_computed$)/.test(column.name)).map((column) => column.numbers[row]).filter((value) => value > 0);
    return lengths.length > 0 ? Math.max(...lengths) : null;
  };

  report.sweepPoint = (data, row, choose) => {
    const failure = data.sweep.failures.find((one) => one.point === data.point[row]);
    const index = data.carried.get(data.point[row]);
    const block = report.element("div", { "data-role": "point" },
      report.element("h3", {}, `Point ${data.point[row]}: ${data.describe(row)}`),
      report.element("p", {}, "status: ", report.element("span", { class: data.good(row) ? "good" : "bad" }, data.statusName(row)), failure?.message ? ` – ${failure.message}` : ""),
      report.entryTable(`values of point ${data.point[row]}`, data.columns.map((column) => ({ name: column.name, value: column.numbers[row], unit: column.unit, meaning: column.meaning }))));
    if (index === undefined) {
      const note = missing(data, row, choose);
      if (note) block.append(note);
      return block;
    }
    const profile = profilesOf(data, index);
    if (usable(profile)) block.append(report.element("h3", {}, "Profiles"), report.profiles(profile, { debye: debye(data, row) }));
    if (data.sweep.profiles.traces) block.append(report.element("h3", {}, "Traces"), tracesOf(data, index));
    return block;
  };
})();
