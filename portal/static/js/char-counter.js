// Counts what is typed as the server does (engine/reading.py, length): signs as people see them, a line break as one,
// blank ends left out. Marks and skin colours stand on the sign before, a joiner ties two pictures together, two letters are a
// flag; beyond three marks or five pictures each counts.
// Hook: [data-counter="id of the control"] with data-limit, optional data-least,
// and data-text="已写 {n} / {limit} 字". The browser's own maxlength would cut pasted text silently: it is taken off.
// In a table: [data-cell-counter] with data-limit and data-text, hidden beside its control; it shows while the room in the
// cell somebody types in runs out, and wherever a text is too long. Rows may come later.
(() => {
  const STANDS_ON = /[\p{M}\u{1F3FB}-\u{1F3FF}]/u;
  const FLAG = /[\u{1F1E6}-\u{1F1FF}]/u;
  const PICTURE = /\p{So}/u;
  const MOST_MARKS = 3;
  const MOST_JOINS = 4;
  const length = (text) => {
    let [n, marks, joins, flags] = [0, 0, 0, 0];
    let [picture, joined] = [false, false];
    for (const sign of text.replace(/\r\n?/g, "\n").normalize("NFC")) {
      if (FLAG.test(sign)) {
        flags += 1;
        n += flags % 2;
        picture = joined = false;
        continue;
      }
      flags = 0;
      if (sign === "\u200D") {
        joins += 1;
        joined = picture && joins <= MOST_JOINS;
        n += joined ? 0 : 1;
      } else if (STANDS_ON.test(sign)) {
        marks += 1;
        n += marks > MOST_MARKS ? 1 : 0;
      } else {
        picture = PICTURE.test(sign);
        if (!(joined && picture)) [n, joins] = [n + 1, 0];
        [marks, joined] = [0, false];
      }
    }
    return n;
  };
  document.querySelectorAll("[data-counter]").forEach((output) => {
    const control = document.getElementById(output.dataset.counter);
    if (!control) return;
    const limit = Number(output.dataset.limit) || 0;
    const least = Number(output.dataset.least) || 0;
    const count = () => {
      const n = length(control.value.trim());
      output.textContent = output.dataset.text.replace("{n}", n).replace("{limit}", limit);
      output.classList.toggle("over", (limit > 0 && n > limit) || (n > 0 && n < least));
    };
    control.removeAttribute("maxlength");
    control.addEventListener("input", count);
    count();
  });
  const NEARLY = 0.7;
  const countCell = (control, here) => {
    const output = control.closest?.("td")?.querySelector("[data-cell-counter]");
    if (!output) return;
    const limit = Number(output.dataset.limit);
    const n = length(control.value.trim());
    output.textContent = output.dataset.text.replace("{n}", n).replace("{limit}", limit);
    output.classList.toggle("over", n > limit);
    output.hidden = n <= limit && !(here && n > limit * NEARLY);
  };
  document.addEventListener("focusin", ({ target }) => countCell(target, true));
  document.addEventListener("input", ({ target }) => countCell(target, target === document.activeElement));
  document.addEventListener("focusout", ({ target }) => countCell(target, false));
  document.querySelectorAll("[data-cell-counter]").forEach((output) => {
    const control = output.closest("td").querySelector("input, textarea");
    if (control) countCell(control, false);
  });
})();
