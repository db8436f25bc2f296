// Adds and removes rows of a Django formset in the page. Hooks, inside [data-rows="prefix"]:
// template[data-row-template] (one <tr> with __prefix__), [data-row-list] (the tbody), [data-row-add] (the button that
// works on the server without this script), input[name$=-DELETE] in each row, [data-row-status] (told to screen readers),
// optional [data-row-full] (why the button cannot be pressed) and [data-row-undo] (hidden; brings the row back that was
// dropped last).
(() => {
  document.querySelectorAll("[data-rows]").forEach((table) => {
    const prefix = table.dataset.rows;
    const total = table.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
    const most = Number(table.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`)?.value) || 1000;
    const template = table.querySelector("template[data-row-template]");
    const list = table.querySelector("[data-row-list]");
    const add = table.querySelector("[data-row-add]");
    const status = table.querySelector("[data-row-status]");
    const full = table.querySelector("[data-row-full]");
    const undo = table.querySelector("[data-row-undo]");
    const dropped = [];
    if (!total || !template || !list || !add) return;

    const shown = () => [...list.children].filter((row) => !row.hidden);
    const tell = () => {
      add.disabled = shown().length >= most;
      if (full) full.hidden = !add.disabled;
      if (undo) undo.hidden = !dropped.length || add.disabled;
      // A row is called by the number that stands before it, and the numbers move up.
      shown().forEach((row, place) => {
        row.querySelector("[data-row-drop]")?.setAttribute("aria-label", table.dataset.dropLabel.replace("{n}", place + 1));
      });
      if (status) status.textContent = status.dataset.text.replace("{n}", shown().length);
    };
    const equip = (row) => {
      const drop = row.querySelector("input[name$='-DELETE']");
      if (!drop) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = table.dataset.dropText;
      button.dataset.rowDrop = "";
      button.addEventListener("click", () => {
        drop.checked = true; // the server leaves ticked rows out
        row.hidden = true;
        row.querySelectorAll("[required]").forEach((control) => (control.required = false));
        dropped.push(row);
        tell();
        (undo ?? add).focus();
      });
      (drop.closest("label") ?? drop).hidden = true;
      drop.closest("td").append(button);
      row.hidden = drop.checked;
    };

    undo?.addEventListener("click", () => {
      const row = dropped.pop();
      const drop = row.querySelector("input[name$='-DELETE']");
      drop.checked = false;
      row.hidden = false;
      tell();
      drop.dispatchEvent(new Event("change", { bubbles: true }));
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });

    [...list.children].forEach(equip);
    add.addEventListener("click", (event) => {
      event.preventDefault();
      const index = total.value;
      const holder = document.createElement("tbody");
      holder.innerHTML = template.innerHTML.replaceAll("__prefix__", index);
      const row = holder.firstElementChild;
      list.append(row);
      equip(row);
      total.value = Number(index) + 1;
      tell();
      row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
    tell();
  });
})();
