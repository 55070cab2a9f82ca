"use strict";
// What every part of the page uses: the payload, its arrays, and elements. Each file adds its functions to `report`.
const report = {};

(() => {
  report.payload = () => JSON.parse(document.getElementById("payload").textContent);

  // Arrays are base64, in its variant for addresses, of little-endian numbers: f64 or f32.
  report.numbers = (packed) => {
    if (!packed) return null;
    if (packed.cache) return packed.cache;
    const text = atob((packed.f64 ?? packed.f32).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    packed.cache = packed.f64 !== undefined ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
    return packed.cache;
  };

  // An element; text always goes in as text, never as HTML.
  report.element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  };

  let next = 0;
  report.id = (stem) => `${stem}-${++next}`;

  // A labelled choice: options are [value, text].
  report.select = (label, options, chosen, change) => {
    const list = report.element("select", { "aria-label": label, onchange: () => change(list.value) },
      ...options.map(([value, text]) => report.element("option", { value, selected: String(value) === String(chosen) }, text)));
    return report.element("label", {}, `${label} `, list);
  };

  report.checkbox = (label, checked, change) => {
    const box = report.element("input", { type: "checkbox", checked, onchange: () => change(box.checked) });
    return report.element("label", {}, box, label);
  };

  // A section with a heading that the page's list of contents finds.
  report.section = (title, ...children) =>
    report.element("section", { id: report.id("part"), "data-title": title }, report.element("h2", {}, title), ...children);

  // Runs at most once per frame, with the newest arguments.
  report.throttled = (action) => {
    let waiting = null;
    return (...args) => {
      if (waiting === null) requestAnimationFrame(() => { const now = waiting; waiting = null; action(...now); });
      waiting = args;
    };
  };

  // Values that differ by rounding alone.
  report.isFlat = ([least, most]) => most - least <= 1e-9 * Math.max(Math.abs(least), Math.abs(most));

  // A range with some room; what differs by rounding alone is drawn as constant.
  report.padded = ([least, most]) => {
    if (!(least <= most)) return undefined;
    const size = Math.max(Math.abs(least), Math.abs(most));
    const span = report.isFlat([least, most]) ? 0 : most - least;
    const pad = span * 0.08 || size * 0.05 || 1;
    return [least - pad, most + pad * (span > 0 ? 2 : 1)];
  };

  report.extent = (values, from = 0, to = values.length) => {
    let least = Infinity, most = -Infinity;
    for (let i = from; i < to; i++) {
      const value = values[i];
      if (value < least) least = value;
      if (value > most) most = value;
    }
    return [least, most];
  };
})();

(() => {
  // Drawing waits until its block is on the page and has a width; then one block per frame, so that the page answers meanwhile.
  const waiting = [];
  let running = false;
  const next = () => {
    const { block, show } = waiting.shift();
    if (block.isConnected) show();
    running = waiting.length > 0;
    if (running) requestAnimationFrame(next);
    else document.documentElement.dataset.ready = "";
  };
  report.whenShown = (block, show) => {
    waiting.push({ block, show });
    delete document.documentElement.dataset.ready;
    if (running) return;
    running = true;
    requestAnimationFrame(next);
  };
})();
