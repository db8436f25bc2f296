// Opens the pictures of a gallery in a dialog, with the arrow keys to the next. Hook: [data-gallery] holding
// a[data-picture] (href: the large picture; data-caption) and a <dialog> with [data-show], [data-caption-out], [data-step].
// Without this script the links lead to the pictures.
(() => {
  document.querySelectorAll("[data-gallery]").forEach((gallery) => {
    const links = [...gallery.querySelectorAll("a[data-picture]")];
    const dialog = gallery.querySelector("dialog");
    if (!dialog?.showModal) return;
    const image = dialog.querySelector("[data-show]");
    const caption = dialog.querySelector("[data-caption-out]");
    let at = 0;
    const show = (index) => {
      at = (index + links.length) % links.length;
      image.src = links[at].href;
      image.alt = links[at].querySelector("img").alt;
      caption.textContent = `${links[at].dataset.caption} ${at + 1} / ${links.length}`.trim();
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
      if (event.key === "ArrowRight") show(at + 1);
      if (event.key === "ArrowLeft") show(at - 1);
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => links[at].focus());
  });
})();
