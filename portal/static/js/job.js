// A job's progress moves by itself, and the page shows the file when it is there.
// Hook: [data-job="address"] with [data-job-words], [data-job-bar]; the reload link hides.
(() => {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  const words = place.querySelector("[data-job-words]");
  const bar = place.querySelector("[data-job-bar]");
  place.querySelector("[data-job-reload]").hidden = true;
  let wait = 1000;

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.job, { headers: { Accept: "application/json", "X-Beat": "1" } });
      // Signed out, or gone: the page itself says what to do.
      if (answer.status === 401 || answer.status === 404) return location.reload();
      const state = await answer.json();
      if (state.over) return location.reload();
      if (words.textContent !== state.words) words.textContent = state.words;
      bar.value = state.percent;
    } catch {
      // No network for the moment: ask again.
    }
    wait = Math.min(wait * 1.3, 5000);
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
})();
