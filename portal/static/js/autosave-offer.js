// Offers back what autosave.js kept in this browser when it could not be saved, to the person who typed it; one after the other.
// Hooks: form[data-autosave="address"] with the fields page and whose (data-copies), data-saved-from the page that saved last;
// [data-autosave-offer] with a [data-offer-at] and the buttons [data-offer-restore] and [data-offer-drop]; none on a page that
// shows what came back.
(async () => {
  const form = document.querySelector("form[data-autosave]");
  const offer = document.querySelector("[data-autosave-offer]");
  if (!form) return;
  const all = `unsaved:${form.elements.whose.dataset.copies}:${form.dataset.autosave}:`;
  const own = all + form.elements.page.value;
  const OLDEST = 7 * 24 * 3600 * 1000;
  const NOT_TYPED = ["csrfmiddlewaretoken", "save_count", "seen", "page", "whose"];

  const typed = (pairs) => JSON.stringify(pairs.filter(([name]) => !NOT_TYPED.includes(name)));
  const shown = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const { names, read, keep, drop } = unsavedCopies;
  await unsavedCopies.ready;
  // What was sent has arrived when the entry was last saved from that page, or shows the very same: saving what had
  // been saved already does not count.
  const arrived = (kept) =>
    (kept.sent && kept.page && kept.page === form.dataset.savedFrom) || typed(kept.pairs) === typed(shown());

  // What has been filled in again stays until it is saved from here; a page that shows it offers nothing.
  const fillIn = (key) => {
    const kept = read(key);
    if (!kept || offer) return;
    keep(own, { ...kept, sent: false, refused: false, page: form.elements.page.value });
    drop(key);
  };
  const waiting = () =>
    names()
      .filter((key) => key.startsWith(all) && key !== own)
      .map((key) => ({ key, kept: read(key) }))
      .filter(({ key, kept }) => {
        const stays = kept && Date.now() - kept.at <= OLDEST && !arrived(kept);
        if (!stays) drop(key);
        return stays;
      })
      .sort((one, other) => other.kept.at - one.kept.at);

  let left = [];
  try {
    const restored = sessionStorage.getItem("restored");
    if (restored?.startsWith(all)) {
      sessionStorage.removeItem("restored");
      fillIn(restored);
    }
    if (offer) left = waiting();
  } catch {
    // storage switched off or full: nothing to offer
  }

  const show = () => {
    offer.hidden = !left.length;
    if (offer.hidden) return;
    offer.querySelector("[data-offer-at]").textContent = new Date(left[0].kept.at).toLocaleString(
      document.documentElement.lang,
      { dateStyle: "long", timeStyle: "short" },
    );
  };
  if (!left.length) return;
  show();
  offer.querySelector("[data-offer-drop]").addEventListener("click", () => {
    drop(left.shift().key);
    show();
  });
  // The server draws the form again with what was kept, rows included; it is saved when the person says so.
  offer.querySelector("[data-offer-restore]").addEventListener("click", () => {
    const [{ key, kept }] = left;
    const again = document.createElement("form");
    again.method = "post";
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
    // Whose page it is says the present page: the mark of the one that was left may be too old.
    const typedThere = kept.pairs.filter(([name]) => name !== "whose");
    const now = [
      ["csrfmiddlewaretoken", token],
      ["whose", form.elements.whose.value],
      ["restore", "1"],
    ];
    [...typedThere, ...now].forEach(([name, value]) => {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      again.append(field);
    });
    again.hidden = true;
    document.body.append(again);
    sessionStorage.setItem("restored", key);
    again.submit();
  });
})();
