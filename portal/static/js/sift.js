// Filters a list without reloading: fetches the same address the form would open and puts its result in place.
// Hook: form[data-sift="#id of the result"]; the result's own links with [data-sift-link] or in .pages are fetched too.
(() => {
  document.querySelectorAll("form[data-sift]").forEach((form) => {
    const selector = form.dataset.sift;
    let asked = 0;
    let timer;

    const addressOf = () => {
      const said = new URLSearchParams(new FormData(form));
      [...said.keys()].forEach((name) => said.get(name) || said.delete(name));
      return form.action.split("?")[0] + (said.size ? `?${said}` : "");
    };

    const fill = (search) => {
      const said = new URLSearchParams(search);
      [...form.elements].forEach((control) => {
        if (!control.name) return;
        const value = said.get(control.name) ?? "";
        if (control.type === "radio") control.checked = control.value === value;
        else control.value = value;
      });
    };

    const show = async (address, { push = true, look } = {}) => {
      const mine = ++asked;
      const place = document.querySelector(selector);
      place.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(address, { headers: { Accept: "text/html" } });
        if (!answer.ok) throw new Error(answer.statusText);
        const text = await answer.text();
        if (mine !== asked) return;
        const found = new DOMParser().parseFromString(text, "text/html").querySelector(selector);
        if (!found) throw new Error("no result");
        place.replaceChildren(...found.childNodes);
        if (push) history.pushState(null, "", address);
        look?.scrollIntoView();
      } catch {
        location.assign(address);
      } finally {
        place.removeAttribute("aria-busy");
      }
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      // On a phone the result stands below the window: whoever presses the button is led to it.
      const place = document.querySelector(selector);
      const hidden = place.getBoundingClientRect().top > window.innerHeight / 2;
      show(addressOf(), { look: hidden ? place : undefined });
    });
    form.addEventListener("change", () => {
      clearTimeout(timer);
      show(addressOf());
    });
    form.addEventListener("input", (event) => {
      if (event.target.type !== "search" || event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(() => show(addressOf()), 350);
    });
    document.querySelector(selector).addEventListener("click", (event) => {
      const link = event.target.closest(".pages a, a[data-sift-link]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      fill(new URL(link.href).search);
      show(link.href, { look: form });
    });
    addEventListener("popstate", () => {
      fill(location.search);
      show(location.href, { push: false });
    });
  });
})();
