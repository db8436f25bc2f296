// Counts what is typed as Python does: code points, a line break as one, blank ends left out.
// Hook: [data-counter="id of the control"] with data-limit, optional data-least,
// and data-text="已写 {n} / {limit} 字". The browser's own maxlength would cut pasted text silently: it is taken off.
(() => {
  document.querySelectorAll("[data-counter]").forEach((output) => {
    const control = document.getElementById(output.dataset.counter);
    if (!control) return;
    const limit = Number(output.dataset.limit) || 0;
    const least = Number(output.dataset.least) || 0;
    const count = () => {
      const n = [...control.value.trim().replace(/\r\n?/g, "\n")].length;
      output.textContent = output.dataset.text.replace("{n}", n).replace("{limit}", limit);
      output.classList.toggle("over", (limit > 0 && n > limit) || (n > 0 && n < least));
    };
    control.removeAttribute("maxlength");
    control.addEventListener("input", count);
    count();
  });
})();
