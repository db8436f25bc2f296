// Shows in locked cells what belongs to the row, while somebody chooses what the row is about; the server fills them in on
// saving. Hooks: tbody[data-given="[[code, {column: text}], …]"][data-given-by="column"] (the column that is chosen), with
// [data-given-cell="column"] in its rows; each of the given rows serves the first row of its code.
(() => {
  const lists = [...document.querySelectorAll("[data-given]")];
  if (!lists.length) return;
  const fill = () =>
    lists.forEach((list) => {
      const left = JSON.parse(list.dataset.given);
      [...list.children].forEach((row) => {
        if (row.hidden) return;
        const code = row.querySelector(`[name$="-${CSS.escape(list.dataset.givenBy)}"]`)?.value;
        const at = left.findIndex(([of]) => code && String(of) === code);
        const [, cells] = at < 0 ? ["", {}] : left.splice(at, 1)[0];
        row.querySelectorAll("[data-given-cell]").forEach((cell) => {
          const text = cells[cell.dataset.givenCell] ?? "—";
          if (cell.textContent !== text) cell.textContent = text;
        });
      });
    });
  document.addEventListener("change", fill);
  document.addEventListener("click", () => setTimeout(fill)); // a row may just have been dropped
  fill();
})();
