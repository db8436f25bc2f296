// 大字: switches the root to 125 % and remembers it (as-chosen.js sets it on the next page). Hook: button[data-text-size],
// shown by this script.
(() => {
  const root = document.documentElement;
  const buttons = document.querySelectorAll("[data-text-size]");
  const show = (large) => {
    root.toggleAttribute("data-text", large);
    if (large) root.dataset.text = "large";
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(large)));
  };

  show(root.dataset.text === "large");
  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const large = root.dataset.text !== "large";
      show(large);
      try {
        localStorage.setItem("text", large ? "large" : "normal");
      } catch {
        // storage switched off: the choice lasts for this page
      }
    });
  });
})();
