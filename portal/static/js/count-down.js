// Shows the time that is left. Hook: [data-count-down="seconds since 1970"] with the words [data-over] for when it is up.
(() => {
  const show = (place) => {
    const left = Math.round(Number(place.dataset.countDown) - Date.now() / 1000);
    const seconds = Math.abs(left);
    const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    place.textContent = left > 0 ? clock : `${place.dataset.over} +${clock}`;
    place.classList.toggle("over", left <= 0);
  };
  // Asked anew each time: renew.js puts other places there.
  const all = () => document.querySelectorAll("[data-count-down]").forEach(show);
  all();
  setInterval(all, 1000);
})();
