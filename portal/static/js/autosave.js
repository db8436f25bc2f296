// Saves a form two seconds after typing stops. Without network or session the text is kept in this browser, and
// autosave-offer.js offers it back when the page opens again. Hooks: form[data-autosave="address"] with a field
// save_count; [data-autosave-status] with the words data-saving, data-offline, data-kept.
(() => {
  const form = document.querySelector("form[data-autosave]");
  const status = document.querySelector("[data-autosave-status]");
  if (!form || !status) return;
  const address = form.dataset.autosave;
  const key = `unsaved:${address}`;
  const count = form.elements.save_count;
  const WAIT = 2000;
  const RETRY = 20000;
  let timer = 0;
  let dirty = false;
  let running = null;
  let stopped = false;

  const say = (words, bad = false) => {
    status.textContent = words;
    status.classList.toggle("bad", bad);
  };
  const pairs = () =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  // The cookie is right even when somebody signed in anew in another window.
  const token = () =>
    document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
  // sent: the number of the save that a press of a button builds on; null while nobody pressed one.
  const keep = (sent = null) => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, pairs: pairs() }));
    } catch {
      // storage full or switched off: the text is still in the form
    }
  };
  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      // as above
    }
  };
  const later = (wait) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, wait);
  };

  async function send() {
    dirty = false;
    say(status.dataset.saving);
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams(pairs()),
        headers: { Accept: "application/json", "X-CSRFToken": token() },
      });
    } catch {
      dirty = true;
      keep();
      say(status.dataset.offline, true);
      later(RETRY);
      return;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      count.value = told.save_count;
      forget();
      say(told.message);
    } else {
      dirty = true;
      stopped = answer.status !== 401 && answer.status < 500;
      keep();
      say(`${told.message ?? ""}${status.dataset.kept}`, true);
      later(RETRY);
    }
  }

  async function save() {
    if (!running && dirty) running = send().finally(() => (running = null));
    await running;
    if (dirty && !stopped && !status.classList.contains("bad")) later(WAIT);
  }

  const touched = () => {
    dirty = true;
    later(WAIT);
  };
  form.addEventListener("input", (event) => event.target.type !== "file" && touched());
  form.addEventListener("click", (event) => event.target.closest("[data-row-list] button") && touched());
  addEventListener("online", () => dirty && later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && dirty) {
      keep();
      save();
    }
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    form.elements.csrfmiddlewaretoken.value = token();
    if (running) {
      // A save is under way: what is sent after it must know its number.
      event.preventDefault();
      running.then(() => form.requestSubmit(event.submitter ?? undefined));
      return;
    }
    dirty = false;
    keep(count.value);
  });
})();
