// Says while days are chosen that one lies before the day it has to follow; the server checks when the form is sent.
// Hooks: [data-day="name"][data-day-after="name"] (the words, hidden while all is well; "*" in a name stands for the number
// of a row), data-day-same where the same day will do, inside [data-day-rows] with data-text "第 {rows} 行".
(() => {
  const rules = [...document.querySelectorAll("[data-day]")];
  if (!rules.length) return;
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  // An input, or what the system has filled in.
  const dayOf = (control) => {
    const text = control?.tagName === "OUTPUT" ? control.dataset.number : control?.value;
    return DAY.test(text ?? "") ? text : "";
  };
  const rowsOf = (name) => {
    const list = document.querySelector(`[data-rows="${name.split("-*-")[0]}"] [data-row-list]`);
    return list ? [...list.children].filter((row) => !row.hidden) : [];
  };
  const inRow = (row, name) => {
    const [start, end] = name.split("-*-");
    return row.querySelector(`[name^="${CSS.escape(start)}-"][name$="-${CSS.escape(end)}"]`);
  };
  const wrong = (day, after, same) => Boolean(day && after) && (day < after || (day === after && !same));
  const look = () =>
    rules.forEach((rule) => {
      const { day, dayAfter } = rule.dataset;
      const same = "daySame" in rule.dataset;
      const find = (name, row) => dayOf(name.includes("*") ? inRow(row, name) : document.getElementById(name));
      const table = [day, dayAfter].find((name) => name.includes("*"));
      const rows = table ? rowsOf(table) : [null];
      const found = rows.map((row, place) => (wrong(find(day, row), find(dayAfter, row), same) ? place + 1 : 0)).filter(Boolean);
      const where = rule.querySelector("[data-day-rows]");
      const said = table && found.length ? `${where.dataset.text.replace("{rows}", found.join("、"))}：` : "";
      if (where.textContent !== said) where.textContent = said;
      rule.hidden = !found.length;
    });
  document.addEventListener("change", look);
  document.addEventListener("click", () => setTimeout(look)); // a row may just have been dropped
  look();
})();
