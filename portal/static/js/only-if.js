// Shows a field only while another one has a certain value. Hooks on the field: data-only-if="name of the other control",
// data-only-if-equals="value". Without this script everything is shown, and the server ignores what does not apply.
(() => {
  const fields = [...document.querySelectorAll("[data-only-if]")];
  if (!fields.length) return;
  const valueOf = (name) => {
    const controls = [...document.getElementsByName(name)];
    const chosen = controls.find((one) => one.checked) ?? controls.find((one) => one.type !== "radio" && one.type !== "checkbox");
    return chosen ? chosen.value : "";
  };
  const show = () =>
    fields.forEach((field) => {
      const source = document.getElementById(`field-${field.dataset.onlyIf}`);
      field.hidden = Boolean(source?.hidden) || valueOf(field.dataset.onlyIf) !== field.dataset.onlyIfEquals;
    });
  document.addEventListener("change", show);
  show();
})();
