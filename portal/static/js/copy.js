// Copies a text. Hook: button[data-copy="the text"], shown by this script; data-done="words" is shown for two seconds.
(() => {
  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return; // only on secure addresses
    const words = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done || words;
      setTimeout(() => (button.textContent = words), 2000);
    });
  });
})();
