// A form is sent once: its buttons rest after the first click and the clicked one says so.
// Hook: form[data-once]; data-once="words" replaces the button's text while it is sending.
(() => {
  const resting = new Map();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-once]")) return;
    // After this turn: a disabled button's name would be missing from what is sent.
    setTimeout(() => {
      form.querySelectorAll("button:not([type=button])").forEach((button) => {
        resting.set(button, button.textContent);
        button.disabled = true;
      });
      if (event.submitter && form.dataset.once) event.submitter.textContent = form.dataset.once;
    });
  });

  // Back from the next page: the browser shows this one as it was left.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    resting.forEach((text, button) => {
      button.disabled = false;
      button.textContent = text;
    });
    resting.clear();
  });
})();
