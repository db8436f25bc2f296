// Keeps sums right while figures are typed; the server computes them again on saving.
// Hooks: output[data-formula="a + b - rows.column"], where a is the control f-a or the output f-a with data-number, and
// rows.column the column's controls in the rows that are not dropped; data-money="{n} 元" writes two decimals.
(() => {
  const outputs = [...document.querySelectorAll("output[data-formula]")];
  if (!outputs.length) return;
  // As portal/typed_numbers.py reads: only thousands in groups of three are joined.
  const number = (text) => {
    const typed = text.replace(/[\s元¥]/g, "");
    return Number(/^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(typed) ? typed.replaceAll(",", "") : typed) || 0;
  };
  const column = (rows, key) =>
    [...document.querySelectorAll(`[data-rows="f-${rows}"] [data-row-list] > tr:not([hidden]) [name^="f-${rows}-"][name$="-${key}"]`)]
      .reduce((sum, control) => sum + number(control.value), 0);
  const value = (key) => {
    const found = document.getElementById(`f-${key}`);
    if (!found) return 0;
    return found.tagName === "OUTPUT" ? number(found.dataset.number) : number(found.value);
  };
  const add = () =>
    outputs.forEach((output) => {
      let sum = 0;
      for (const [, sign, key, part] of output.dataset.formula.matchAll(/([+-]?)\s*([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?/g)) {
        sum += (sign === "-" ? -1 : 1) * (part ? column(key, part) : value(key));
      }
      const { money } = output.dataset;
      const text = sum.toLocaleString("en", money ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : {});
      output.textContent = money ? money.replace("{n}", text) : text;
      if (output.id) output.dataset.number = sum;
    });
  document.addEventListener("input", add);
  document.addEventListener("click", () => setTimeout(add)); // a row may just have been dropped
  add();
})();
