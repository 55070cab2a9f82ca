"use strict";
// The page of a run.
(() => {
  const outcome = (run) => report.element("span", { class: run.good ? "good" : run.outcome === "running" ? "warn" : "bad" }, run.outcome === "done" ? "done" : run.outcomeText);

  const steps = (run) => {
    const accepted = report.provenanceValue(run.provenance, "accepted_steps");
    return typeof accepted === "number" && accepted > 0 ? `${accepted} steps, ` : "";
  };

  const cards = (run) => report.element("div", { class: "cards", "data-role": "summary" },
    report.card("outcome", outcome(run)),
    report.card("certificate", report.certificateVerdict(run.certificate.holds)),
    ...run.summary.map((entry) => report.card(report.words(entry.name), report.quantity(entry.value, entry.unit))),
    ...run.results.map((entry) => report.card(report.words(entry.name), report.quantity(entry.value, entry.unit))),
    report.card("cost", `${steps(run)}${report.quantity(report.provenanceValue(run.provenance, "wall_time"), "s", 3)}`),
    report.card("size", `${run.cells} cells, ${run.species.length} species, ${run.snapshots} snapshot${run.snapshots === 1 ? "" : "s"}`));

  const profiles = (run, data) => report.section("Profiles", report.profiles(data, { debye: report.debyeLength(run.theory), layers: run.overlays.layers ?? [] }));

  const curves = (run) => {
    const samples = report.numbers(run.traces.axis.values);
    if (run.traces.columns.length === 0 || samples.length === 0) return null;
    if (run.traces.group === "iv") return report.section("Current–voltage curve", report.currentVoltage(run));
    if (run.traces.group === "impedance") return report.section("Impedance", report.impedance(run.traces));
    return report.section("Traces", report.traces(run.traces.axis, samples, run.traces.columns, run.theory, run.species));
  };

  report.run = (run) => {
    const data = run.profiles ? report.profileData(run.profiles, run.regions, run.species) : null;
    return report.element("article", {},
      report.element("p", { class: "soft" }, `${run.mode} · ${run.path} · ${report.fileSize(run.bytes)}${run.finished ? "" : " · unfinished"}`),
      run.detail ? report.element("div", { class: "note" }, run.detail) : null,
      report.leftOut(run.leftOut), cards(run),
      run.overlays.missing ? report.element("div", { class: "note" }, run.overlays.missing) : null,
      run.mode === "iv" || run.mode === "impedance" ? curves(run) : null,
      data ? profiles(run, data) : report.section("Profiles", report.element("p", {}, run.snapshots === 0 ? "The file has no snapshot yet." : "They are not in this page; see above.")),
      run.mode === "iv" || run.mode === "impedance" ? null : curves(run),
      data && data.place.length > 1 ? report.section(`Map over position and ${data.axis}`, report.maps(data, report.debyeLength(run.theory))) : null,
      report.theory(run.theory), report.membrane(run.membrane), report.certificate(run.certificate), report.provenance(run.provenance), report.configuration(run.config));
  };
})();
