// Asks before something that cannot be undone. Hook: a submit button (or a form) with data-confirm="the question".
(() => {
  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
})();
