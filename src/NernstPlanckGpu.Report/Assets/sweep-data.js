"use strict";
// A sweep's points as the page has them: rows with a point, a status, a value on each axis, and columns of results.
(() => {
  report.sweepData = (sweep) => {
    const point = report.numbers(sweep.table.point), status = report.numbers(sweep.table.status);
    const axes = sweep.axes.map((axis) => ({ ...axis, numbers: report.numbers(axis.numbers), length: axis.texts.length }));
    const choice = (row, index) => {
      let rest = point[row];
      if (!sweep.grid) return rest;
      for (let later = axes.length - 1; later > index; later--) rest = Math.floor(rest / axes[later].length);
      return rest % axes[index].length;
    };
    const rowOf = new Map(Array.from(point, (one, row) => [one, row]));
    const carried = new Map((sweep.profiles ? Array.from(report.numbers(sweep.profiles.point)) : []).map((one, i) => [one, i]));
    const good = (row) => status[row] === 0 || status[row] === 8;
    const columns = sweep.table.columns.map((column) => ({ ...column, numbers: report.numbers(column.values) }));
    return { sweep, point, status, axes, choice, rowOf, carried, good, columns, rows: point.length,
      axisValue: (row, index) => (axes[index].numeric ? axes[index].numbers[choice(row, index)] : axes[index].texts[choice(row, index)]),
      statusName: (row) => sweep.statusNames[status[row]],
      describe: (row) => axes.map((axis, index) => `${axis.name} = ${axis.texts[choice(row, index)].replace(/^"|"$/g, "")}`).join(", ") };
  };

  // What is plotted against what: an axis, or a column of results.
  report.sweepQuantity = (data, key) => {
    const [kind, index] = key.split(":");
    if (kind === "axis") {
      const axis = data.axes[index];
      return { name: axis.name, unit: axis.numeric ? axis.unit : "1", numeric: axis.numeric, axis: Number(index), value: (row) => data.axisValue(row, index) };
    }
    const column = data.columns[index];
    return { name: column.name, unit: column.unit, meaning: column.meaning, numeric: true, axis: null, value: (row) => column.numbers[row] };
  };

  report.sweepChoices = (data) => ({
    axes: data.axes.map((axis, i) => [`axis:${i}`, axis.name]),
    columns: data.columns.map((column, i) => [`column:${i}`, column.name]),
  });
})();
