// Reminds while typing of words that will be asked about; it forbids nothing. Hooks, inside the field's .field:
// [data-reminder="word|word"] (hidden while none stands there) with [data-found] (the words that do).
(() => {
  const reminders = [...document.querySelectorAll("[data-reminder]")];
  if (!reminders.length) return;
  const textOf = (field) =>
    [...field.querySelectorAll("input:not([type=hidden]), textarea")]
      .filter((control) => !control.closest("tr[hidden]"))
      .map((control) => control.value)
      .join("\n");
  const look = () =>
    reminders.forEach((reminder) => {
      const text = textOf(reminder.closest(".field"));
      const found = reminder.dataset.reminder.split("|").filter((word) => text.includes(word));
      const said = found.join("、");
      const place = reminder.querySelector("[data-found]");
      if (place.textContent !== said) place.textContent = said;
      reminder.hidden = !found.length;
    });
  document.addEventListener("input", look);
  document.addEventListener("click", () => setTimeout(look)); // a row may just have been dropped
  look();
})();
