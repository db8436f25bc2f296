// Before printing, counts the pages of an official document, so that its imprint (版记) can stand at the foot of the last one.
// Hooks: link[data-official-print], the stylesheet for print, used on the screen for the moment of measuring; .official, the
// document, gets data-pages and --pages. Without script the imprint follows the text.
(() => {
  const sheet = document.querySelector("link[data-official-print]");
  const official = document.querySelector(".official");
  if (!sheet || !official || !official.querySelector(".imprint")) return;
  const MM = 96 / 25.4;
  const PAGE = 225; // mm of text on a page
  const FREE = PAGE / 22 + 1; // what official-print.css leaves below the imprint

  const count = () => {
    official.removeAttribute("data-pages");
    sheet.media = "all";
    official.style.width = "156mm";
    const height = official.getBoundingClientRect().height / MM;
    official.style.removeProperty("width");
    sheet.media = "print";
    const pages = Math.ceil((height + FREE) / PAGE);
    official.style.setProperty("--pages", pages);
    official.dataset.pages = pages;
  };

  window.addEventListener("beforeprint", count);
})();
