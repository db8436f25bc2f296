// Copies a text. Hook: button[data-copy="the text"], shown by this script; data-done="words" is shown for two seconds.
(() => {
  // Plain http, as inside many a campus, has no clipboard of its own: there the old way.
  const by_selection = (text) => {
    const place = document.createElement("textarea");
    place.value = text;
    place.className = "visually-hidden w-sr-only";
    place.readOnly = true;
    document.body.append(place);
    place.select();
    const done = document.execCommand("copy");
    place.remove();
    return done;
  };
  const copy = async (text) => {
    if (!navigator.clipboard) return by_selection(text);
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => by_selection(text),
    );
  };
  document.querySelectorAll("[data-copy]").forEach((button) => {
    const words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const done = await copy(button.dataset.copy);
      button.focus();
      if (!done) return;
      button.textContent = button.dataset.done || words;
      setTimeout(() => (button.textContent = words), 2000);
    });
  });
})();
