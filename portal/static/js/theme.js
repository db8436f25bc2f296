// 深色: overrides the system's light or dark and remembers it (as-chosen.js sets it on the next page). Hook:
// button[data-theme-switch], shown by this script.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const buttons = document.querySelectorAll("[data-theme-switch]");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const mark = () =>
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(isDark())));

  mark();
  system.addEventListener("change", mark);
  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      mark();
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        // storage switched off: the choice lasts for this page
      }
    });
  });
})();
