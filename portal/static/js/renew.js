// Keeps a part of the page as the server has it now. Hook: [data-renew="seconds"] with an id; [data-renew-by-hand] is for
// those without this script and goes away. It stands before scripts that write into the part, to know what the server sent.
(() => {
  const place = document.querySelector("[data-renew]");
  if (!place) return;
  let last = place.innerHTML;
  for (const link of document.querySelectorAll("[data-renew-by-hand]")) link.hidden = true;
  const renew = async () => {
    const answer = await fetch(location.href, { headers: { "X-Beat": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(place.id);
    // Left alone where nothing has changed, so that nothing flickers on the wall.
    if (!fresh || fresh.innerHTML === last) return;
    last = fresh.innerHTML;
    place.replaceChildren(...fresh.childNodes);
  };
  setInterval(renew, Number(place.dataset.renew) * 1000);
})();
