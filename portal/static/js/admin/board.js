// Adds the drafted grants up while they are typed. Hooks: form[data-board="what is left without this screen's rows"], in it
// small[data-over="what was applied for"], select[data-outcome] and input[data-amount] of a row (tr); what stands outside the table does not count. Outputs [data-board-sum], [data-board-left], [data-board-left-box].
// As portal/typed_numbers.py reads: only thousands in groups of three are joined.
const sumOf = (text) => {
  const typed = text.trim().replace(/\s*元$/, "");
  return Number(/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(typed) ? typed.replaceAll(",", "") : typed);
};
for (const form of document.querySelectorAll("[data-board]")) {
  if (!form.querySelector("[data-board-sum]")) continue;
  const words = new Intl.NumberFormat("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const show = () => {
    let sum = 0;
    for (const outcome of form.querySelectorAll("tr [data-outcome]")) {
      const amount = outcome.closest("tr").querySelector("[data-amount]");
      const grant = outcome.value === "establish" ? Math.max(0, sumOf(amount.value)) || 0 : 0;
      sum += grant;
      const over = outcome.closest("tr").querySelector("[data-over]");
      if (over) over.hidden = !(grant > Number(over.dataset.over));
    }
    const left = Number(form.dataset.board) - sum;
    form.querySelector("[data-board-sum]").textContent = words.format(sum);
    form.querySelector("[data-board-left]").textContent = words.format(left);
    form.querySelector("[data-board-left-box]").classList.toggle("over", left < 0);
  };
  form.addEventListener("input", (event) => {
    const typed = event.target.closest("tr [data-amount]");
    // Whoever types a sum means to establish.
    const outcome = typed && typed.closest("tr").querySelector("[data-outcome]");
    if (outcome && outcome.value === "" && typed.value.trim() !== "") outcome.value = "establish";
    show();
  });
  show();
}
