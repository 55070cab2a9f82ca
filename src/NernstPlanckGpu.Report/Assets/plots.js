"use strict";
// Drawing with Plotly. Without it nothing is drawn, and the tables beside are open.
(() => {
  report.hasPlots = typeof Plotly !== "undefined";
  // From the least through nothing to the largest; the same for all signed maps.
  report.signedScale = [[0, "#2166ac"], [0.25, "#92c5de"], [0.5, "#f4f4f4"], [0.75, "#f4a582"], [1, "#b2182b"]];
  report.palette = ["#2f6fdb", "#d9541e", "#2a9d4a", "#9351c4", "#b58900", "#159aa8", "#d13c8a", "#7a7a7a"];

  // Plotly reads some tags and %{…} in texts: they must stay what they are.
  report.plain = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/%\{/g, "%\u200b{");

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const theme = () => ({
    font: { color: color("--text"), family: "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif", size: 12 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    colorway: report.palette,
    margin: { l: 70, r: 40, t: 34, b: 50 },
    hovermode: "closest",
    hoverlabel: { font: { size: 12 } },
    legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 },
    modebar: { orientation: "v", bgcolor: "rgba(0,0,0,0)", color: color("--soft"), activecolor: color("--accent") },
  });

  const axisTheme = () => ({ gridcolor: color("--line"), zerolinecolor: color("--line"), linecolor: color("--soft"), exponentformat: "power", automargin: true });

  const config = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"], toImageButtonOptions: { format: "svg" } };

  const drawn = new Map();

  const themed = (layout) => {
    const full = { ...theme(), ...layout, margin: { ...theme().margin, ...layout.margin }, modebar: { ...theme().modebar, ...layout.modebar } };
    for (const key of Object.keys(layout)) if (/^[xy]axis\d*$/.test(key)) full[key] = { ...axisTheme(), ...(layout[key].type === "log" ? { minor: { showgrid: false }, nticks: 8 } : {}), ...layout[key] };
    return full;
  };

  // Draws or redraws; `label` is what a screen reader says.
  report.draw = (host, label, traces, layout) => {
    if (!report.hasPlots) return;
    const isNew = !drawn.has(host);
    drawn.set(host, { traces, layout });
    host.setAttribute("role", "img");
    host.setAttribute("aria-label", label);
    Plotly.react(host, traces, themed(layout), config);
    if (isNew) requestAnimationFrame(() => Plotly.Plots.resize(host));
  };

  report.plotHost = (height) => {
    const host = report.element("div", { class: "plot", style: `height:${height}px` });
    if (!report.hasPlots) host.hidden = true;
    return host;
  };

  const redraw = () => {
    for (const [host, { traces, layout }] of drawn) if (host.isConnected) Plotly.react(host, traces, themed(layout), config);
  };

  // A change of light and dark, and paper, which is light.
  if (report.hasPlots) {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    addEventListener("beforeprint", () => { document.documentElement.dataset.print = ""; redraw(); });
    addEventListener("afterprint", () => { delete document.documentElement.dataset.print; redraw(); });
  }

  report.axisTitle = (label, unit) => ({ text: report.plain(report.titled(label, unit)), standoff: 8 });

  // A line; hover gives both numbers with their units.
  report.line = (name, x, y, units, more = {}) => ({
    type: "scatter", mode: "lines", name: report.plain(name), x, y,
    hovertemplate: `${report.plain(name)}: %{y:.6~g} ${report.plain(units.y)}<br>at %{x:.6~g} ${report.plain(units.x)}<extra></extra>`,
    ...more,
  });

  report.dashed = (name, x, y, units, more = {}) => report.line(name, x, y, units, { line: { dash: "dash", width: 1.6 }, ...more });

  report.scaled = (values, factor, first = 0, count = values.length - first) => {
    const shown = new Float64Array(count);
    for (let i = 0; i < count; i++) shown[i] = values[first + i] / factor;
    return shown;
  };
})();
