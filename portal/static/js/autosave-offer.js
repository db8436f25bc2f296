// Offers back what autosave.js kept in this browser when it could not be saved, to the person who typed it.
// Hooks: form[data-autosave="address"] with the fields page and whose, data-saved-from the page that saved last;
// [data-autosave-offer] with a [data-offer-at] and the buttons [data-offer-restore] and [data-offer-drop].
(() => {
  const form = document.querySelector("form[data-autosave]");
  const offer = document.querySelector("[data-autosave-offer]");
  if (!form || !offer) return;
  const key = `unsaved:${form.elements.whose.value}:${form.dataset.autosave}`;
  const OLDEST = 7 * 24 * 3600 * 1000;
  const NOT_TYPED = ["csrfmiddlewaretoken", "save_count", "seen", "page", "whose"];

  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      // storage switched off: nothing was kept
    }
  };
  const typed = (pairs) => JSON.stringify(pairs.filter(([name]) => !NOT_TYPED.includes(name)));
  const shown = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");

  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(key));
  } catch {
    // unreadable: forgotten below
  }
  // What was sent has arrived when the entry was last saved from that page, or shows the very same: saving what had
  // been saved already does not count.
  const arrived =
    kept && ((kept.sent && kept.page && kept.page === form.dataset.savedFrom) || typed(kept.pairs) === typed(shown()));
  if (!kept || arrived || Date.now() - kept.at > OLDEST) {
    forget();
    return;
  }
  offer.querySelector("[data-offer-at]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, {
    dateStyle: "long",
    timeStyle: "short",
  });
  offer.hidden = false;
  offer.querySelector("[data-offer-drop]").addEventListener("click", () => {
    forget();
    offer.hidden = true;
  });
  // The server draws the form again with what was kept, rows included; it is saved when the person says so.
  offer.querySelector("[data-offer-restore]").addEventListener("click", () => {
    const again = document.createElement("form");
    again.method = "post";
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
    [...kept.pairs, ["csrfmiddlewaretoken", token], ["restore", "1"]].forEach(([name, value]) => {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      again.append(field);
    });
    again.hidden = true;
    document.body.append(again);
    forget();
    again.submit();
  });
})();
