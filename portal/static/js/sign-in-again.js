// Lets a person sign in again without leaving the form he is filling in. Hooks: dialog[data-sign-in-again] with a form of
// the fields login (his own name, fixed) and password (none for who comes in by another door), data-failed, data-offline, [data-sign-in-error] and buttons
// [data-sign-in-later]; form[data-autosave], which says "autosave:signed-out" and "autosave:saved" and listens to "autosave:retry";
// [data-sign-in-open] opens the dialog again.
(() => {
  const dialog = document.querySelector("dialog[data-sign-in-again]");
  const typing = document.querySelector("form[data-autosave]");
  if (!dialog || !typing) return;
  const form = dialog.querySelector("form");
  const error = dialog.querySelector("[data-sign-in-error]");
  const opener = document.querySelector("[data-sign-in-open]");
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

  const open = () => {
    if (!dialog.open) dialog.showModal();
  };
  const done = () => {
    dialog.close();
    if (opener) opener.hidden = true;
  };
  const tell = (words) => {
    error.textContent = words;
    error.hidden = !words;
  };
  typing.addEventListener("autosave:signed-out", () => {
    if (opener) opener.hidden = false;
    open();
  });
  // He is signed in again, wherever he did it.
  typing.addEventListener("autosave:saved", done);
  opener?.addEventListener("click", open);
  dialog.querySelector("[data-sign-in-later]").addEventListener("click", () => dialog.close());
  // Signed in again in another window: try at once.
  addEventListener("focus", () => opener && !opener.hidden && typing.dispatchEvent(new CustomEvent("autosave:retry")));

  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell("");
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token() },
      });
    } catch {
      tell(dialog.dataset.offline);
      return;
    }
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) {
      tell(told.form?.errors?.[0] ?? dialog.dataset.failed);
      form.elements.password.select();
      return;
    }
    form.elements.password.value = "";
    done();
    typing.dispatchEvent(new CustomEvent("autosave:retry"));
  });
})();
