// Asks before a page is left with what was typed and not sent: data-ask-before-leaving on the form; its value is "unsaved"
// where the page came back with something that is not saved yet. Controls inside [data-not-asked] do not count.
for (const form of document.querySelectorAll("[data-ask-before-leaving]")) {
  let unsaved = form.dataset.askBeforeLeaving === "unsaved";
  form.addEventListener("input", (event) => {
    if (!event.target.closest("[data-not-asked]")) unsaved = true;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
