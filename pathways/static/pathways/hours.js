/* The table of hours: Enter goes down, a pasted column fills down, the total follows. The page works without it. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-hours]");
  if (!form) return;
  const cells = [...form.querySelectorAll("input[data-column]")];
  const output = form.querySelector("[data-hours-total]");

  const number = (text) => Number(text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".")) || 0;
  const below = (cell) => cells.filter((each) => each.dataset.column === cell.dataset.column);
  const rowOf = (cell) => [...cell.closest("tr").querySelectorAll("input[data-column]")];

  function total() {
    const sum = cells.reduce((all, cell) => all + number(cell.value), 0);
    output.textContent = String(Math.round(sum * 100) / 100).replace(".", ",");
  }

  form.addEventListener("input", total);
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-column]")) event.target.select();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input[data-column]")) return;
    event.preventDefault();
    const column = below(event.target);
    const next = column[column.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    if (next) next.focus();
    else if (!event.shiftKey) form.querySelector("button[type=submit]").focus();
  });
  form.addEventListener("paste", (event) => {
    if (!event.target.matches("input[data-column]")) return;
    const text = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n+$/, "");
    if (!/[\n\t]/.test(text)) return;
    event.preventDefault();
    const column = below(event.target);
    const first = column.indexOf(event.target);
    const across = rowOf(event.target).indexOf(event.target);
    text.split("\n").forEach((line, down) => {
      const start = column[first + down];
      if (!start) return;
      const row = rowOf(start);
      line.split("\t").forEach((value, right) => {
        const cell = row[across + right];
        if (cell) cell.value = value.trim();
      });
    });
    total();
  });
  total();
})();
