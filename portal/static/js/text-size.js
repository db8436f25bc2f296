// 大字: switches the root to 125 % and remembers it. Hook: button[data-text-size], shown by this script.
(() => {
  const root = document.documentElement;
  const buttons = document.querySelectorAll("[data-text-size]");
  const read = () => {
    try {
      return localStorage.getItem("text");
    } catch {
      return null; // storage switched off: the choice lasts for this page
    }
  };
  const show = (large) => {
    root.toggleAttribute("data-text", large);
    if (large) root.dataset.text = "large";
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(large)));
  };

  show(read() === "large");
  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const large = root.dataset.text !== "large";
      show(large);
      try {
        localStorage.setItem("text", large ? "large" : "normal");
      } catch {
        // as above
      }
    });
  });
})();
