// Uploads chosen files at once, in pieces, with progress; goes on where it stopped when the network is back, or when the
// same file is chosen again. Hooks: form[data-uploads="address"] with the words data-upload-going, data-upload-waiting;
// input[type=file][data-upload-field], inside [data-upload] (hidden once the field is full), near [data-uploading] and
// [data-files]. Without this script the files go with the form.
(() => {
  const form = document.querySelector("form[data-uploads]");
  if (!form) return;
  const WAIT = 3000;
  const token = () =>
    document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
  const pause = () =>
    new Promise((go) => {
      const timer = setTimeout(go, WAIT);
      addEventListener("online", () => (clearTimeout(timer), go()), { once: true });
    });
  const headers = () => ({ Accept: "application/json", "X-CSRFToken": token() });
  let queue = Promise.resolve();
  let open = 0;

  // Asks until there is an answer; no network, an expired session and a restarting server are only delays.
  async function ask(address, body, waiting) {
    for (;;) {
      let answer = null;
      try {
        answer = await fetch(address, { method: "POST", body, headers: headers() });
      } catch {
        waiting();
      }
      if (answer?.status === 401) form.dispatchEvent(new CustomEvent("autosave:signed-out"));
      if (answer && answer.status !== 401 && answer.status !== 400 && answer.status < 500) {
        return { ok: answer.ok, ...(await answer.json().catch(() => ({}))) };
      }
      await pause();
    }
  }

  async function upload(file, input) {
    const field = input.closest(".field");
    const row = document.createElement("p");
    const bar = document.createElement("progress");
    const words = document.createElement("span");
    bar.max = Math.max(1, file.size);
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    words.setAttribute("role", "status");
    row.append(bar, words);
    field.querySelector("[data-uploading]").append(row);
    const say = (text, percent) => (words.textContent = text.replace("{name}", file.name).replace("{percent}", percent));
    const waiting = () => say(form.dataset.uploadWaiting, "");
    const refuse = (text) => {
      bar.remove();
      row.className = "errorlist";
      words.setAttribute("role", "alert");
      words.textContent = `${file.name}：${text}`;
    };

    const begun = await ask(
      form.dataset.uploads,
      new URLSearchParams({
        whose: form.elements.whose.value,
        field: input.dataset.uploadField,
        name: file.name,
        size: file.size,
        stamp: file.lastModified,
      }),
      waiting,
    );
    if (!begun.ok) return refuse(begun.message ?? "");
    let told = begun;
    do {
      bar.value = told.received;
      say(form.dataset.uploadGoing, Math.floor((100 * told.received) / bar.max));
      told = await ask(`${begun.address}?at=${told.received}`, file.slice(told.received, told.received + begun.piece), waiting);
      if (!told.ok) return refuse(told.message ?? "");
    } while (!told.done);
    row.remove();
    const holder = document.createElement("template");
    holder.innerHTML = told.item.trim();
    const list = field.querySelector("[data-files]");
    const item = holder.content.firstElementChild;
    // The same file again is already in the list.
    const button = item.querySelector("[name=remove_file]");
    if (!list.querySelector(`[name=remove_file][value="${button.value}"]`)) list.append(item);
    const box = input.closest("[data-upload]");
    box.hidden = told.full;
    input.disabled = told.full;
    return undefined;
  }

  form.querySelectorAll("input[data-upload-field]").forEach((input) => {
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = ""; // they do not go with the form once more
      input.closest(".field").querySelectorAll("[data-uploading] .errorlist").forEach((old) => old.remove());
      files.forEach((file) => {
        open += 1;
        queue = queue.then(() => upload(file, input)).finally(() => (open -= 1));
      });
    });
  });
  // What is sent is sent with its files.
  form.addEventListener(
    "submit",
    (event) => {
      if (!open) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      queue.then(() => form.requestSubmit(submitter ?? undefined));
    },
    { capture: true },
  );
})();
