// Lets an expert choose a level instead of typing, and work with the keyboard. Hooks: [data-score-line] around one input
// [data-points] and its levels [data-level="points" data-least data-most].
(() => {
  const lines = [...document.querySelectorAll("[data-score-line]")];
  if (!lines.length) return;
  const inputs = lines.map((line) => line.querySelector("[data-points]"));

  const mark = (line, input) => {
    const points = input.value.trim() === "" ? NaN : Number(input.value);
    for (const level of line.querySelectorAll("[data-level]")) {
      const on = points >= Number(level.dataset.least) && points <= Number(level.dataset.most);
      level.querySelector("button").setAttribute("aria-pressed", String(on));
    }
  };
  lines.forEach((line, index) => {
    const input = inputs[index];
    for (const level of line.querySelectorAll("[data-level]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...level.childNodes);
      level.append(button);
      button.addEventListener("click", () => {
        input.value = level.dataset.level;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    input.addEventListener("input", () => mark(line, input));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        (inputs[index + 1] ?? input.form.elements.for_office).focus();
      } else if (event.altKey && /^Digit[1-4]$/.test(event.code)) {
        // By its place: with Alt (Option) some keyboards write another sign.
        event.preventDefault();
        line.querySelectorAll("[data-level] button")[Number(event.code.at(-1)) - 1]?.click();
      }
    });
    mark(line, input);
  });
})();
