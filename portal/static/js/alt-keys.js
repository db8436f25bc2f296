// Presses a link or button when Alt and a letter are pressed: data-alt-key="N" on it; [data-keys] the words about the keys.
// Browsers disagree on what an accesskey needs to be held with; by the key's place it is Alt (Option) everywhere.
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !event.code.startsWith("Key")) return;
  const control = document.querySelector(`[data-alt-key="${event.code.slice(3)}"]`);
  if (!control) return;
  event.preventDefault();
  control.click();
});
for (const words of document.querySelectorAll("[data-keys]")) words.hidden = false;
