// Before printing, counts the pages of an official document, so that its imprint (版记) can stand at the foot of the last one.
// Hooks: link[data-official-print], the stylesheet for print, used on the screen for the moment of measuring; .official, the
// document, gets data-pages, --pages and --carried: how far the last paragraph moves down, to the next page, where the imprint
// would stand on a page without text. Without script the imprint follows the text.
(() => {
  const sheet = document.querySelector("link[data-official-print]");
  const official = document.querySelector(".official");
  const imprint = official?.querySelector(".imprint");
  const last = official?.querySelector(".official-body > :last-child");
  if (!sheet || !imprint || !last) return;
  const MM = 96 / 25.4;
  const PAGE = 225; // mm of text on a page
  const FREE = PAGE / 22 + 1; // what official-print.css leaves below the imprint

  const count = () => {
    official.removeAttribute("data-pages");
    sheet.media = "all";
    official.style.width = "156mm";
    const { top, height } = official.getBoundingClientRect();
    const above = (element) => (element.getBoundingClientRect().top - top) / MM;
    const pages = Math.ceil((height / MM + FREE) / PAGE);
    const before = (pages - 1) * PAGE;
    const carried = before && above(imprint) <= before ? before - above(last) : 0;
    official.style.removeProperty("width");
    sheet.media = "print";
    official.style.setProperty("--pages", pages);
    official.style.setProperty("--carried", `${carried}mm`);
    official.dataset.pages = pages;
  };

  window.addEventListener("beforeprint", count);
})();
