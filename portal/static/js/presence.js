// Tells the server that this form is open and in which part, and shows who else has it open.
// Hooks: form[data-presence="address"] with data-presence-every (seconds); [data-colleagues], drawn by the server.
(() => {
  const form = document.querySelector("form[data-presence]");
  const place = document.querySelector("[data-colleagues]");
  if (!form || !place) return;
  const address = form.dataset.presence;
  const token = () =>
    document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;
  let screen = "";
  form.addEventListener("focusin", (event) => {
    screen = event.target.closest("fieldset.section")?.id ?? screen;
  });

  const body = (more) =>
    new URLSearchParams({ whose: form.elements.whose.value, csrfmiddlewaretoken: token(), screen, ...more });
  const beat = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(address, { method: "POST", body: body({}), headers: { Accept: "application/json", "X-Beat": "1" } });
      if (answer.ok) {
        const { colleagues } = await answer.json();
        if (place.innerHTML.trim() !== colleagues.trim()) place.innerHTML = colleagues;
      }
    } catch {
      // no network: the next beat will tell
    }
  };
  beat();
  setInterval(beat, Number(form.dataset.presenceEvery) * 1000);
  document.addEventListener("visibilitychange", beat);
  addEventListener("pagehide", () => navigator.sendBeacon(address, body({ leaving: "1" })));
})();
