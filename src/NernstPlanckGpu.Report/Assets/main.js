"use strict";
// Starts the page: a file is chosen, its parts are made and listed.
(() => {
  const payload = report.payload();
  const head = document.getElementById("head"), main = document.getElementById("main");

  const contents = () => report.element("nav", { class: "sections", "aria-label": "parts of this page" },
    ...[...main.querySelectorAll("section[data-title]")].map((section) => report.element("a", { href: `#${section.id}` }, section.dataset.title)));

  const show = (index) => {
    const file = payload.files[index];
    document.title = `${file.title || file.path} – NernstPlanckGpu`;
    main.replaceChildren(file.kind === "run" ? report.run(file) : report.sweep(file));
    head.replaceChildren(...[
      report.element("h1", {}, file.title || file.path),
      payload.files.length > 1 ? report.element("p", {}, report.select("file", payload.files.map((one, i) => [i, one.path]), index, (i) => show(Number(i)))) : null,
      payload.noPlots ? report.element("div", { class: "note", "data-role": "no-plots" }, `This page has tables and no plots: ${payload.noPlots}`) : null,
      contents()].filter((part) => part !== null));
  };

  show(0);
  document.body.append(report.element("footer", {}, `Made ${payload.made} by NernstPlanckGpu ${payload.program}${payload.command ? `: ${payload.command}` : ""}. Left is inside, right is outside; currents and fluxes count positive from left to right. Numbers have six digits.`));
})();
