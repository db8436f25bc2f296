// Shows a field or a section only while another field has a certain value. Hooks on it: data-only-if="name of the other
// control", data-only-if-equals="value"; links to a hidden section (a[href="#its id"]) are hidden with their list item.
// Without this script everything is shown, and the server ignores what does not apply.
(() => {
  const parts = [...document.querySelectorAll("[data-only-if]")];
  if (!parts.length) return;
  // Of several ticks each counts.
  const valuesOf = (name) =>
    [...document.getElementsByName(name)]
      .filter((one) => (one.type === "radio" || one.type === "checkbox" ? one.checked : true))
      .map((one) => one.value);
  const show = () =>
    parts.forEach((part) => {
      const source = document.getElementById(`field-${part.dataset.onlyIf}`);
      part.hidden = Boolean(source?.closest("[hidden]")) || !valuesOf(part.dataset.onlyIf).includes(part.dataset.onlyIfEquals);
      const link = part.tagName === "FIELDSET" && document.querySelector(`a[href="#${part.id}"]`);
      if (link) (link.closest("li") ?? link).hidden = part.hidden;
    });
  document.addEventListener("change", show);
  show();
})();
