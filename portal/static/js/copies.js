// Keeps a shared computer clean of what autosave.js copies into it: what has arrived or is older than a week goes, whoever
// typed it; what could not be saved waits for its owner.
// Hooks: form[data-sign-out]; form[data-autosave], whose own copies autosave-offer.js looks at.
(() => {
  const OLDEST = 7 * 24 * 3600 * 1000;
  const own = document.querySelector("form[data-autosave]")?.dataset.autosave;
  // 0 or undefined in browsers that do not say.
  const status = performance.getEntriesByType("navigation")[0]?.responseStatus;
  const cameFrom = document.referrer && new URL(document.referrer).pathname;

  const { names, read, keep, drop, ready } = unsavedCopies;
  const forgetIf = (over) =>
    names().forEach((key) => {
      const kept = read(key);
      if (!kept || Date.now() - kept.at > OLDEST || over(kept, key)) drop(key);
    });
  const tidy = () =>
    forgetIf((kept, key) => {
      // A form that was sent is answered by this page. What is refused, or left to choose, may never arrive.
      const answered = kept.sent && !kept.refused && kept.from === cameFrom && !(own && key.includes(`:${own}:`));
      if (answered && status >= 400) keep(key, { ...kept, refused: true });
      return answered && status === 200;
    });

  tidy();
  ready.then(tidy); // what only the disk held
  document
    .querySelectorAll("form[data-sign-out]")
    .forEach((form) => form.addEventListener("submit", () => forgetIf((kept) => kept.sent && !kept.refused)));
})();
