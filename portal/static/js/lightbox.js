// Opens the pictures of a gallery in a dialog, with the arrow keys, a swipe or the buttons to the next. Hook: [data-gallery]
// holding a[data-picture] (href: the large picture; data-caption; data-srcset: its sizes, optional) and a <dialog> with [data-show], [data-caption-out],
// [data-step]. Without this script the links lead to the pictures.
(() => {
  const SWIPE = 48; // pixels

  document.querySelectorAll("[data-gallery]").forEach((gallery) => {
    const links = [...gallery.querySelectorAll("a[data-picture]")];
    const dialog = gallery.querySelector("dialog");
    if (!dialog?.showModal) return;
    const image = dialog.querySelector("[data-show]");
    const caption = dialog.querySelector("[data-caption-out]");
    let at = 0;
    let from = null;
    const show = (index) => {
      at = (index + links.length) % links.length;
      image.sizes = "100vw";
      image.srcset = links[at].dataset.srcset ?? "";
      image.src = links[at].href;
      image.alt = links[at].querySelector("img").alt;
      const place = links.length > 1 ? `${at + 1} / ${links.length}` : "";
      caption.textContent = `${links[at].dataset.caption} ${place}`.trim();
    };

    links.forEach((link, index) =>
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        show(index);
        dialog.showModal();
      }),
    );
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
      from = event.clientX;
    });
    dialog.addEventListener("pointerup", (event) => {
      const moved = from === null ? 0 : event.clientX - from;
      from = null;
      if (Math.abs(moved) > SWIPE) show(at - Math.sign(moved));
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => links[at].focus());
  });
})();
