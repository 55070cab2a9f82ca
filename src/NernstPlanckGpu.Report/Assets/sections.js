"use strict";
// Parts that runs and sweeps have in common: cards, what is left out, certificate, theory, provenance, configuration.
(() => {
  report.card = (label, ...content) => report.element("div", { class: "card" }, report.element("div", { class: "label" }, label), report.element("div", { class: "value" }, ...content));

  report.leftOut = (sentences) => (sentences.length === 0 ? null : report.element("div", { class: "note", "data-role": "left-out" },
    report.element("strong", {}, "Not everything of the file is in this page: "), report.element("ul", {}, ...sentences.map((sentence) => report.element("li", {}, sentence)))));

  const verdicts = { holds: ["good", "holds"], violated: ["bad", "VIOLATED"], reported: ["soft", "reported only"], unknown: ["warn", "not known"] };

  const verdict = (entry) => { const [style, word] = verdicts[entry.verdict]; return report.element("span", { class: style }, word); };

  report.certificateVerdict = (holds) => (holds === 1 ? report.element("span", { class: "good" }, "holds")
    : holds === 0 ? report.element("span", { class: "bad" }, "VIOLATED") : report.element("span", { class: "warn" }, "not known"));

  report.certificate = ({ holds, entries }) => report.section("Certificate",
    report.element("p", {}, "Invariants that the run checked of itself. All together: ", report.certificateVerdict(holds)),
    report.table("certificate", [
      { label: "check", text: true, name: true, values: (row) => entries[row].name },
      { label: "value", values: (row) => quantity(entries[row].value, entries[row].unit) },
      { label: "limit", values: (row) => quantity(entries[row].limit, entries[row].unit) },
      { label: "verdict", text: true, values: (row) => verdict(entries[row]) },
      { label: "meaning", text: true, values: (row) => entries[row].meaning },
    ], entries.length));

  const quantity = (value, unit) => (value === "infinite" ? "none" : report.quantity(value, unit));

  report.theory = (entries) => (entries.length === 0 ? null : report.section("Theory beside the run",
    report.table("theory", [
      { label: "entry", text: true, name: true, values: (row) => entries[row].name },
      { label: "theory", values: (row) => quantity(entries[row].value, entries[row].unit) },
      { label: "run", values: (row) => quantity(entries[row].computed, entries[row].unit) },
      { label: "run − theory", values: (row) => (typeof entries[row].computed === "number" && typeof entries[row].value === "number"
        ? quantity(entries[row].computed - entries[row].value, entries[row].unit) : "–") },
      { label: "meaning, and why they may differ", text: true, values: (row) => entries[row].meaning },
    ], entries.length)));

  report.membrane = (entries) => (entries.length === 0 ? null : report.section("Membrane: mechanisms and budgets",
    report.element("p", { class: "soft" }, "Per area of the membrane's left face, positive outward, at the end of the run."), report.entryTable("membrane", entries)));

  report.provenance = (entries) => report.section("Provenance", report.entryTable("provenance", entries));

  report.configuration = (text) => report.section("Configuration", report.element("p", { class: "soft" }, "Verbatim, with overrides applied."), report.element("pre", { tabindex: "0" }, text));

  report.fileSize = (bytes) => (bytes >= 1e9 ? `${(bytes / 1e9).toPrecision(3)} GB` : bytes >= 1e6 ? `${(bytes / 1e6).toPrecision(3)} MB` : `${(bytes / 1e3).toPrecision(3)} kB`);

  report.provenanceValue = (entries, name) => entries.find((entry) => entry.name === name)?.value;
})();
