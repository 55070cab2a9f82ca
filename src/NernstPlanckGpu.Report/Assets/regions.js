"use strict";
// Regions behind profiles and maps, and the stretches of the x axis that are worth a look.
(() => {
  // Shaded and named regions; membranes in their own colour.
  report.regionMarks = (regions, factor, view, axisNames) => {
    const style = getComputedStyle(document.documentElement);
    const shapes = [], annotations = [];
    regions.forEach((region, index) => {
      const from = Math.max(region.from / factor, view[0]), to = Math.min(region.to / factor, view[1]);
      if (from >= to) return;
      axisNames.forEach(({ x, y }) => {
        if (region.membrane || index % 2 === 1) {
          shapes.push({ type: "rect", layer: "below", xref: x, yref: `${y} domain`, x0: from, x1: to, y0: 0, y1: 1, line: { width: 0 },
            fillcolor: style.getPropertyValue(region.membrane ? "--membrane" : "--region").trim() });
        }
        if (index > 0 && region.from / factor > view[0])
          shapes.push({ type: "line", layer: "below", xref: x, yref: `${y} domain`, x0: from, x1: from, y0: 0, y1: 1, line: { width: 1, dash: "dot", color: style.getPropertyValue("--soft").trim() } });
        const width = (to - from) / (view[1] - view[0]);
        if (width > 0.05) annotations.push({ xref: x, yref: `${y} domain`, x: (from + to) / 2, y: 1, yanchor: "top", showarrow: false,
          text: report.plain(shorten(region.name, width)), font: { size: 11, color: style.getPropertyValue("--soft").trim() } });
      });
    });
    return { shapes, annotations };
  };

  // A name as long as there is room: about 60 letters to a plot's width.
  const shorten = (name, width) => {
    const room = Math.max(3, Math.floor(width * 60));
    return name.length <= room ? name : `${name.slice(0, room - 1)}…`;
  };

  // Views: all, the membrane, each interface with some Debye lengths on both sides. `debye` is in metres, or null.
  report.views = (regions, debye) => {
    const all = [regions[0].from, regions[regions.length - 1].to];
    const span = all[1] - all[0];
    const layer = Math.min(span / 4, debye ? 4 * debye : span / 40);
    const within = ([from, to]) => [Math.max(all[0], from), Math.min(all[1], to)];
    const views = [{ name: "everything", range: all }];
    for (const region of regions.filter((one) => one.membrane))
      views.push({ name: `${region.name} and its layers`, range: within([region.from - 2 * layer, region.to + 2 * layer]) });
    for (let i = 1; i < regions.length; i++)
      views.push({ name: `${regions[i - 1].name} | ${regions[i].name}`, range: within([regions[i].from - layer, regions[i].from + layer]) });
    views.push({ name: "left end", range: [all[0], all[0] + layer] }, { name: "right end", range: [all[1] - layer, all[1]] });
    return views;
  };

  // The smallest Debye length among theory's values, m.
  report.debyeLength = (theory) => {
    const lengths = theory.filter((entry) => entry.name.startsWith("debyeLength_")).map((entry) => entry.value).filter((value) => typeof value === "number" && value > 0);
    return lengths.length > 0 ? Math.max(...lengths) : null;
  };
})();
