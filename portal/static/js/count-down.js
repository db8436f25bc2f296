// Shows the time that is left. Hook: [data-count-down="seconds since 1970"] with the words [data-over] for when it is up.
for (const place of document.querySelectorAll("[data-count-down]")) {
  const end = Number(place.dataset.countDown);
  const show = () => {
    const left = Math.round(end - Date.now() / 1000);
    const seconds = Math.abs(left);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    place.textContent = left > 0 ? clock : `${place.dataset.over} +${clock}`;
    place.classList.toggle("over", left <= 0);
  };
  show();
  setInterval(show, 1000);
}
