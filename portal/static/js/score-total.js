// Adds up the points while they are typed: data-score-total on the form, data-points on the inputs, data-total on the sum.
for (const form of document.querySelectorAll("[data-score-total]")) {
  const inputs = form.querySelectorAll("[data-points]");
  const total = form.querySelector("[data-total]");
  const add = () => {
    let sum = 0;
    for (const input of inputs) sum += Math.round(Number(input.value) * 10) || 0;
    total.textContent = String(sum / 10);
  };
  form.addEventListener("input", add);
  add();
}
