// Adds up the points while they are typed and marks those that cannot count: data-score-total on the form; data-points="full
// points" on the inputs with data-every (one step) and the words data-low, data-high, data-step and data-text; [data-wrong] beside each takes the words;
// data-total on the sum, [data-left-out] is shown while something does not count; links [data-score-left="words with {n}"]
// lead to the first that has no points yet.
for (const form of document.querySelectorAll("[data-score-total]")) {
  const inputs = [...form.querySelectorAll("[data-points]")];
  const total = form.querySelector("[data-total]");
  const leftOut = form.querySelector("[data-left-out]");
  if (!total) continue;

  const fault = ({ value, dataset }) => {
    const text = value.trim();
    if (!text) return "";
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) return dataset.text;
    const [points, full] = [Number(text), Number(dataset.points)];
    if (points < 0) return dataset.low;
    if (points > full) return dataset.high;
    // The full points can always be given, even where they are no multiple of a step.
    return points !== full && points % Number(dataset.every) ? dataset.step : "";
  };
  const mark = (input) => {
    const line = input.parentElement;
    const words = line.querySelector("[data-wrong]");
    const said = fault(input);
    // What the server said was about what stood here before.
    line.querySelector("ul.errorlist")?.remove();
    words.textContent = said;
    words.hidden = !said;
    line.classList.toggle("wrong", Boolean(said));
    for (const [name, value] of [["aria-invalid", "true"], ["aria-describedby", words.id]]) {
      if (said) input.setAttribute(name, value);
      else input.removeAttribute(name);
    }
  };
  const add = () => {
    let sum = 0;
    for (const input of inputs) if (!fault(input)) sum += Math.round(Number(input.value) * 100);
    total.textContent = String(sum / 100);
    leftOut.hidden = !inputs.some(fault);
    const open = inputs.filter((input) => input.value.trim() === "" || fault(input));
    for (const link of form.querySelectorAll("[data-score-left]")) {
      link.hidden = !open.length;
      link.textContent = link.dataset.scoreLeft.replace("{n}", open.length);
      link.hash = open[0]?.id ?? "";
    }
  };
  // At each input: what autosave.js brings from another window does not rise to the form.
  for (const input of inputs) {
    input.addEventListener("input", () => {
      mark(input);
      add();
    });
  }
  // What a browser puts back when a page is opened again is looked at too.
  for (const input of inputs) if (fault(input) && !input.parentElement.querySelector("ul.errorlist")) mark(input);
  add();
}
