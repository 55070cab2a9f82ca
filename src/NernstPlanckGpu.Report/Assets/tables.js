"use strict";
// Tables. A column is { label, values (array or function of the row), text: true for words, name: true for one that is not broken }.
(() => {
  const page = 100;

  const cell = (column, row) => {
    const value = typeof column.values === "function" ? column.values(row) : column.values[row];
    if (value instanceof Node) return report.element("td", { class: column.text ? null : "number" }, value);
    const isNumber = typeof value === "number" || value === null || value === undefined;
    return report.element("td", { class: column.name ? "name" : column.text ? null : "number" }, isNumber ? report.digits(value) : String(value));
  };

  // The first rows, and a button for more: a million rows would stall the page.
  report.table = (caption, columns, rows, rowAttributes = () => ({})) => {
    const body = report.element("tbody");
    const more = report.element("button", { type: "button", onclick: () => add() });
    let shown = 0;
    const add = () => {
      const end = Math.min(rows, shown + page);
      for (; shown < end; shown++) body.append(report.element("tr", rowAttributes(shown), ...columns.map((column) => cell(column, shown))));
      more.hidden = shown >= rows;
      more.textContent = `more (${shown} of ${rows} shown)`;
    };
    add();
    const head = report.element("thead", {}, report.element("tr", {}, ...columns.map((column) =>
      report.element("th", { scope: "col", class: column.text ? "" : "number", title: column.title }, column.label))));
    return report.element("div", {}, report.element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      report.element("table", { "aria-label": caption }, head, body)), more);
  };

  // Numbers of one unit in a column: the unit is in its head.
  report.numberColumn = (label, unit, values, title) => {
    const shown = report.unitOf(unit, values);
    return { label: report.titled(label, shown.text), title, values: (row) => values[row] / shown.factor };
  };

  // The table behind a plot: made when it is opened; open where there are no plots.
  report.tableDetails = (caption, make) => {
    const details = report.element("details", {}, report.element("summary", {}, `Numbers: ${caption}`));
    let stale = true;
    const fill = () => {
      if (!details.open || !stale) return;
      stale = false;
      while (details.childNodes.length > 1) details.lastChild.remove();
      details.append(make());
    };
    details.addEventListener("toggle", fill);
    details.open = !report.hasPlots;
    fill();
    return { details, refresh: () => { stale = true; fill(); } };
  };

  // Name, value, unit and meaning of single numbers.
  report.entryTable = (caption, entries) => report.table(caption, [
    { label: "name", text: true, name: true, values: (row) => entries[row].name },
    { label: "value", text: entries.some((one) => typeof one.value === "string"), values: (row) => entry(entries[row]) },
    { label: "meaning", text: true, values: (row) => entries[row].meaning },
  ], entries.length);

  const entry = ({ value, unit }) => {
    if (typeof value === "number" && unit.startsWith("seconds since 1970")) return new Date(value * 1000).toISOString().replace("T", " ").replace("Z", " UTC");
    return typeof value === "number" ? report.quantity(value, unit) : value ?? "–";
  };
})();
