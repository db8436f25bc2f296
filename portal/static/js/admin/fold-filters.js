// On a narrow screen the filters of a register start folded, so that the list comes first. Hook: details[data-fold-filters].
if (window.matchMedia("(width < 50em)").matches) {
  for (const filters of document.querySelectorAll("details[data-fold-filters]")) filters.open = false;
}
