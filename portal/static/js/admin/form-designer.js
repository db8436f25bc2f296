// Suggests the names of fields, columns and sources where the designer's inputs ask for one; the server turns names into
// codes on saving, so it works without. Hooks: input[data-form-names="fields|days|columns|sources"], datalist#form-sources.
(() => {
  const list = document.createElement("datalist");
  list.id = "form-names";
  document.body.append(list);
  const FIELD = /^body-\d+-value-fields-\d+-value-label$/;
  const COLUMN = /^body-\d+-value-fields-\d+-value-columns-\d+-value-label$/;
  const gone = (input) => Boolean(input.closest('[aria-hidden="true"], [hidden]'));
  const inputs = (pattern) =>
    [...document.querySelectorAll('input[name$="-value-label"]')].filter((one) => pattern.test(one.name) && one.value && !gone(one));
  const fieldOf = (input) => {
    const own = input.name.match(/^(body-\d+-value-fields-\d+)-value-/);
    if (own) return own[1];
    const named = document.getElementsByName(input.name.replace(/-column$/, "-field"))[0]?.value;
    const table = inputs(FIELD).find((one) => one.value === named);
    return table && table.name.replace(/-value-label$/, "");
  };
  const kindOf = (label) => document.getElementsByName(label.name.replace(/-value-label$/, "-type"))[0]?.value;
  const days = () =>
    inputs(FIELD).flatMap((field) => {
      if (kindOf(field) === "date") return [field.value];
      const columns = inputs(COLUMN).filter((one) => one.name.startsWith(`${field.name.replace(/-value-label$/, "")}-`));
      return columns.filter((one) => kindOf(one) === "date").map((one) => `${field.value}.${one.value}`);
    });
  const names = (input) => {
    if (input.dataset.formNames === "fields") return inputs(FIELD).map((one) => one.value);
    if (input.dataset.formNames === "days") return days();
    const field = fieldOf(input);
    return field ? inputs(COLUMN).filter((one) => one.name.startsWith(`${field}-`)).map((one) => one.value) : [];
  };
  document.addEventListener("focusin", ({ target }) => {
    const kind = target.dataset?.formNames;
    if (!kind) return;
    target.setAttribute("autocomplete", "off");
    if (kind === "sources") {
      target.setAttribute("list", "form-sources");
      return;
    }
    list.replaceChildren(...[...new Set(names(target))].map((name) => Object.assign(document.createElement("option"), { value: name })));
    target.setAttribute("list", list.id);
  });
})();
