// Sets the reader's own text size and colours before anything is drawn: the one script that must not wait (no defer), else
// the page would be drawn once as usual and jump. What the choices are and who makes them: text-size.js, theme.js.
(() => {
  const root = document.documentElement;
  // Buttons that scripts are going to show keep their place from the first moment (base.css); copying needs a secure address.
  root.dataset.scripted = isSecureContext ? "secure" : "plain";
  try {
    if (localStorage.getItem("text") === "large") root.dataset.text = "large";
    const theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  } catch {
    // storage switched off: as usual
  }
})();
