// Saves a form two seconds after typing stops, and keeps a copy in this browser one second after it begins, until the
// server has said that it is saved (copies-on-disk.js). Goes on by itself when the network is back or after signing in again.
// Hooks: form[data-autosave="address"] with the fields page and seen, by which saves are merged, and whose with data-copies;
// optional save_count;
// [data-autosave-status] with the words data-saving, data-offline, data-kept, data-full; optional [data-merged],
// [data-left="number"] with the words data-text ("{n}" for it) and data-none, and [data-missing] (a list drawn by the server).
// [data-brought-back] says that what came back is not saved yet, and goes once it is.
// What is mended since the page was drawn is taken out: [data-fault="words"][data-fault-at="input's name"], the list or box around
// the last one, [data-faults="{n} …"] (the heading of a box), [data-faults-in="id"] (how many there are within), .wrong of a field.
// Events on the form: "autosave:signed-out" when the session is gone, "autosave:saved" after each save, "autosave:retry" asks for another attempt.
(() => {
  const form = document.querySelector("form[data-autosave]");
  const status = document.querySelector("[data-autosave-status]");
  if (!form || !status) return;
  const address = form.dataset.autosave;
  // One copy for each person, form and page: whoever else signs in here is not offered it, and no page overwrites what
  // another could not save. Other scripts read them: autosave-offer.js, copies.js.
  const key = `unsaved:${form.elements.whose.dataset.copies}:${address}:${form.elements.page.value}`;
  const SAVE_AFTER = 2000;
  const AT_LATEST = 8000;
  const COPY_AFTER = 1000;
  const RETRY = 10000;
  let saveTimer = 0;
  let copyTimer = 0;
  let firstTouch = 0;
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
  // sent: whether a button was pressed, so that the next page may find that it has arrived; from: the page's address.
  const copy = (sent = false) => {
    clearTimeout(copyTimer);
    copyTimer = 0;
    unsavedCopies.keep(key, { at: Date.now(), sent, from: location.pathname, page: form.elements.page.value, pairs: pairs() });
  };
  const forget = () => {
    clearTimeout(copyTimer);
    copyTimer = 0;
    unsavedCopies.drop(key);
  };
  const later = (wait) => {
    clearTimeout(saveTimer);
    if (!stopped) saveTimer = setTimeout(save, wait);
  };

  // wrong: name → the words that still hold.
  const mend = (wrong) => {
    document.querySelectorAll("[data-fault]").forEach((fault) => {
      if (wrong[fault.dataset.faultAt]?.includes(fault.dataset.fault)) return;
      const list = fault.parentElement;
      const input = fault.id && form.querySelector(`[aria-invalid][aria-describedby~="${fault.id}"]`);
      fault.remove();
      const reasons = input ? input.getAttribute("aria-describedby").split(" ") : [];
      if (input && !reasons.some((id) => document.getElementById(id)?.dataset.fault)) input.removeAttribute("aria-invalid");
      if (!list.children.length) (list.closest(".form-errors") ?? list).remove();
    });
    form.querySelectorAll(".wrong").forEach((field) => {
      if (wrong[field.id.replace(/^field-/, "") || field.querySelector("[name]")?.name]) return;
      field.classList.remove("wrong");
      field.querySelectorAll("ul.errorlist").forEach((list) => list.remove());
      field.querySelectorAll("[aria-invalid]").forEach((input) => input.removeAttribute("aria-invalid"));
    });
    document.querySelectorAll("[data-faults]").forEach((heading) => {
      const left = heading.closest(".form-errors").querySelectorAll("[data-fault]").length;
      heading.textContent = heading.dataset.faults.replace("{n}", left);
    });
    document.querySelectorAll("[data-faults-in]").forEach((badge) => {
      const left = document.getElementById(badge.dataset.faultsIn).querySelectorAll("[data-fault]").length;
      badge.firstElementChild.textContent = left;
      badge.hidden = !left;
    });
  };
  const show = (told) => {
    if (told.seen !== undefined) form.elements.seen.value = told.seen;
    if (told.save_count !== undefined) form.elements.save_count.value = told.save_count;
    Object.entries(told.values ?? {}).forEach(([name, value]) => {
      const control = form.elements[name];
      if (control && "value" in control && control !== document.activeElement && control.value !== value) {
        control.value = value;
        // A group of radio buttons tells nobody.
        control.dispatchEvent?.(new Event("input", { bubbles: false }));
      }
    });
    if (told.wrong) mend(told.wrong);
    const merged = document.querySelector("[data-merged]");
    if (merged) {
      merged.textContent = told.merged ?? "";
      merged.hidden = !told.merged;
    }
    const left = document.querySelector("[data-left]");
    if (left && told.left !== undefined) {
      left.dataset.left = told.left;
      left.textContent = told.left ? left.dataset.text.replace("{n}", told.left) : left.dataset.none;
      document.querySelector("[data-missing]").innerHTML = told.missing;
    }
  };

  async function send() {
    dirty = false;
    firstTouch = 0;
    say(status.dataset.saving);
    const body = new URLSearchParams(pairs()).toString();
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        body,
        // What is typed just before the page is left arrives all the same; browsers take no more than 64 KB so.
        keepalive: document.hidden && body.length < 60000,
        headers: {
          Accept: "application/json",
          "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8",
          "X-CSRFToken": token(),
        },
      });
    } catch {
      dirty = true;
      copy();
      say(status.dataset.offline, true);
      later(RETRY);
      return;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      show(told);
      document.querySelector("[data-brought-back]")?.remove();
      if (dirty) copy();
      else forget();
      say(told.message);
      form.dispatchEvent(new CustomEvent("autosave:saved"));
      return;
    }
    if (told.someone_else) {
      // Another person has signed in on this machine: what stands here is not for his eyes. The copy waits for its owner.
      copy();
      stopped = true;
      location.replace(location.pathname);
      return;
    }
    dirty = true;
    copy();
    if (told.stale) {
      show(told);
      say(told.message, true);
      return;
    }
    const goesOn = answer.status === 401 || answer.status === 403 || answer.status >= 500;
    stopped = !goesOn;
    say(`${told.message ?? ""}${status.dataset.kept}`, true);
    if (answer.status === 401) form.dispatchEvent(new CustomEvent("autosave:signed-out"));
    else later(RETRY);
  }

  async function save() {
    if (!running && dirty) running = send().finally(() => (running = null));
    await running;
    if (dirty && !stopped && !status.classList.contains("bad")) later(SAVE_AFTER);
  }

  const touched = () => {
    dirty = true;
    firstTouch ||= Date.now();
    copyTimer ||= setTimeout(copy, COPY_AFTER);
    // Whoever never pauses is saved as well.
    later(Math.max(0, Math.min(SAVE_AFTER, firstTouch + AT_LATEST - Date.now())));
  };
  form.addEventListener("input", (event) => event.target.type !== "file" && touched());
  form.addEventListener("change", (event) => event.target.type !== "file" && touched());
  form.addEventListener("click", (event) => event.target.closest("[data-row-list] button") && touched());
  form.addEventListener("autosave:retry", () => {
    dirty = true;
    later(0);
  });
  addEventListener("online", () => dirty && later(0));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && dirty) {
      copy();
      save();
    } else if (dirty) later(0);
  });
  addEventListener("pagehide", () => dirty && copy());
  // Back on this page by the browser's own memory: what is still kept as sent may not have arrived.
  addEventListener("pageshow", (event) => {
    const kept = event.persisted && unsavedCopies.read(key);
    if (kept) unsavedCopies.keep(key, { ...kept, refused: true });
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(saveTimer);
    form.elements.csrfmiddlewaretoken.value = token();
    if (running) {
      // A save is under way: what is sent after it must know what it brought.
      event.preventDefault();
      running.then(() => form.requestSubmit(event.submitter ?? undefined));
      return;
    }
    dirty = false;
    copy(true);
  });
})();
