// Shows what is left of the year's budget while the grant is typed: data-budget-left on the paragraph, data-amount the input's id.
for (const place of document.querySelectorAll("[data-budget-left]")) {
  const amount = document.getElementById(place.dataset.amount);
  const output = place.querySelector("output");
  const show = () => {
    const text = amount.value.trim().replace(/\s*元$/, "");
    // As portal/typed_numbers.py reads: only thousands in groups of three are joined.
    const typed = Number(/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(text) ? text.replaceAll(",", "") : text);
    const known = text !== "" && Number.isFinite(typed);
    const left = Number(place.dataset.budgetLeft) - typed;
    output.textContent = known
      ? place.dataset.text.replace("{left}", left.toLocaleString("zh-CN", { minimumFractionDigits: 2 }))
      : "";
    output.classList.toggle("over", known && left < 0);
  };
  if (amount) {
    amount.addEventListener("input", show);
    show();
  }
}
