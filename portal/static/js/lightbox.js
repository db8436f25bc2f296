// Opens the pictures of a page in one viewer, with the arrow keys, a swipe or the buttons to the next; Back closes it. Hook: a <dialog data-viewer>
// with [data-show], [data-caption-out], [data-step], and any a[data-picture] of the page (href: the large picture; data-caption; data-srcset: its
// sizes, optional). Without this script the links lead to the pictures.
(() => {
  const SWIPE = 48; // pixels

  const dialog = document.querySelector("dialog[data-viewer]");
  const links = [...document.querySelectorAll("a[data-picture]")];
  if (!dialog?.showModal || !links.length) return;
  const image = dialog.querySelector("[data-show]");
  const caption = dialog.querySelector("[data-caption-out]");
  let at = 0;
  let from = null;
  let looking = false; // other steps of the history are none of the viewer's
  const leave = () => {
    looking = false;
    links[at].focus();
  };
  const show = (index) => {
    at = (index + links.length) % links.length;
    image.sizes = "100vw";
    image.srcset = links[at].dataset.srcset ?? "";
    image.src = links[at].href;
    image.alt = links[at].querySelector("img").alt;
    const place = links.length > 1 ? `${at + 1} / ${links.length}` : "";
    caption.textContent = `${links[at].dataset.caption.trim()} ${place}`.trim();
  };

  links.forEach((link, index) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index);
      looking = true;
      dialog.showModal();
      // A step of the history: Back, on a phone a gesture, leaves the picture and not the page.
      history.pushState({ viewer: true }, "");
    }),
  );
  dialog.addEventListener("close", () => {
    if (history.state?.viewer) history.back();
    else leave();
  });
  addEventListener("popstate", () => {
    if (dialog.open) dialog.close();
    else if (looking) leave();
  });

  dialog.querySelectorAll("[data-step]").forEach((button) => {
    button.hidden = links.length < 2;
    button.addEventListener("click", () => show(at + Number(button.dataset.step)));
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) show(at + step);
    if (event.key === "Home") show(0);
    if (event.key === "End") show(links.length - 1);
  });
  image.addEventListener("pointerdown", (event) => {
    // Two fingers, or one over an enlarged picture, look around in it.
    from = event.isPrimary && (window.visualViewport?.scale ?? 1) <= 1.01 ? event.clientX : null;
  });
  dialog.addEventListener("pointerup", (event) => {
    const moved = from === null ? 0 : event.clientX - from;
    from = null;
    if (Math.abs(moved) > SWIPE) show(at - Math.sign(moved));
  });
})();
