"use strict";
// Units as people read them. A quantity is shown in one unit throughout a plot or a column; numbers have six digits.
(() => {
  const steps = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""], [1e-3, "m"], [1e-6, "µ"], [1e-9, "n"], [1e-12, "p"], [1e-15, "f"], [1e-18, "a"]];
  const prefixed = { m: 1, s: 1, V: 1, Hz: 1e12 };
  const powers = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴" };

  // UDUNITS in print: "mol m-2 s-1" is "mol m⁻² s⁻¹".
  const spell = (unit) => unit.replace(/([A-Za-zΩ])(-?\d)(?= |$)/g, (_, letter, power) => letter + [...power].map((sign) => powers[sign]).join("")).replace(/\bohm\b/g, "Ω");

  // The unit in which numbers of a size are shown: { factor, text }, shown = value / factor.
  report.unit = (unit, size) => {
    if (unit === "mol m-3") return { factor: 1, text: "mM" };
    if (unit === "V") return { factor: 1e-3, text: "mV" };
    if (unit === "1" || unit === "") return { factor: 1, text: "" };
    const largest = prefixed[unit];
    if (!largest) return { factor: 1, text: spell(unit) };
    const magnitude = Math.abs(size);
    const [factor, prefix] = Number.isFinite(magnitude) && magnitude > 0
      ? steps.find(([step]) => step <= largest && magnitude >= step * (1 - 1e-12)) ?? steps[steps.length - 1]
      : [1, ""];
    return { factor, text: prefix + unit };
  };

  report.largest = (values) => {
    let most = 0;
    for (const value of values) if (Number.isFinite(value) && Math.abs(value) > most) most = Math.abs(value);
    return most;
  };

  report.unitOf = (unit, values) => report.unit(unit, report.largest(values));

  // Six significant digits, trailing zeros dropped; words stay words.
  report.digits = (value, count = 6) => {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    if (typeof value === "string") return value;
    if (!Number.isFinite(value)) return value > 0 ? "infinite" : "-infinite";
    if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value);
    const text = Math.abs(value) >= 1e-4 && Math.abs(value) < 10 ** count ? value.toPrecision(count) : value.toExponential(count - 1);
    const [mantissa, exponent] = text.split("e");
    const short = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return exponent === undefined ? short : `${short}e${exponent.replace("+", "")}`;
  };

  // A number with its unit: 0.0697455 V is "-69.7455 mV".
  report.quantity = (value, unit, count = 6) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return report.digits(value);
    const shown = report.unit(unit, value);
    return `${report.digits(value / shown.factor, count)}${shown.text ? " " + shown.text : ""}`;
  };

  // A dataset's name in words: leftConcentration_K is "left concentration K".
  report.words = (name) => name.replace(/^.*\//, "").replace(/([a-z])([A-Z])(?=[a-z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`).replace(/_/g, " ");

  report.titled = (label, text) => (text ? `${label} / ${text}` : label);
})();
