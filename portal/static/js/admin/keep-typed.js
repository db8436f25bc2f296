// Keeps what is being typed until it has been sent: whoever has to sign in again meanwhile finds it in its place. Hook:
// [data-keep-typed="the person's key"] around the forms; their text areas are kept in this window, for this person alone.
for (const box of document.querySelectorAll("[data-keep-typed]")) {
  const prefix = `typed:${box.dataset.keepTyped}:${location.pathname}:`;
  const signedInAnew = document.referrer && new URL(document.referrer).pathname.startsWith("/accounts/login");
  const keyOf = (area) => `${prefix}${area.form?.id ?? ""}:${area.name}`;
  for (const area of box.querySelectorAll("textarea[name]")) {
    const kept = sessionStorage.getItem(keyOf(area));
    if (kept !== null && signedInAnew && area.value === "") {
      area.value = kept;
      area.closest("details")?.setAttribute("open", "");
    } else if (kept !== null) sessionStorage.removeItem(keyOf(area));
  }
  box.addEventListener("input", ({ target }) => {
    if (target.matches("textarea[name]")) sessionStorage.setItem(keyOf(target), target.value);
  });
}
