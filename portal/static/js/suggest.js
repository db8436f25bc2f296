// Offers titles while somebody types in the search box: links below it, reached with the arrow keys or Tab.
// Hooks: input[data-suggest="address of the suggestions"], [data-suggestions] to fill. Without this script the box works as it is.
(() => {
  const input = document.querySelector("[data-suggest]");
  const list = document.querySelector("[data-suggestions]");
  if (!input || !list) return;
  const WAIT = 200; // milliseconds after the last key
  let timer;
  let asked = "";

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
  };

  const show = (found) => {
    list.replaceChildren(
      ...found.map(({ title, kind, note, url }) => {
        const link = document.createElement("a");
        link.href = url;
        const name = document.createElement("span");
        name.textContent = title;
        const what = document.createElement("small");
        what.textContent = note || kind;
        link.append(name, what);
        return link;
      }),
    );
    list.hidden = found.length === 0;
  };

  const ask = async () => {
    const typed = input.value.trim();
    asked = typed;
    if (!typed) return close();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      if (answer.ok && asked === typed) show((await answer.json()).suggestions);
    } catch {
      close(); // offline: the box still works
    }
  };

  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });

  const step = (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      input.focus();
      return;
    }
    if (list.hidden || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    const stops = [input, ...list.querySelectorAll("a")];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    stops[(next + stops.length) % stops.length].focus();
  };
  // It lies over what stands below: away with it when somebody goes on to that.
  const leave = ({ relatedTarget }) => {
    if (relatedTarget !== input && !list.contains(relatedTarget)) close();
  };
  input.addEventListener("focusout", leave);
  list.addEventListener("focusout", leave);
  input.addEventListener("keydown", step);
  list.addEventListener("keydown", step);
})();
